// Where text goes that nobody wants.

#pragma once

#include <string_view>

#include "reference/text_sink.h"

namespace chat {

class NoText final : public TextSink {
 public:
  void text(std::string_view) override {}
  void line_end() override {}
};

}  // namespace chat
