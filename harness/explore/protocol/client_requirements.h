// What a client's answer to one step rests on.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chatspec {

// What was said, and what the client did then.
struct ClientStepFacts {
  bool was_cut = false;     // a line came in several segments
  bool was_joined = false;  // a line came after another in a segment
  bool was_crlf = false;
  bool is_cut = false;                     // the last line has no end yet
  bool was_upper_case = false;             // a signature that is right
  bool is_no_signature = false;            // where one was due
  bool is_end = false;                     // of what is said
  bool has_acted = false;                  // it sent something, or closed
  bool has_verdict = false;                // it sent one
  bool has_quit = false;                   // or closed
  std::optional<std::string_view> text{};  // the message that it sent
  std::string_view violation{};            // the requirement that was broken; "" for none
};

// The requirements, the most specific first; at least one.
std::vector<std::string> find_step_requirements(const chat::Profile& profile,
                                                const ClientStepFacts& facts);

}  // namespace chatspec
