#include "harness/cli/output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "harness/report/printable.h"

namespace chatspec {
namespace {

std::string failure;

bool note(bool written) {
  if (!written && failure.empty())
    failure = std::string("cannot write to standard output: ") + std::strerror(errno);
  return failure.empty();
}

}  // namespace

void say(std::string_view text) {
  note(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void complain(std::string_view message) {
  warn(fmt::format("chatspec: {}\n", without_controls(message)));
}

void warn(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool flush_output() {
  std::cout.flush();  // CLI11 prints its help there; it has no buffer but stdout's
  return note(std::fflush(stdout) == 0 && std::ferror(stdout) == 0);
}

std::string_view describe_output_failure() {
  return failure;
}

}  // namespace chatspec
