// Which lines of a transcript belong to a message's text: what the client says after DATA, up to
// and with the terminator. In lock-step they go out in one segment, as every client sends them, so
// that only scenarios about segments play what few programs ever meet.

#pragma once

#include <set>

#include "harness/scenario/scenario.h"

namespace chatspec {

class TextLines {
 public:
  // Takes the next line of a transcript, and gives whether it belongs to a text. Bytes written as
  // `raw` belong to it, too; whether they hold the terminator is not looked for.
  bool take(const TranscriptLine& line);

 private:
  std::set<int> open_;  // the connections within a text
};

}  // namespace chatspec
