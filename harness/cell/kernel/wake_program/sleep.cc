#include "harness/cell/kernel/wake_program/sleep.h"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/aio_abi.h>
#include <linux/futex.h>
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

#include "harness/cell/kernel/wake_program/common.h"
#include "harness/cell/kernel/wake_program/poke.h"

namespace wake_program {
namespace {

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

}  // namespace

const Means& means_to_sleep() {
  static const Means kAll{
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
         mq_unlink(queue_name().c_str());
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
         mq_unlink(queue_name().c_str());
       }},
      {"thread-group", sleep_in_another_thread},
  };
  return kAll;
}

}  // namespace wake_program
