// chat-server, the reference server.

#include "reference/program/server.h"

int main(int argc, char** argv) {
  const auto options = chat::parse_server_options(argc, argv);
  return options ? chat::run_server(*options) : options.error();
}
