// A server that, when it has been asked, sleeps by one of the kernel's means (wake_source.h) and
// then answers; or has one and never answers. For wake_source_test.cc.
//
//   wake_program sleep MEANS PORT FOLDER self|outside
//   wake_program have MEANS PORT FOLDER
//   wake_program poke MEANS FOLDER       the one who wakes, when it is told by its standard input
//
// Whoever wakes does so after kNap, when the sleeper sleeps for certain, or is its own child. Exit
// status 77: this machine does not offer it.

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <map>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <string>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/aio_abi.h>
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <linux/userfaultfd.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>

namespace {

constexpr long kNapNs = 300'000'000;
constexpr int kUnavailable = 77;

std::string folder;
bool pokes_itself = false;
std::string means_now;

[[noreturn]] void unavailable(const char* what) {
  std::perror(what);
  _exit(kUnavailable);
}

// Gives `result`, unless it tells of a failure.
int need(int result, const char* what) {
  if (result < 0) unavailable(what);
  return result;
}
int call(long result, const char* what) {
  return need(static_cast<int>(result), what);
}

std::string path(const char* name) {
  return folder + "/" + name;
}

void nap() {
  poll(nullptr, 0, static_cast<int>(kNapNs / 1'000'000));
}

void read_one(int fd) {
  std::uint64_t word[64];
  if (read(fd, word, sizeof word) <= 0) unavailable("read");
}

// A child that naps and then does it.
pid_t later(const std::function<void()>& what) {
  const pid_t child = need(fork(), "fork");
  if (child != 0) return child;
  nap();
  what();
  _exit(0);
}

void on_signal(int) {}

void handle(int number) {
  struct sigaction action{};
  action.sa_handler = on_signal;
  sigaction(number, &action, nullptr);
}

// --- What wakes from outside. Each is what poke() does, or lets go of, at the end.

sockaddr_un unix_address() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path("socket").c_str(), sizeof address.sun_path - 1);
  return address;
}

mqd_t open_queue() {
  mq_attr attributes{};
  attributes.mq_maxmsg = 1;
  attributes.mq_msgsize = 8;
  const mqd_t queue = mq_open("/chatspec-wake", O_RDWR | O_CREAT, 0666, &attributes);
  return need(queue, "mq_open");
}

key_t key() {
  return ftok(folder.c_str(), 'w');
}

int* shared_word() {
  const int file = need(open(path("shared").c_str(), O_RDWR | O_CREAT, 0666), "open");
  call(ftruncate(file, 4096), "ftruncate");
  return static_cast<int*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
}

void touch() {
  close(open(path("touched").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666));
}

void write_fifo() {
  const int fifo = open(path("fifo").c_str(), O_WRONLY);
  if (write(fifo, "x", 1) != 1) unavailable("write");
}

int lock_file() {
  return need(open(path("locked").c_str(), O_RDWR | O_CREAT, 0666), "open");
}

void send_datagram() {
  std::FILE* file = std::fopen(path("port").c_str(), "r");
  unsigned port = 0;
  if (!file || std::fscanf(file, "%u", &port) != 1) unavailable("port");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  sendto(fd, "x", 1, 0, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

struct Poke {
  std::function<void()> prepare = [] {};
  std::function<void()> wake = [] {};
};

const std::map<std::string, Poke>& pokes() {
  static int lock = -1;
  static const std::map<std::string, Poke> all{
      {"socket",
       {.wake =
            [] {
              const sockaddr_un address = unix_address();
              const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
              sendto(fd, "x", 1, 0, reinterpret_cast<const sockaddr*>(&address), sizeof address);
            }}},
      {"inotify", {.wake = touch}},
      {"fanotify", {.wake = touch}},
      {"directory-notify", {.wake = touch}},
      {"fifo", {.wake = write_fifo}},
      {"fifo-open", {.wake = write_fifo}},
      {"shared-futex",
       {.wake =
            [] {
              int* word = shared_word();
              *word = 1;
              syscall(SYS_futex, word, FUTEX_WAKE, 1, nullptr, nullptr, 0);
            }}},
      {"message-queue", {.wake = [] { mq_send(open_queue(), "x", 1, 0); }}},
      {"queue-notify", {.wake = [] { mq_send(open_queue(), "x", 1, 0); }}},
      {"sysv-message",
       {.wake =
            [] {
              struct {
                long type = 1;
                char text = 'x';
              } message;
              msgsnd(msgget(key(), IPC_CREAT | 0666), &message, 1, 0);
            }}},
      {"sysv-semaphore",
       {.wake =
            [] {
              sembuf up{.sem_num = 0, .sem_op = 1, .sem_flg = 0};
              semop(semget(key(), 1, IPC_CREAT | 0666), &up, 1);
            }}},
      {"file-lock",
       {.prepare = [] { flock(lock = lock_file(), LOCK_EX); }, .wake = [] { close(lock); }}},
      {"record-lock",
       {.prepare =
            [] {
              struct flock whole{};
              whole.l_type = F_WRLCK;
              fcntl(lock = lock_file(), F_SETLK, &whole);
            },
        .wake = [] { close(lock); }}},
      {"signal-io", {.wake = send_datagram}},
      {"lease", {.wake = [] { open(path("leased").c_str(), O_WRONLY | O_NONBLOCK); }}},
  };
  return all;
}

// Lets somebody be there who will wake us: a child of ours, or an outsider, who is already.
void expect_poke() {
  if (!pokes_itself) return;
  int ready[2];
  need(pipe(ready), "pipe");
  if (need(fork(), "fork") == 0) {
    const Poke& poke = pokes().at(means_now);
    poke.prepare();
    close(ready[0]);
    close(ready[1]);
    nap();
    poke.wake();
    _exit(0);
  }
  close(ready[1]);
  char end = 0;
  if (read(ready[0], &end, 1) != 0) unavailable("read");
}

// --- What has a descriptor or a mapping.

struct Ring {
  int fd = -1;
  int event = -1;
  io_uring_params parameters{};
  char* queue = nullptr;
  io_uring_sqe* entries = nullptr;
};

Ring make_ring() {
  Ring ring;
  ring.fd = call(syscall(SYS_io_uring_setup, 4, &ring.parameters), "io_uring_setup");
  constexpr std::size_t kSize = 65536;
  ring.queue = static_cast<char*>(
      mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, IORING_OFF_SQ_RING));
  ring.entries = static_cast<io_uring_sqe*>(
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, IORING_OFF_SQES));
  ring.event = need(eventfd(0, 0), "eventfd");
  call(syscall(SYS_io_uring_register, ring.fd, IORING_REGISTER_EVENTFD, &ring.event, 1),
       "io_uring_register");
  return ring;
}

void submit_timeout(Ring& ring) {
  static const __kernel_timespec time{.tv_sec = 0, .tv_nsec = kNapNs};
  const auto word = [&](unsigned offset) {
    return reinterpret_cast<unsigned*>(ring.queue + offset);
  };
  const unsigned tail = *word(ring.parameters.sq_off.tail);
  const unsigned index = tail & *word(ring.parameters.sq_off.ring_mask);
  io_uring_sqe& entry = ring.entries[index];
  std::memset(&entry, 0, sizeof entry);
  entry.opcode = IORING_OP_TIMEOUT;
  entry.addr = reinterpret_cast<std::uintptr_t>(&time);
  entry.len = 1;
  word(ring.parameters.sq_off.array)[index] = index;
  __atomic_store_n(word(ring.parameters.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
  if (syscall(SYS_io_uring_enter, ring.fd, 1, 0, 0, nullptr, 0) != 1) unavailable("io_uring_enter");
}

int make_timer(long ns) {
  const int timer = need(timerfd_create(CLOCK_MONOTONIC, 0), "timerfd_create");
  const itimerspec when{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_nsec = ns}};
  call(timerfd_settime(timer, 0, &when, nullptr), "timerfd_settime");
  return timer;
}

int make_epoll(int of) {
  const int set = need(epoll_create1(0), "epoll_create1");
  epoll_event event{.events = EPOLLIN, .data = {}};
  need(epoll_ctl(set, EPOLL_CTL_ADD, of, &event), "epoll_ctl");
  return set;
}

int make_signalfd(int number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  return need(signalfd(-1, &set, 0), "signalfd");
}

aio_context_t make_aio() {
  aio_context_t context = 0;
  call(syscall(SYS_io_setup, 4, &context), "io_setup");
  return context;
}

int make_userfaultfd() {
  const int fd = call(syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY), "userfaultfd");
  uffdio_api api{.api = UFFD_API, .features = 0, .ioctls = 0};
  need(ioctl(fd, UFFDIO_API, &api), "UFFDIO_API");
  return fd;
}

int make_inotify() {
  const int fd = need(inotify_init1(0), "inotify_init1");
  need(inotify_add_watch(fd, folder.c_str(), IN_CREATE | IN_CLOSE_WRITE), "inotify_add_watch");
  return fd;
}

int make_fanotify() {
  const int fd = need(fanotify_init(FAN_CLASS_NOTIF, O_RDONLY), "fanotify_init");
  touch();
  need(fanotify_mark(fd, FAN_MARK_ADD, FAN_CLOSE_WRITE, AT_FDCWD, path("touched").c_str()),
       "fanotify_mark");
  return fd;
}

int make_perf_event(pid_t of) {
  perf_event_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.config = PERF_COUNT_SW_TASK_CLOCK;
  attributes.sample_period = 1'000'000;
  attributes.wakeup_events = 1;
  attributes.exclude_kernel = 1;
  const int fd = call(syscall(SYS_perf_event_open, &attributes, of, -1, -1, 0), "perf_event_open");
  mmap(nullptr, 2 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  return fd;
}

int make_fifo() {
  mkfifo(path("fifo").c_str(), 0666);
  chmod(path("fifo").c_str(), 0666);
  return need(open(path("fifo").c_str(), O_RDWR), "open");
}

void wait_for(int fd) {
  pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
  if (poll(&one, 1, -1) != 1) unavailable("poll");
}

using Means = std::map<std::string, std::function<void()>>;

// To have one, and not use it.
const Means kHave{
    {"socket",
     [] {
       int ends[2];
       need(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "socketpair");
     }},
    {"pipe",
     [] {
       int ends[2];
       need(pipe(ends), "pipe");
     }},
    {"eventfd", [] { need(eventfd(0, 0), "eventfd"); }},
    {"signalfd", [] { make_signalfd(SIGUSR1); }},
    {"timerfd", [] { make_timer(0); }},
    {"nested-epoll", [] { make_epoll(make_epoll(eventfd(0, 0))); }},
    {"inotify", [] { make_inotify(); }},
    {"fanotify", [] { make_fanotify(); }},
    {"pidfd", [] { call(syscall(SYS_pidfd_open, getpid(), 0), "pidfd_open"); }},
    {"io-uring", [] { make_ring(); }},
    {"io-uring-mapped", [] { close(make_ring().fd); }},
    {"userfaultfd", [] { make_userfaultfd(); }},
    {"perf-event", [] { make_perf_event(0); }},
    {"fifo", [] { make_fifo(); }},
    {"aio", [] { make_aio(); }},
};

void sleep_by_aio() {
  const aio_context_t context = make_aio();
  const int timer = make_timer(kNapNs);
  const int event = need(eventfd(0, 0), "eventfd");
  iocb block{};
  block.aio_fildes = static_cast<unsigned>(timer);
  block.aio_lio_opcode = IOCB_CMD_POLL;
  block.aio_buf = POLLIN;
  block.aio_flags = IOCB_FLAG_RESFD;
  block.aio_resfd = static_cast<unsigned>(event);
  iocb* blocks[] = {&block};
  call(syscall(SYS_io_submit, context, 1, blocks) - 1, "io_submit");
  close(timer);  // the kernel keeps it
  read_one(event);
}

void sleep_by_userfaultfd() {
  const int fd = make_userfaultfd();
  auto* page = static_cast<volatile char*>(
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  const auto address = reinterpret_cast<std::uintptr_t>(page);
  uffdio_register whole{};
  whole.range = {.start = address, .len = 4096};
  whole.mode = UFFDIO_REGISTER_MODE_MISSING;
  need(ioctl(fd, UFFDIO_REGISTER, &whole), "UFFDIO_REGISTER");
  later([&] {
    uffdio_zeropage zero{};
    zero.range = {.start = address, .len = 4096};
    ioctl(fd, UFFDIO_ZEROPAGE, &zero);
  });
  static_cast<void>(page[0]);
}

void sleep_by_signal_io() {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  need(bind(fd, reinterpret_cast<sockaddr*>(&address), size), "bind");
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  std::FILE* file = std::fopen(path("port").c_str(), "w");
  std::fprintf(file, "%u\n", unsigned{ntohs(address.sin_port)});
  std::fclose(file);
  handle(SIGIO);
  fcntl(fd, F_SETOWN, getpid());
  fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK);
  expect_poke();
  pause();
}

void sleep_by_posix_timer() {
  handle(SIGUSR1);
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGUSR1;
  timer_t timer{};
  need(timer_create(CLOCK_MONOTONIC, &event, &timer), "timer_create");
  const itimerspec when{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_nsec = kNapNs}};
  timer_settime(timer, 0, &when, nullptr);
  pause();
}

void sleep_by_alarm() {
  handle(SIGALRM);
  const itimerval when{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = kNapNs / 1000}};
  setitimer(ITIMER_REAL, &when, nullptr);
  pause();
}

void sleep_by_lease() {
  const int file = need(open(path("leased").c_str(), O_RDONLY | O_CREAT, 0666), "open");
  chmod(path("leased").c_str(), 0666);
  handle(SIGIO);
  need(fcntl(file, F_SETLEASE, F_RDLCK), "F_SETLEASE");
  expect_poke();
  pause();
}

int connection = -1;

// The first thread ends; another goes on.
void sleep_in_another_thread() {
  pthread_t other{};
  pthread_create(
      &other, nullptr,
      [](void*) -> void* {
        nap();
        if (write(connection, "y", 1) != 1) unavailable("write");
        _exit(0);
      },
      nullptr);
  pthread_exit(nullptr);
}

const Means kSleep{
    {"socket",
     [] {
       const sockaddr_un address = unix_address();
       const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
       need(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
       chmod(address.sun_path, 0666);
       expect_poke();
       read_one(fd);
     }},
    {"pipe",
     [] {
       int ends[2];
       need(pipe(ends), "pipe");
       later([&] { static_cast<void>(!write(ends[1], "x", 1)); });
       read_one(ends[0]);
     }},
    {"eventfd",
     [] {
       const int fd = need(eventfd(0, 0), "eventfd");
       later([&] { eventfd_write(fd, 1); });
       read_one(fd);
     }},
    {"signalfd",
     [] {
       const int fd = make_signalfd(SIGUSR1);
       later([] { kill(getppid(), SIGUSR1); });
       read_one(fd);
     }},
    {"timerfd", [] { read_one(make_timer(kNapNs)); }},
    // By a timer whose descriptor's number leads to something else by now.
    {"nested-epoll",
     [] {
       const int timer = make_timer(kNapNs);
       const int inner = make_epoll(timer);
       const int kept = fcntl(timer, F_DUPFD, 100);
       dup2(eventfd(0, 0), timer);
       epoll_event event{};
       epoll_wait(inner, &event, 1, -1);
       close(kept);
       wait_for(make_epoll(make_epoll(make_timer(kNapNs))));
     }},
    {"inotify",
     [] {
       const int fd = make_inotify();
       expect_poke();
       read_one(fd);
     }},
    {"fanotify",
     [] {
       const int fd = make_fanotify();
       expect_poke();
       read_one(fd);
     }},
    {"pidfd", [] { wait_for(call(syscall(SYS_pidfd_open, later([] {}), 0), "pidfd_open")); }},
    {"io-uring",
     [] {
       Ring ring = make_ring();
       submit_timeout(ring);
       read_one(ring.event);
     }},
    {"io-uring-mapped",
     [] {
       Ring ring = make_ring();
       submit_timeout(ring);
       close(ring.fd);
       read_one(ring.event);
     }},
    {"userfaultfd", sleep_by_userfaultfd},
    {"perf-event",
     [] {
       const pid_t child = later([] {
         for (std::atomic<int> i{0}; i < 100'000'000; ++i) {
         }
       });
       wait_for(make_perf_event(child));
     }},
    {"fifo",
     [] {
       const int fd = make_fifo();
       expect_poke();
       read_one(fd);
     }},
    {"fifo-open",
     [] {
       mkfifo(path("fifo").c_str(), 0666);
       chmod(path("fifo").c_str(), 0666);
       expect_poke();
       need(open(path("fifo").c_str(), O_RDONLY), "open");
     }},
    {"aio", sleep_by_aio},
    {"shared-futex",
     [] {
       int* word = shared_word();
       chmod(path("shared").c_str(), 0666);
       expect_poke();
       while (*static_cast<volatile int*>(word) == 0)
         syscall(SYS_futex, word, FUTEX_WAIT, 0, nullptr, nullptr, 0);
     }},
    {"message-queue",
     [] {
       const mqd_t queue = open_queue();
       expect_poke();
       char text[8];
       need(static_cast<int>(mq_receive(queue, text, sizeof text, nullptr)), "mq_receive");
       mq_unlink("/chatspec-wake");
     }},
    {"sysv-message",
     [] {
       const int queue = need(msgget(key(), IPC_CREAT | 0666), "msgget");
       expect_poke();
       char message[64];
       need(static_cast<int>(msgrcv(queue, message, 1, 0, 0)), "msgrcv");
       msgctl(queue, IPC_RMID, nullptr);
     }},
    {"sysv-semaphore",
     [] {
       const int set = need(semget(key(), 1, IPC_CREAT | 0666), "semget");
       expect_poke();
       sembuf down{.sem_num = 0, .sem_op = -1, .sem_flg = 0};
       need(semop(set, &down, 1), "semop");
       semctl(set, 0, IPC_RMID);
     }},
    {"file-lock",
     [] {
       expect_poke();
       need(flock(lock_file(), LOCK_EX), "flock");
     }},
    {"record-lock",
     [] {
       expect_poke();
       struct flock whole{};
       whole.l_type = F_WRLCK;
       need(fcntl(lock_file(), F_SETLKW, &whole), "F_SETLKW");
     }},
    {"posix-timer", sleep_by_posix_timer},
    {"alarm", sleep_by_alarm},
    {"signal-io", sleep_by_signal_io},
    {"directory-notify",
     [] {
       handle(SIGIO);
       need(fcntl(need(open(folder.c_str(), O_RDONLY), "open"), F_NOTIFY, DN_CREATE | DN_MODIFY),
            "F_NOTIFY");
       expect_poke();
       pause();
     }},
    {"lease", sleep_by_lease},
    {"queue-notify",
     [] {
       handle(SIGUSR1);
       sigevent event{};
       event.sigev_notify = SIGEV_SIGNAL;
       event.sigev_signo = SIGUSR1;
       need(mq_notify(open_queue(), &event), "mq_notify");
       expect_poke();
       pause();
       mq_unlink("/chatspec-wake");
     }},
    {"thread-group", sleep_in_another_thread},
};

int serve_one(int port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  need(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  need(listen(listener, 5), "listen");
  const int accepted = need(accept(listener, nullptr, nullptr), "accept");
  char asked = 0;
  if (read(accepted, &asked, 1) != 1) unavailable("read");
  return accepted;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string role = argc > 1 ? argv[1] : "";
  if (argc == 4 && role == "poke") {
    folder = argv[3];
    const Poke& poke = pokes().at(argv[2]);
    poke.prepare();
    puts("ready");
    fflush(stdout);
    getchar();
    nap();
    poke.wake();
    return 0;
  }
  if (argc < 5) return 2;
  means_now = argv[2];
  folder = argv[4];
  const Means& all = role == "sleep" ? kSleep : kHave;
  const auto found = all.find(means_now);
  if (found == all.end()) return 2;
  pokes_itself = argc > 5 && std::string(argv[5]) == "self";
  connection = serve_one(std::atoi(argv[3]));
  found->second();
  if (role == "sleep") return write(connection, "y", 1) == 1 ? 0 : 1;
  char more = 0;
  return read(connection, &more, 1) == 0 ? 0 : 1;
}
