// What a line of a scenario is, and what stands in it at a place. It is told by the line alone, so
// that it can be told of one that is just being written.

#pragma once

#include <cstddef>
#include <string_view>

#include "harness/language_server/text.h"
#include "harness/scenario/vocabulary.h"

namespace chatspec::language_server {

enum class LineKind {
  kComment,
  kRow,          // of a table
  kText,         // a further line of a key or message
  kDirective,    // begins with the word of one
  kTurn,         // C: or S:, which may have a number
  kAlternative,  // or
  kContinued,    // then
  kOther,        // begins with none of these, or is empty
};

// All places are bytes of the line.
struct LineShape {
  LineKind kind = LineKind::kOther;
  const DirectiveWord* directive = nullptr;  // of kDirective
  Stretch word{};                            // the first
  std::size_t value = 0;  // where what is said begins, after that word and blanks
  std::size_t bar = 0;    // where the modifiers begin, with their |; else the line's end
};

LineShape shape_of(std::string_view line);

// What stands around a place without a blank or one of `stop` in it; empty where nothing does.
Stretch word_at(std::string_view line, std::size_t place, std::string_view stop = "");

// The `<…>` around a place, which may lack its end; empty where there is none.
Stretch item_at(std::string_view line, std::size_t place);

}  // namespace chatspec::language_server
