// Line ends of what a program sent, for those who explain it.

#pragma once

#include <string>
#include <string_view>

#include "reference/text/quote.h"

namespace chatspec {

// Without all the LF and CR at its end.
inline std::string_view strip_line_end(std::string_view unit) {
  while (unit.ends_with('\n') || unit.ends_with('\r')) unit.remove_suffix(1);
  return unit;
}

// The line end of a unit, for people: "LF", "no line end", or what else it is, quoted.
inline std::string name_line_end(std::string_view unit) {
  const std::string_view line_end = unit.substr(strip_line_end(unit).size());
  if (line_end.empty()) return "no line end";
  if (line_end == "\n") return "LF";
  if (line_end == "\r\n") return "CR LF";
  return chat::quote(line_end);
}

}  // namespace chatspec
