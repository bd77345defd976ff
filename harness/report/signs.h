// In what failures are alike that are likely of one mistake, whether or not a cause says which:
// records -> signs. A sign is the same wherever it is seen: "breaks STATE-2", "stays open".

#pragma once

#include <set>
#include <string>
#include <string_view>

#include "harness/report/log/record.h"

namespace chatspec {

using Signs = std::set<std::string>;

// Of whatever depends on how bytes come in segments.
inline constexpr std::string_view kSegments = "segments";
inline bool is_about_segments(std::string_view requirement) {
  return requirement.starts_with("STREAM-");
}

// What the program was at when it made that mistake, the id of a cause or of one that a search
// found: `kSegments`, "escaping", … "" where it may be anything. Of a program that escapes wrongly
// one text shows that dots are doubled, and another one that backslashes are not escaped.
std::string_view find_topic(std::string_view mistake);

// What was seen: the requirements that it breaks, that it stays open, what it says and writes,
// after which word it says nothing, how it dies; and the topic of its cause. Never none.
Signs find_signs(const CaseRecord& played, const FindingRecord& finding);

// A text without what one fault says differently each time: numbers, and what it quotes.
std::string without_particulars(std::string_view text);

}  // namespace chatspec
