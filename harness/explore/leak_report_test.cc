#include "harness/explore/leak_report.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

constexpr std::size_t kLineColumns = 80;

Visited with_descriptors() {
  Visited visited{.visit = {.name = "leaves", .does = "a close after HELLO"}};
  for (std::size_t client = 0; client <= 24; ++client)
    visited.held.push_back({.descriptors = 4 + client, .processes = 1, .threads = 1});
  visited.kept.push_back({.what = list_kept_kinds().data(), .of_each = 1});
  return visited;
}

Visited with_memory() {
  Visited visited{.visit = {.name = "large", .does = "a text of a megabyte"}};
  visited.held = {{.memory = 1 << 20}, {.memory = 5 << 19}};
  visited.kept.push_back({.what = &list_kept_kinds().back(), .of_each = 1.5 * (1 << 20)});
  return visited;
}

TEST(LeakReport, TellsWhatIsKeptOfEachClient) {
  EXPECT_EQ(render_visited(with_descriptors()),
            "  a close after HELLO          24 clients  1 descriptor of each\n");
  EXPECT_EQ(render_visited(with_memory()),
            "  a text of a megabyte           1 client  1.5 MiB of memory of each\n");
  EXPECT_EQ(render_leaks({.visits = {with_descriptors(), with_memory()}}, kLineColumns),
            "\n"
            "a close after HELLO: 4 descriptors before the first client, 28 descriptors after\n"
            "                     24 clients.\n"
            "a text of a megabyte: 1.0 MiB of memory before the first client, 2.5 MiB of\n"
            "                      memory after 1 client.\n"
            "It keeps something of each client that has gone: who serves long enough runs out\n"
            "of it.\n"
            "Is each connection, file and pipe closed, whichever way a client goes?\n"
            "Is what was read of a client let go when it has gone?\n");
}

TEST(LeakReport, TellsWhyNothingWasWatched) {
  Visited visited{.visit = {.name = "whole", .does = "a whole conversation"},
                  .stop = GrowthStop{.message = "it crashed (SIGSEGV)"}};
  EXPECT_EQ(render_visited(visited), "  a whole conversation          0 clients  not watched\n");
  EXPECT_EQ(render_leaks({.visits = {visited}}, kLineColumns),
            "\na whole conversation: it crashed (SIGSEGV).\nNothing could be watched.\n");
  visited.ends_with_client = true;
  EXPECT_EQ(render_leaks({.visits = {visited}}, kLineColumns),
            "\nIt ends with its client, so that nothing of one is left for the next.\n");
}

TEST(LeakReport, TellsProgramsAllThatWasSeen) {
  const auto json = nlohmann::json::parse(
      render_leaks_json({.visits = {with_descriptors()}}, {.name = "x\xff", .seed = 7}));
  EXPECT_EQ(json["seed"], 7);
  const auto& visit = json["visits"][0];
  EXPECT_EQ(visit["name"], "leaves");
  EXPECT_EQ(visit["clients"], 24);
  EXPECT_EQ(visit["kept_of_each"]["descriptors"], 1);
  EXPECT_EQ(visit["held"].size(), 25U);
  EXPECT_EQ(visit["held"][24]["descriptors"], 28);
  EXPECT_TRUE(visit["ended"].is_null());
}

}  // namespace
}  // namespace chatspec
