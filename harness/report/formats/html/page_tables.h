// Tables of verdicts: requirement by requirement, and implementation by implementation.

#pragma once

#include <span>

#include "harness/report/formats/html/page_parts.h"

namespace chatspec {

void write_requirements(HtmlWriter& html, std::span<const PagePart> parts);
// Where the runs differ, or did not pass; nothing of a single run.
void write_comparison(HtmlWriter& html, std::span<const PagePart> parts);

}  // namespace chatspec
