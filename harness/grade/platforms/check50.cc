#include <fmt/format.h>

#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"
#include "harness/report/formats/plain_text.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

PlatformJson log_lines(std::string_view text) {
  PlatformJson lines = PlatformJson::array();
  while (!text.empty()) lines.push_back(chat::take_line(text));
  return lines;
}

PlatformJson check_of(const PartMark& part, const MarkedSubmission& marked) {
  const std::string earned =
      fmt::format("{} of {} points", part.earned.to_string(), part.points.to_string());
  PlatformJson cause = nullptr;
  if (!is_earned_in_full(part)) cause = {{"rationale", earned}, {"help", nullptr}};
  return {{"name", name_of(part)},
          {"description", fmt::format("{}: {}", name_of(part), earned)},
          {"passed", is_earned_in_full(part)},
          {"log", log_lines(describe_part(part, marked))},
          {"cause", cause},
          {"data", {{"points", as_number(part.earned)}, {"of", as_number(part.points)}}},
          {"dependency", nullptr}};
}

}  // namespace

// As check50's specification of its JSON has it: `cause` is null of what passed, and of nothing
// else; without a mark there is `error` in place of `results`. check50 knows no points; they are in
// `data`, which is free. There is no slug of a problem; the assignment's title is in its place.
RenderedResult render_check50(const MarkedSubmission& marked) {
  PlatformJson report{{"slug", as_plain_name(marked.assignment.title)}};
  if (marked.mark.total) {
    PlatformJson results = PlatformJson::array();
    for (const PartMark& part : marked.mark.parts) results.push_back(check_of(part, marked));
    report["results"] = results;
  } else {
    report["error"] = {{"type", "NotGraded"},
                       {"value", explain_no_mark(marked.mark)},
                       {"traceback", PlatformJson::array()},
                       {"data", PlatformJson::object()}};
  }
  report["version"] = CHATSPEC_VERSION;
  return dump(report, 2);
}

}  // namespace chatspec
