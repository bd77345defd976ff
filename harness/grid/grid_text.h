// A grid on a terminal.

#pragma once

#include <string>

#include "harness/grid/played_grid.h"
#include "harness/report/text/style.h"

namespace chatspec {

// A row for each client and a column for each server; where names leave no room, columns have
// numbers that are told below. Then what the words mean, and of pairs that do not get on, why.
std::string render_grid(const PlayedGrid& grid, const Style& style);

}  // namespace chatspec
