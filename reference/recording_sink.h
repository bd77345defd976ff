// For tests: a sink that keeps what it is given.

#pragma once

#include <string>
#include <string_view>

#include "reference/text_sink.h"

namespace chat {

class RecordingSink : public TextSink {
 public:
  void text(std::string_view piece) override { seen += piece; }
  void line_end() override { seen += '\n'; }

  std::string seen;  // each line with LF
};

}  // namespace chat
