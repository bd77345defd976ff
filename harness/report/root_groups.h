// Failures that belong together, before it is told what they are: records -> groups.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/report/explanation.h"
#include "harness/report/showing.h"
#include "harness/report/signs.h"

namespace chatspec {

// One thing that is wrong in a case.
struct Seen {
  Showing showing{};
  RootKind kind = RootKind::kFailure;
  std::vector<Explanation> explanations{};  // the likeliest first; none where nothing explains it
  Signs signs{};
  Explanation taken{};    // of these, the one that is shared most, if it tells
  std::size_t place = 0;  // in the log's order
};

// What has one mistake behind it, or, where that is not known, one thing that is seen.
struct Group {
  std::string id{};
  bool is_explained = false;
  RootKind kind = RootKind::kTrouble;  // the gravest of them
  std::vector<Seen> seen{};            // in the log's order, never none
};

// Groups that are likely of one mistake: first the one by which it is told, which is the gravest,
// explained if one of these is, and the largest.
using Cluster = std::vector<Group>;

// All that is wrong in these cases, but for failures that were known. What shows several mistakes
// stands in several groups.
std::vector<Cluster> find_clusters(std::span<const CaseRecord* const> cases);

}  // namespace chatspec
