// Which lines of a transcript belong to a message's text: what the client says behind DATA, up to
// and with the terminator. In lock-step they go out in one segment, as every client sends them, so
// that only scenarios about segments play what few programs ever meet.

#pragma once

#include <set>
#include <string_view>

#include "harness/scenario/scenario.h"

namespace chatspec {

// The units between which a text stands, as scenarios write them in every profile.
inline constexpr std::string_view kDataUnit = "DATA";
inline constexpr std::string_view kTerminatorUnit = ".";
// What answers HELLO and a verdict, and what announces a signature.
inline constexpr std::string_view kOkUnit = "260 OK";
inline constexpr std::string_view kAnnouncementUnit = "270 SIG";

// Whether the item is this unit, once.
bool is_unit(const Item& item, std::string_view word);

class TextLines {
 public:
  // Takes the next line of a transcript, and gives whether it belongs to a text. Bytes written as
  // `raw` belong to it, too; whether they hold the terminator is not looked for.
  bool take(const TranscriptLine& line);

 private:
  std::set<int> open_;  // the connections within a text
};

}  // namespace chatspec
