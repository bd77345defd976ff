// For tests: a grid of two clients and two servers, of which one pair does not get on.

#pragma once

#include "harness/grid/pair_test_support.h"
#include "harness/grid/played_grid.h"

namespace chatspec::testing_pairs {

inline PlayedPair play_altered(const PairMaterials& materials, const Alter& alter) {
  const PairTranscript transcript = AlteredTalk(materials, alter).talk();
  return {.verdict = judge_pair(line_profile(), materials, transcript),
          .record = make_pair_record(line_profile(), transcript)};
}

// The client `rude` says something hostile to the server `strict`; `late` could not be built.
inline PlayedGrid make_played_grid() {
  const PairMaterials materials = make_pair_materials(line_profile(), 7);
  PlayedGrid grid{.title = "<b>Spring</b>",
                  .profile = "line",
                  .isolation = "plain",
                  .seed = 7,
                  .clients = {"polite", "rude"},
                  .servers = {"strict", "late"}};
  grid.pairs.push_back(play_altered(materials, as_it_is));
  grid.pairs.push_back({.verdict = {.remark = "the server could not be built: =1+1"}});
  grid.pairs.push_back(play_altered(materials, [](Role side, const std::string& said) {
    return side == Role::kClient ? "=<script>alert(1)</script>\x1b[2J\n" : said;
  }));
  grid.pairs.push_back({.verdict = {.remark = "the server could not be built: =1+1"}});
  return grid;
}

}  // namespace chatspec::testing_pairs
