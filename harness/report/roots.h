// What a program does wrong, once each. Failures that have one root become one entry: the rows of a
// table, the scenarios that meet the same mistake, a blemish that every reply has. What a root is
// made of is what the log says: causes, requirements, what the program was seen doing, and which
// case kept others from being played. It is a grouping of what was seen, and no claim about the
// program's source.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/report/log/record.h"
#include "harness/report/showing.h"

namespace chatspec {

// What else is seen that is likely of the same root.
struct Likeness {
  std::string sentence{};  // without a full stop
  const CaseRecord* played = nullptr;
};

struct Root {
  using Kind = RootKind;

  // Of what makes it one, the same in each run that shows it: "mistake/lf", "breaks STATE-2".
  std::string id{};
  Kind kind = Kind::kFailure;
  // The clearest finding, with the cause as all its cases together leave it: what cannot be told
  // apart in each of them may be in all. Nothing where the harness had trouble.
  std::optional<FindingRecord> told{};
  std::vector<Showing> showings{};  // the clearest first, the others in the order of the log; never
                                    // empty, and no case twice
  std::vector<Likeness> likenesses{};  // told apart from it in some of these
  std::size_t scenarios = 0;           // in so many, whose rows may be several cases
  std::size_t kept_back = 0;           // cases that were not played because of one of these
};

// The finding to show of it; null where the harness had trouble.
inline const FindingRecord* told_of(const Root& root) {
  return root.told ? &*root.told : nullptr;
}
// What it is, in a sentence without a full stop.
const std::string& sentence_of(const Root& root);
// The requirement that it breaks; "" where that is not known.
std::string requirement_of(const Root& root);

// The roots of all that is wrong in these cases: failures before deviations before the harness's
// trouble, and of each kind first that on which most others hang. A case stands under several roots
// where it shows several mistakes; one that failed as it was known to under none. Borrows the
// records.
std::vector<Root> find_roots(std::span<const CaseRecord* const> cases);

}  // namespace chatspec
