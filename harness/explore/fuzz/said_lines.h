// Conversations by their lines: whatever changes them thinks in lines first.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// The lines of some bytes, each with its line end; the last may have none.
std::vector<std::string> split_lines(std::string_view bytes);
std::string join_lines(const std::vector<std::string>& lines);

// A line without its LF or CR LF.
std::string_view without_line_end(std::string_view line);

// As a client says it that waits for each answer: a step for each line, but a text with its
// terminator in one. The profile has line ends.
// `is_in_text`: the bytes begin within a text.
std::vector<Said> in_lock_step(const chat::Profile& profile, std::string_view bytes,
                               bool is_in_text = false);
// Whether the last of these lines stands within a text, or opens one, as in_lock_step() sees it.
bool ends_in_text(const chat::Profile& profile, std::string_view bytes);

// Without segments and steps that say nothing, and without what stands after an end.
SaidConversation tidy(SaidConversation conversation);

}  // namespace chatspec
