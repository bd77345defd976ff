// A console for tests, which keeps what is written.

#pragma once

#include <string>

#include "harness/cli/console/console.h"

namespace chatspec {

class CapturedConsole : public Console {
 public:
  void say(std::string_view text) override { said += text; }
  void warn(std::string_view text) override { warned += text; }
  bool flush() override { return !is_full; }
  std::string describe_failure() const override { return "it is full"; }
  bool has_reader_left() const override { return reader_left; }
  bool can_rewrite_line() const override { return is_terminal; }
  std::size_t columns() const override { return 80; }
  std::size_t report_columns() const override { return 80; }
  bool shows_links() const override { return false; }

  std::string all() const { return said + warned; }

  std::string said{};
  std::string warned{};
  bool is_full = false;
  bool reader_left = false;
  bool is_terminal = false;

 private:
  bool would_colour() const override { return false; }
};

}  // namespace chatspec
