// scenarios/README.md, which is compiled in.

#pragma once

#include <string_view>

namespace chatspec::language_server {

std::string_view manual_text();

}  // namespace chatspec::language_server
