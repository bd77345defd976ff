// The lines of a transcript. Each function reads what its cursor holds, reports what is wrong
// there, and gives nothing if anything was.

#pragma once

#include <optional>
#include <string_view>

#include "harness/scenario/cursor.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// What stands after `C:` or `S2:`. `speaker` is that word, which may be another that ends with a
// colon, and `span` where it stands.
std::optional<TranscriptLine> parse_turn(Cursor& cursor, std::string_view speaker, Span span);

// What stands after `or`: another way to meet an expectation.
std::optional<Alternative> parse_alternative(Cursor& cursor);

// What stands after `then`: how a way goes on.
std::optional<Item> parse_continued(Cursor& cursor);

}  // namespace chatspec
