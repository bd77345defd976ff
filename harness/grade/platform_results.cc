#include "harness/grade/platform_results.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;

// What a platform shows of a part; far more than any real one has.
constexpr std::size_t kMostBytesOfPart = std::size_t{32} << 10;

double as_number(Points points) {
  constexpr double kHundredths = 100;
  return static_cast<double>(points.hundredths()) / kHundredths;
}

std::string name_of(const PartMark& part) {
  return as_plain_name(
      fmt::format("{}: {}", chat::to_string(part.role), part.part->cases.to_string()));
}

std::string describe_part(const PartMark& part, const Mark& mark, const HidesCase& hides) {
  std::string text = as_plain_text(render_part(part, mark, hides));
  if (text.size() <= kMostBytesOfPart) return text;
  const std::size_t end = text.rfind('\n', kMostBytesOfPart);
  return text.substr(0, end == text.npos ? 0 : end) + "\n(and more)\n";
}

std::string explain_no_mark(const Mark& mark) {
  return as_plain_text("Not graded: " + mark.why_not);
}

std::string dump(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<std::string> render_gradescope(const Assignment&, const Mark& mark,
                                             const HidesCase& hides) {
  if (!mark.total) return dump({{"output", explain_no_mark(mark)}, {"tests", Json::array()}}, 2);
  Json tests = Json::array();
  for (const PartMark& part : mark.parts) {
    tests.push_back({{"name", name_of(part)},
                     {"score", as_number(part.earned)},
                     {"max_score", as_number(part.points)},
                     {"output", describe_part(part, mark, hides)},
                     {"output_format", "text"},
                     {"visibility", "visible"}});
  }
  return dump({{"score", as_number(*mark.total)}, {"tests", tests}}, 2);
}

std::optional<std::string> render_prairielearn(const Assignment& assignment, const Mark& mark,
                                               const HidesCase& hides) {
  if (!mark.total) return dump({{"gradable", false}, {"message", explain_no_mark(mark)}}, 2);
  Json tests = Json::array();
  for (const PartMark& part : mark.parts) {
    tests.push_back({{"name", name_of(part)},
                     {"points", as_number(part.earned)},
                     {"max_points", as_number(part.points)},
                     {"output", describe_part(part, mark, hides)}});
  }
  const double whole = std::max(as_number(assignment.total()), 0.01);
  return dump({{"gradable", true}, {"score", as_number(*mark.total) / whole}, {"tests", tests}}, 2);
}

std::optional<std::string> render_autolab(const Assignment&, const Mark& mark, const HidesCase&) {
  if (!mark.total) return std::nullopt;
  Json scores = Json::object();
  for (const PartMark& part : mark.parts) scores[name_of(part)] = as_number(part.earned);
  return dump({{"scores", scores}}, -1);
}

constexpr std::array kPlatformResults{
    PlatformResult{"--gradescope", "Write Gradescope's results.json", render_gradescope},
    PlatformResult{"--prairielearn", "Write PrairieLearn's results.json", render_prairielearn},
    PlatformResult{"--autolab", "Write the line that Autolab reads last", render_autolab},
};

}  // namespace

std::span<const PlatformResult> list_platform_results() {
  return kPlatformResults;
}

}  // namespace chatspec
