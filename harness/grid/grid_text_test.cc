#include "harness/grid/grid_text.h"

#include <gtest/gtest.h>

#include "harness/grid/played_grid_test_support.h"

namespace chatspec {
namespace {

using testing_pairs::make_played_grid;

TEST(GridText, HasARowForEachClientAndWhyOnesDoNotGetOn) {
  EXPECT_EQ(render_grid(make_played_grid(), Style(false)),
            "client  strict  late\n"
            "polite  ok      -\n"
            "rude    client  -\n"
            "\n"
            "ok      they get on\n"
            "client  the client left the protocol\n"
            "-       not played\n"
            "\n"
            "client polite, server late\n"
            "    the server could not be built: =1+1\n"
            "\n"
            "client rude, server strict (0 of 6 messages signed)\n"
            "    the client said \"=<script>alert(1)</script>\\x1b[2J\\n\" where \"HELLO\\n\" was\n"
            "    due [HELLO-1]\n"
            "\n"
            "client rude, server late\n"
            "    the server could not be built: =1+1\n"
            "\n"
            "1 of 4 pairs get on\n");
}

TEST(GridText, NumbersColumnsWhoseNamesLeaveNoRoom) {
  PlayedGrid grid = make_played_grid();
  grid.servers = {std::string(50, 's'), std::string(50, 't')};
  grid.clients[0] = std::string(50, 'c');
  const std::string text = render_grid(grid, Style(false));
  EXPECT_TRUE(
      text.contains("client                    1       2\n"
                    "ccccccccccccccccccccccc~  ok      -\n"
                    "rude                      client  -\n"
                    "\nservers:\n   1  ssss"))
      << text;
}

}  // namespace
}  // namespace chatspec
