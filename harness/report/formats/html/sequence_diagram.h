// A case's conversation as a drawing: who sent what when, in which segments, and where it went
// wrong.

#pragma once

#include "harness/report/formats/html/html_writer.h"
#include "harness/report/log/record.h"

namespace chatspec {

// Writes an <svg>. Nothing where the log has no events of the case.
void draw_sequence(HtmlWriter& html, const RunRecord& run, const CaseRecord& record);

}  // namespace chatspec
