// A grid as a page.

#pragma once

#include <string>

#include "harness/grid/played_grid.h"

namespace chatspec {

// A page that needs no other file but, where it leads to them, the packets in `pairs/` beside it: a
// table of clients and servers, each of whose cells leads to what was said, and who is to blame.
std::string render_grid_page(const PlayedGrid& grid);

}  // namespace chatspec
