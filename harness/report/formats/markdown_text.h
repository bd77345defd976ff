// Texts of unknown origin within Markdown (GFM): shown as they are, whatever they hold.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// Within a line: no markup, no HTML, no link, no table cell ends.
std::string markdown_line(std::string_view text);
// The same as code; within a table, another form is needed.
std::string markdown_code(std::string_view text);
std::string markdown_table_code(std::string_view text);
// Lines of their own, as code.
std::string markdown_block(std::string_view text);
// Within HTML that stands in Markdown.
std::string html_line(std::string_view text);

}  // namespace chatspec
