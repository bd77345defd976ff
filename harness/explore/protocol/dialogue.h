// What is said next, and what the protocol has come back.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/answer.h"

namespace chatspec {

// One step of a conversation.
struct SaidNext {
  Said said{};
  ExpectedAnswer expected{};
};

// Says what comes next, from all answers so far; nothing where the conversation is to end.
using Dialogue = std::function<std::optional<SaidNext>(std::span<const std::string> answers)>;

}  // namespace chatspec
