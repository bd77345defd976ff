#include "harness/grade/platforms/platform_text.h"

#include <fmt/format.h>

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

// What a platform shows of a part; far more than any real one has.
constexpr std::size_t kMostBytesOfPart = std::size_t{32} << 10;

}  // namespace

double as_number(Points points) {
  constexpr double kHundredths = 100;
  return static_cast<double>(points.hundredths()) / kHundredths;
}

std::string name_of(const PartMark& part) {
  return as_plain_name(
      fmt::format("{}: {}", chat::to_string(part.role), part.part->cases.to_string()));
}

bool is_earned_in_full(const PartMark& part) {
  return part.earned == part.points;
}

std::string describe_part(const PartMark& part, const MarkedSubmission& marked) {
  std::string text = as_plain_text(render_part(part, marked.mark, marked.hides));
  if (text.size() <= kMostBytesOfPart) return text;
  const std::size_t end = text.rfind('\n', kMostBytesOfPart);
  return text.substr(0, end == text.npos ? 0 : end) + "\n(and more)\n";
}

std::string explain_no_mark(const Mark& mark) {
  return as_plain_text("Not graded: " + mark.why_not);
}

std::string dump(const PlatformJson& value, int indent) {
  return value.dump(indent, ' ', false, PlatformJson::error_handler_t::replace) + "\n";
}

}  // namespace chatspec
