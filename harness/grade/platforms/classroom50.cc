#include <array>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"

namespace chatspec {
namespace {

// A property that says whose the result is, and the variable in which the runner has it.
struct Classroom50Property {
  const char* name;
  const char* variable;
};
constexpr std::array kClassroom50Properties{
    Classroom50Property{"classroom", "CLASSROOM"},
    Classroom50Property{"assignment", "ASSIGNMENT"},
    Classroom50Property{"assignment_type", "ASSIGNMENT_TYPE"},
    Classroom50Property{"owner", "OWNER"},
    Classroom50Property{"submission", "SUBMISSION_TAG"},
    Classroom50Property{"commit", "COMMIT_URL"},
    Classroom50Property{"release", "RELEASE_URL"},
    Classroom50Property{"review", "REVIEW_URL"},
};

}  // namespace

// result.json as its schema (foundation50/classroom50, schemas/result-v1.schema.json) wants it: no
// further property but in tests, and whole numbers, so that points are in hundredths and none is
// rounded. The runner puts the time of the commit into `datetime`. Without a mark there is none:
// where the autograder ends with another status than 0, the runner makes one of an error, 0 of 0.
RenderedResult render_classroom50(const MarkedSubmission& marked) {
  if (!marked.mark.total) return std::nullopt;
  PlatformJson result{{"schema", "classroom50/result/v1"}};
  for (const auto& [name, variable] : kClassroom50Properties) {
    const auto value = marked.variable(variable);
    if (!value || value->empty())
      return std::unexpected(fmt::format(
          "the variable {} is not set: Classroom 50's runner sets it for the assignment's "
          "autograder.py, which is to call chatspec",
          variable));
    result[name] = *value;
  }
  result["datetime"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", marked.now);
  result["score"] = marked.mark.total->hundredths();
  result["max-score"] = marked.assignment.total().hundredths();
  PlatformJson tests = PlatformJson::array();
  for (const PartMark& part : marked.mark.parts) {
    tests.push_back({{"test-name", name_of(part)},
                     {"passed", is_earned_in_full(part)},
                     {"score", part.earned.hundredths()},
                     {"max-score", part.points.hundredths()},
                     {"output", describe_part(part, marked)}});
  }
  result["tests"] = tests;
  return dump(result, 2);
}

}  // namespace chatspec
