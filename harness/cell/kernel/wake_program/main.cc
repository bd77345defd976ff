// A server that, when it has been asked, sleeps by one of the kernel's means (wake_source.h) and
// then answers; or has one and never answers. For wake_source_test.cc.
//
//   wake_program sleep MEANS PORT FOLDER self|outside
//   wake_program have MEANS PORT FOLDER
//   wake_program poke MEANS FOLDER       the one who wakes, when it is told by its standard input
//
// Whoever wakes does so after kNap, when the sleeper sleeps for certain, or is its own child. Exit
// status 77: this machine does not offer it.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>

#include <arpa/inet.h>
#include <sys/socket.h>

#include "harness/cell/kernel/wake_program/common.h"
#include "harness/cell/kernel/wake_program/poke.h"
#include "harness/cell/kernel/wake_program/sleep.h"

namespace wake_program {
namespace {

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
}  // namespace wake_program

int main(int argc, char** argv) {
  using namespace wake_program;
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
  const Means& all = role == "sleep" ? means_to_sleep() : means_to_have();
  const auto found = all.find(means_now);
  if (found == all.end()) return 2;
  pokes_itself = argc > 5 && std::string(argv[5]) == "self";
  connection = serve_one(std::atoi(argv[3]));
  found->second();
  if (role == "sleep") return write(connection, "y", 1) == 1 ? 0 : 1;
  char more = 0;
  return read(connection, &more, 1) == 0 ? 0 : 1;
}
