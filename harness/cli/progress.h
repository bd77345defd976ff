// How far a run is.

#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "harness/cli/console.h"

namespace chatspec {

// One line on standard error that says how far the run is, where a terminal can write it anew.
class Progress {
 public:
  explicit Progress(Console& console) : shown_(console.can_rewrite_line()), console_(console) {}

  void show(std::uint64_t done, std::uint64_t total, const std::string& what) const {
    if (shown_) console_.warn(fmt::format("\r\x1b[K{}/{} {}", done, total, what));
  }
  void clear() const {
    if (shown_) console_.warn("\r\x1b[K");
  }

 private:
  bool shown_;
  Console& console_;
};

}  // namespace chatspec
