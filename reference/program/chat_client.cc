// chat-client, the reference client.

#include "reference/program/client.h"

int main(int argc, char** argv) {
  const auto options = chat::parse_client_options(argc, argv);
  return options ? chat::run_client(*options) : options.error();
}
