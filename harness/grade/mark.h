// What a submission earns, and why: assignment × what was played -> mark. Each point can be
// followed: points <- part <- case <- requirement <- evidence, which stand in the records.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/grade/assignment.h"
#include "harness/grade/points.h"
#include "harness/grade/settled_run.h"
#include "harness/report/log/record.h"
#include "harness/report/roots.h"

namespace chatspec {

// What one mistake costs, in the part in which it counts.
struct Charge {
  std::size_t mistake = 0;  // an index in Mark::mistakes
  Points cost{};
  std::size_t cases = 0;  // of the part, which are lost by it
};

struct PartMark {
  const PointsPart* part = nullptr;
  Role role = Role::kServer;
  Points points{};  // of the part for this role: half of them where it has both
  Points earned{};
  std::size_t passed = 0;         // cases, those that deviate among them
  std::size_t lost = 0;           // by mistakes that count here
  std::size_t left_out = 0;       // they count elsewhere, or were not played since another failed
  bool shows_too_little = false;  // nothing passes but that the program starts, or deviates
  std::vector<Charge> charges{};  // the dearest first

  std::size_t cases() const { return passed + lost + left_out; }
};

// A root of one role's run.
struct Mistake {
  Role role = Role::kServer;
  Root root{};
  const PointsPart* part = nullptr;  // where it counts; null where it costs nothing
  Points cost{};
};

struct Mark {
  // Nothing where it is not graded: not (wholly) played, nothing of one of the parts, or trouble of
  // the harness was left. Never 0 for that.
  std::optional<Points> total{};
  std::string why_not{};            // a sentence without a full stop, where there is no total
  std::vector<PartMark> parts{};    // in the assignment's order, one each
  std::vector<Mistake> mistakes{};  // the dearest first, then as find_roots() orders them
};

// What a part has for one of its roles.
Points points_of(const Assignment& assignment, const PointsPart& part, Role role);

// Borrows all of it. Pure: the same of the same records, whatever suite is there by now.
//
// Where mistakes are counted: a case that fails is lost to the root on which most hangs of those
// that it shows, and a root counts in the part in which it takes most points. In other parts its
// cases are left out of the reckoning, as are those that were not played; what is left there earns
// its share. A part in which nothing passes earns nothing; nor does one that is about more than
// what it shows, which is no more than that the program starts, or what deviates. Where cases are
// counted, each is an equal share of its part, and one that another kept from being played is lost
// to that one's root.
//
// A part that has both roles is halved between them where both are played. A program that could not
// be built earns nothing.
Mark mark(const Assignment& assignment, std::span<const SettledRun> runs);

}  // namespace chatspec
