#include "harness/grid/grid_tables.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/grid/played_grid_test_support.h"

namespace chatspec {
namespace {

using testing_pairs::make_played_grid;

TEST(GridTables, TheCsvHasALineForEachPair) {
  PlayedGrid grid = make_played_grid();
  grid.pairs[1].verdict.remark = "=1+1";
  EXPECT_EQ(render_grid_csv(grid),
            "client,server,outcome,gets_on,signed,messages,first,requirement,why,pcap\r\n"
            "polite,strict,ok,yes,6,6,,,,pairs/polite--strict.pcap\r\n"
            "polite,late,'-,no,0,0,,,'=1+1,\r\n"
            "rude,strict,client,no,0,6,client,HELLO-1,\"the client said "
            "\"\"=<script>alert(1)</script>\\x1b[2J\\n\"\" where \"\"HELLO\\n\"\" was due "
            "[HELLO-1]\",pairs/rude--strict.pcap\r\n"
            "rude,late,'-,no,0,0,,,the server could not be built: =1+1,\r\n");
}

TEST(GridTables, TheJsonHasAlsoWhatWasSaid) {
  const auto read = nlohmann::json::parse(render_grid_json(make_played_grid()));
  EXPECT_EQ(read["format"], 1);
  EXPECT_EQ(read["clients"], (std::vector<std::string>{"polite", "rude"}));
  ASSERT_EQ(read["pairs"].size(), 4U);
  const auto& rude = read["pairs"][2];
  EXPECT_EQ(rude["outcome"], "client");
  EXPECT_EQ(rude["gets_on"], false);
  EXPECT_EQ(rude["departures"][0]["requirement"], "HELLO-1");
  EXPECT_EQ(rude["departures"][0]["level"], "must");
  EXPECT_EQ(rude["conversation"][0], "C: \"=<script>alert(1)</script>\\x1b[2J\\n\"");
  EXPECT_EQ(read["pairs"][0]["conversation"][1], "S: \"260 OK\\n\"");
}

}  // namespace
}  // namespace chatspec
