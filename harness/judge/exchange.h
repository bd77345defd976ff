// The conversation as it went, for people: script x transcript -> lines.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/script/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

struct ExchangeLine {
  Role speaker = Role::kClient;
  int connection = 1;
  std::string bytes;         // what went over the connection; empty where `note` says what happened
  std::string note;          // "closes the connection", …
  std::size_t pieces = 1;    // in how many segments we sent it
  std::size_t left_out = 0;  // bytes that are not shown
};

// Everything that was sent and received, unit by unit. Each line holds at most `max_bytes`, and of
// more lines than `max_lines` those in the middle are left out.
std::vector<ExchangeLine> list_exchange(const Script& script, const Transcript& transcript,
                                        std::size_t max_bytes, std::size_t max_lines);

}  // namespace chatspec
