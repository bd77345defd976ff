// Standard output, which may be a full disk or a pipe that nobody reads any more; and standard
// error.

#pragma once

#include "harness/cli/console/console.h"

namespace chatspec {

// Takes the numbers of the standard streams that whoever started this process has closed, so that
// nothing else that it opens is written to as its output; using such a stream fails. Call it first.
void hold_standard_streams();

class StandardStreams : public Console {
 public:
  void say(std::string_view text) override;
  void warn(std::string_view text) override;
  bool flush() override;
  std::string describe_failure() const override;
  bool has_reader_left() const override;
  std::size_t report_columns() const override;
  std::optional<std::size_t> terminal_columns() const override;
  bool shows_links() const override;
  bool can_rewrite_line() const override;
  std::size_t columns() const override;

 private:
  bool would_colour() const override;
  bool note(bool written);

  int failure_ = 0;  // the first, as errno
};

}  // namespace chatspec
