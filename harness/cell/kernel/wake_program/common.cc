#include "harness/cell/kernel/wake_program/common.h"

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <mqueue.h>
#include <poll.h>
#include <string>
#include <unistd.h>

#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace wake_program {
namespace {

constexpr int kUnavailable = 77;

void on_signal(int) {}

}  // namespace

std::string folder;
bool pokes_itself = false;
std::string means_now;
int connection = -1;

[[noreturn]] void unavailable(const char* what) {
  std::perror(what);
  _exit(kUnavailable);
}

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

pid_t later(const std::function<void()>& what) {
  const pid_t child = need(fork(), "fork");
  if (child != 0) return child;
  nap();
  what();
  _exit(0);
}

void handle(int number) {
  struct sigaction action{};
  action.sa_handler = on_signal;
  sigaction(number, &action, nullptr);
}

sockaddr_un unix_address() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path("socket").c_str(), sizeof address.sun_path - 1);
  return address;
}

std::string queue_name() {
  return "/chatspec-wake-" + folder.substr(folder.rfind('/') + 1);
}

mqd_t open_queue() {
  mq_attr attributes{};
  attributes.mq_maxmsg = 1;
  attributes.mq_msgsize = 8;
  const mqd_t queue = mq_open(queue_name().c_str(), O_RDWR | O_CREAT, 0666, &attributes);
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

int lock_file() {
  return need(open(path("locked").c_str(), O_RDWR | O_CREAT, 0666), "open");
}

}  // namespace wake_program
