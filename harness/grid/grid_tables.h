// A grid for other programs.

#pragma once

#include <cstdint>
#include <string>

#include "harness/grid/played_grid.h"

namespace chatspec {

// Of the JSON. It changes when a reader of the former one would misread the new one; one passes
// over fields that it does not know.
inline constexpr std::uint64_t kGridFormat = 1;

// A line for each pair (RFC 4180): client, server, outcome, whether they get on, how many messages
// were signed and how many there are, who left the protocol first, by which requirement, why, pcap.
std::string render_grid_csv(const PlayedGrid& grid);

// One object: "format", what was played, and "pairs", each with all that left the protocol and the
// conversation.
std::string render_grid_json(const PlayedGrid& grid);

}  // namespace chatspec
