// The parts of a statement: items and values. Each function reads what its cursor holds,
// reports what is wrong there, and gives nothing if anything was.

#pragma once

#include <optional>

#include "harness/scenario/cursor.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// No literal, random text or table grows beyond this.
inline constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

// Of messages, keys, bytes of a segment.
inline constexpr std::size_t kMaxNumber = 1'000'000;

// `HELLO`, `"…"`, `raw "…"`, `<close>`, …: everything up to the end of the cursor.
std::optional<Item> parse_item(Cursor& cursor);

// One line of a key or message: text, `"…"`, `"…" * 3`, `<random 20>`, `<column>`.
std::optional<ValueLine> parse_value_line(Cursor& cursor);

// `"…"` or `"…" * times`.
std::optional<Literal> parse_literal(Cursor& cursor);

// `3`, at most `max`, or `<column>`.
std::optional<Number> parse_number(Cursor& cursor, std::size_t max);

}  // namespace chatspec
