// What has a descriptor or a mapping, to be had or to be woken by.

#pragma once

#include <functional>
#include <map>
#include <string>

#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <sys/types.h>

namespace wake_program {

struct Ring {
  int fd = -1;
  int event = -1;
  io_uring_params parameters{};
  char* queue = nullptr;
  io_uring_sqe* entries = nullptr;
};

Ring make_ring();
void submit_timeout(Ring& ring);
int make_timer(long ns);
int make_epoll(int of);
int make_signalfd(int number);
aio_context_t make_aio();
int make_userfaultfd();
int make_inotify();
int make_fanotify();
int make_perf_event(pid_t of);
int make_fifo();
void wait_for(int fd);

using Means = std::map<std::string, std::function<void()>>;

// To have one, and not use it.
const Means& means_to_have();

}  // namespace wake_program
