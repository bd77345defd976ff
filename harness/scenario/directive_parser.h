// The directives above the transcript.

#pragma once

#include <optional>

#include "harness/scenario/cursor.h"
#include "harness/scenario/scenario.h"
#include "harness/scenario/vocabulary.h"

namespace chatspec {

// What stands after the word of a directive, which stands at `span`. Reports what is wrong there,
// and gives nothing if anything was. Of a key, a message and a table this is the first line; others
// may follow.
std::optional<StatementContent> parse_directive(Cursor& cursor, const DirectiveWord& directive,
                                                Span span);

}  // namespace chatspec
