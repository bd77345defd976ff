// How scenarios are written that say what was said: in the words of the profile `line`, as every
// scenario is, whatever profile was spoken.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// What stands around the conversation.
struct SaidScenario {
  std::vector<std::string> comment{};  // lines above the title; printable
  std::string title{};                 // printable
  std::vector<std::string> requirements{};
  // The server's, where it matters which they are; random ones where there are none.
  std::vector<std::string> keys{};
};

const chat::Profile& line_profile();

// In double quotes where it has to be; one byte again and again as a product.
std::string quote_briefly(std::string_view bytes);

// What the words of a profile are called in scenarios; nothing for what is none of them.
std::optional<std::string_view> find_line_word(const chat::Profile& profile, std::string_view unit);

// Behind which bytes of what is said a segment ends, but for the last.
std::vector<std::size_t> find_splits(const Said& said);

// The lines of a message.
std::string write_message(const std::vector<std::string>& lines);

// What stands above the materials. `role`: of the implementation.
std::string write_scenario_head(const SaidScenario& around, std::string_view role);

// A scenario that has no mistakes, as it is printed.
std::string tidy_scenario(const std::string& text);

}  // namespace chatspec
