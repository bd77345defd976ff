// One case in full.

#pragma once

#include "harness/report/formats/html/html_writer.h"
#include "harness/report/log/record.h"

namespace chatspec {

// What was asked, the conversation as a drawing and byte by byte, what was expected and came
// instead, why that may be, and how to see it again. One of its findings, or all where null.
void write_case(HtmlWriter& html, const RunRecord& run, const CaseRecord& record,
                const FindingRecord* finding);

}  // namespace chatspec
