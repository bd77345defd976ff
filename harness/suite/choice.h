// What of a suite is played with an implementation.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/suite/case.h"
#include "harness/suite/selection.h"

namespace chatspec {

// Of several sentences, each is about one word of whoever selected.
struct Choice {
  std::vector<const Case*> cases{};  // in the suite's order; borrowed from the list of all
  std::set<std::string> needed{};    // scenarios among them that nobody named, but others need
  // Words that match nothing at all: typing mistakes, most likely, so that nothing should be
  // played.
  std::vector<std::string> unmatched{};
  // Words that match something, of which nothing can be tried on this implementation. Whoever
  // selects by them believes otherwise.
  std::vector<std::string> unplayable{};

  // Whether anything is left that was asked for.
  bool has_wanted() const;
};

// The selected cases, and those of `needed` scenarios, which can be tried on an implementation of
// the selection's role in its profile; both must be given.
Choice choose_cases(const std::vector<Case>& all, const Selection& selection,
                    const std::set<std::string>& needed = {});

}  // namespace chatspec
