// The top of the page: what it came to, and each run in short.

#pragma once

#include <span>
#include <string>

#include "harness/report/formats/html/page_parts.h"

namespace chatspec {

// For the browser's tab.
std::string page_title(std::span<const PagePart> parts);
void write_overview(HtmlWriter& html, std::span<const PagePart> parts);

}  // namespace chatspec
