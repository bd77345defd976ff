#include "harness/cell/kernel/wake_program/descriptors.h"

#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <linux/userfaultfd.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>

#include "harness/cell/kernel/wake_program/common.h"

namespace wake_program {

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

const Means& means_to_have() {
  static const Means kAll{
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
  return kAll;
}

}  // namespace wake_program
