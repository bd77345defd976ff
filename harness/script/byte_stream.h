// The way between a client's bytes, as fuzzers keep them, and scenarios, as people read them.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/scenario.h"
#include "harness/script/script.h"

namespace chatspec {

// The keys with which an imported stream is answered. They are few, so that a stream can ask for
// one more than there are.
inline constexpr std::array<std::string_view, 3> kImportKeys{"first key", "k\\.2", "3"};

struct ImportOptions {
  std::string name;       // of the stream, for the title; any bytes
  bool whole = false;     // all bytes in one send, before any answer is awaited
  std::size_t split = 0;  // with `whole`: in segments of this many bytes; 0: in one
};

// A scenario for a server: it sends what a client sent, and expects what PROTOCOL.md wants in
// return, worked out by the reference server in the profile `line`. It checks without a mistake.
// Bytes after the point at which a server has closed are left out, with a remark.
Scenario import_bytes(std::string_view bytes, const ImportOptions& options);

// What the harness sends in a script, one string per connection, in the order of their numbers.
std::vector<std::string> export_bytes(const Script& script);

}  // namespace chatspec
