// The files that the page is made with, page.css and page.js, as they stand beside this one.

#pragma once

#include <string_view>

namespace chatspec {

extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace chatspec
