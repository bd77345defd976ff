#include <fmt/format.h>

#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"

namespace chatspec {
namespace {

// It comes into the log of a job as it stands, where a line that begins with `::` is a command; so
// it has words of our own alone.
std::string count_of_part(const PartMark& part) {
  return fmt::format("{} of {} points, {} of {} cases pass", part.earned.to_string(),
                     part.points.to_string(), part.passed, part.cases());
}

}  // namespace

// What the action autograding-grading-reporter reads of each of its runners, in base64, from
// RUNNER_RESULTS. It adds up the scores of the tests, and of max_score. Where that is 0 it reports
// no points at all, and with the status `error` the job fails; so it is without a mark.
RenderedResult render_autograding(const MarkedSubmission& marked) {
  constexpr int kVersion = 1;
  const Mark& mark = marked.mark;
  PlatformJson tests = PlatformJson::array();
  if (!mark.total) {
    tests.push_back({{"name", "chatspec"},
                     {"status", "error"},
                     {"score", 0},
                     {"message", "not graded; the log of the step before says why"}});
    return dump({{"version", kVersion}, {"status", "error"}, {"max_score", 0}, {"tests", tests}},
                -1);
  }
  bool passes = true;
  for (const PartMark& part : mark.parts) {
    passes = passes && is_earned_in_full(part);
    tests.push_back({{"name", name_of(part)},
                     {"status", is_earned_in_full(part) ? "pass" : "fail"},
                     {"score", as_number(part.earned)},
                     {"message", count_of_part(part)}});
  }
  return dump({{"version", kVersion},
               {"status", passes ? "pass" : "fail"},
               {"max_score", as_number(marked.assignment.total())},
               {"tests", tests}},
              -1);
}

}  // namespace chatspec
