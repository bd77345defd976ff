// All cases: a table to be searched, and each that did not pass.

#pragma once

#include <span>

#include "harness/report/formats/html/page_parts.h"

namespace chatspec {

void write_table_of_cases(HtmlWriter& html, std::span<const PagePart> parts);
// As much as there is room for. One that stands with a problem already is not told again.
void write_cases(HtmlWriter& html, std::span<const PagePart> parts);

}  // namespace chatspec
