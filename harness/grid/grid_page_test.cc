#include "harness/grid/grid_page.h"

#include <gtest/gtest.h>

#include "harness/grid/played_grid_test_support.h"

namespace chatspec {
namespace {

TEST(GridPage, EachCellLeadsToWhatWasSaid) {
  const std::string page = render_grid_page(testing_pairs::make_played_grid());
  EXPECT_TRUE(page.contains("2 clients and 2 servers: 1 of 4 pairs get on."));
  EXPECT_TRUE(page.contains("href=\"#pair-2-1\"")) << page;
  EXPECT_TRUE(page.contains("id=\"pair-2-1\" open")) << "those that do not get on are told at once";
  EXPECT_TRUE(page.contains("href=\"pairs/rude--strict.pcap\""));
  EXPECT_FALSE(page.contains("href=\"pairs/rude--late.pcap\""));
  EXPECT_TRUE(page.contains("[HELLO-1]"));
  EXPECT_TRUE(page.contains("<td class=\"number\">1 of 2</td>"));
}

TEST(GridPage, HostileBytesStayText) {
  const std::string page = render_grid_page(testing_pairs::make_played_grid());
  EXPECT_FALSE(page.contains("<script"));
  EXPECT_FALSE(page.contains("<b>"));
  EXPECT_FALSE(page.contains('\x1b'));
}

}  // namespace
}  // namespace chatspec
