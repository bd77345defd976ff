// A mark for people, as text.

#pragma once

#include <functional>
#include <optional>
#include <string>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"

namespace chatspec {

// Whether whoever reads it may not know of a case; empty where they may know of all.
using HidesCase = std::function<bool(const CaseRecord&)>;

// How a mistake is told: by the case that shows it best of those that are not hidden.
struct ToldMistake {
  std::string sentence{};     // without a full stop
  std::string requirement{};  // "" where that is not known
  std::string case_id{};
};
// Nothing where only hidden cases show it.
std::optional<ToldMistake> tell_mistake(const Root& root, const HidesCase& hides);

// A part with what it earned, and what each mistake that counts in it costs, in lines.
std::string render_part(const PartMark& part, const Mark& mark, const HidesCase& hides);

// The parts with what each earned, the mistakes with what each costs, the requirement and the case
// that shows it best, and the total; or why there is none. Of what is hidden, only what it costs.
std::string render_mark(const Assignment& assignment, const Mark& mark,
                        const HidesCase& hides = {});

}  // namespace chatspec
