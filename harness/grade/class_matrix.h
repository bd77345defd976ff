// Who breaks which requirement, as a table on the page of the class.

#pragma once

#include <span>

#include "harness/grade/score.h"
#include "harness/report/formats/html/html_writer.h"

namespace chatspec {

// A line for each submission, a column for each requirement that one of them breaks or deviates
// from, in the order of PROTOCOL.md.
void write_class_matrix(HtmlWriter& html, std::span<const Score> scores);

}  // namespace chatspec
