// What is wrong, each mistake once, with the case that shows it best.

#pragma once

#include <span>

#include "harness/report/formats/html/page_parts.h"

namespace chatspec {

void write_problems(HtmlWriter& html, std::span<const PagePart> parts);

}  // namespace chatspec
