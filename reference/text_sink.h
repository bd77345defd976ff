// Where text goes, piece by piece, so that nobody needs to hold a line of 16 MiB.

#pragma once

#include <string_view>

namespace chat {

class TextSink {
 public:
  virtual ~TextSink() = default;

  // A part of the present line, never empty and never with its line end. Valid during the call
  // only.
  virtual void text(std::string_view piece) = 0;
  // The present line is complete.
  virtual void line_end() = 0;
};

}  // namespace chat
