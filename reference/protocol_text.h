// PROTOCOL.md, as it was when this was built (protocol_text.cc is made from it).

#pragma once

#include <string_view>

namespace chat {

std::string_view protocol_text();

}  // namespace chat
