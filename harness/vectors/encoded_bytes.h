// Bytes as JSON, without loss, so that a reader needs a few lines to have them back:
//
//     "HELLO\n"                         these characters of ASCII
//     {"hex": "00ff"}                   these bytes
//     {"repeat": "x", "times": 65536}   what stands there, so many times
//     ["260 ", {"hex": "00"}]           all of it, one after the other

#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace chatspec {

// Keys as they were put in.
using VectorJson = nlohmann::ordered_json;

// The same bytes give the same JSON. Printable ASCII with CR, LF and tabs becomes text; what is
// said over and over, as in scenarios about limits, is written once.
VectorJson encode_bytes(std::string_view bytes);

}  // namespace chatspec
