#include "harness/cell/kernel/wake_program/poke.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <map>
#include <mqueue.h>
#include <string>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/futex.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include "harness/cell/kernel/wake_program/common.h"

namespace wake_program {
namespace {

void write_fifo() {
  const int fifo = open(path("fifo").c_str(), O_WRONLY);
  if (write(fifo, "x", 1) != 1) unavailable("write");
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

}  // namespace

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

}  // namespace wake_program
