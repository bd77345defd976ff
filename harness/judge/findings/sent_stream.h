// What a script sends on a connection up to some step, both as units and as segments: which unit
// was cut, and which came together.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/script.h"

namespace chatspec {

struct SentUnit {
  std::size_t begin = 0;  // in all that was sent
  std::size_t end = 0;
  std::size_t step = 0;        // of the script, in which it begins
  bool is_of_text = false;     // a line of a text, or its terminator
  bool is_terminator = false;  // of a text
  bool has_line_end = false;   // else it may go on; of a profile without line ends always false
};

struct SentStream {
  std::string bytes{};
  std::vector<SentUnit> units{};
  std::vector<std::size_t> segment_ends{};  // in `bytes`, rising
  bool has_ended = false;                   // we closed at least our side
  bool is_within_text = false;              // DATA was sent, and the terminator was not

  std::string_view bytes_of(const SentUnit& unit) const {
    return std::string_view(bytes).substr(unit.begin, unit.end - unit.begin);
  }
  // In how many segments the unit came.
  std::size_t count_segments(const SentUnit& unit) const;
  bool ends_segment(const SentUnit& unit) const;
};

// Of the connection that the step is about, which is not yet done.
SentStream find_sent_before(const Script& script, std::size_t step);

}  // namespace chatspec
