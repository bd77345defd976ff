#include "harness/grade/mark_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/text/clean_text.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// Below the points of a part.
constexpr std::size_t kCostColumns = 10;

std::string count_cases_in_words(const PartMark& part) {
  if (part.cases() == 0) return "nothing of it was played";
  if (part.left_out == part.cases())
    return fmt::format("{} left out, since other cases fail",
                       chat::count_things(part.left_out, "case"));
  std::string text = fmt::format("{} of {} cases pass", part.passed, part.passed + part.lost);
  if (part.left_out > 0) text += fmt::format(", {} left out", part.left_out);
  if (part.shows_too_little) text += "; what passes here shows nothing of the rest";
  return text;
}

std::string render_charge(const Charge& charge, const Mark& mark, const HidesCase& hides) {
  const auto told = tell_mistake(mark.mistakes[charge.mistake].root, hides);
  std::string sentence = "in cases that are hidden";
  if (told)
    sentence = fmt::format("{} ({}{} case{}; {})", one_line(told->sentence),
                           told->requirement.empty() ? "" : one_line(told->requirement) + "; ",
                           charge.cases, charge.cases == 1 ? "" : "s", one_line(told->case_id));
  const std::string cost = "-" + charge.cost.to_string();
  return hang(fmt::format("{:>{}}  ", cost, kCostColumns), sentence);
}

// What a finding says by itself.
const std::string& sentence_of_showing(const Showing& showing) {
  if (!showing.finding) return showing.played->trouble;
  return showing.finding->cause ? showing.finding->cause->sentence : showing.finding->message;
}

}  // namespace

std::string render_part(const PartMark& part, const Mark& mark, const HidesCase& hides) {
  std::string text = fmt::format(
      "{:>{}}  {}: {}\n", fmt::format("{}/{}", part.earned.to_string(), part.points.to_string()),
      kCostColumns, chat::escape_bytes(part.part->cases.to_string()), count_cases_in_words(part));
  for (const Charge& charge : part.charges) text += render_charge(charge, mark, hides);
  return text;
}

std::optional<ToldMistake> tell_mistake(const Root& root, const HidesCase& hides) {
  const auto is_shown = [&](const Showing& one) { return !hides || !hides(*one.played); };
  if (std::ranges::all_of(root.showings, is_shown))
    return ToldMistake{.sentence = sentence_of(root),
                       .requirement = requirement_of(root),
                       .case_id = root.showings.front().played->id};
  // What all of its cases together say could tell of those that are hidden.
  const auto shown = std::ranges::find_if(root.showings, is_shown);
  if (shown == root.showings.end()) return std::nullopt;
  return ToldMistake{.sentence = sentence_of_showing(*shown),
                     .requirement = shown->finding ? shown->finding->requirement : "",
                     .case_id = shown->played->id};
}

std::string render_mark(const Assignment& assignment, const Mark& mark, const HidesCase& hides) {
  const std::string title = one_line(assignment.title);
  const std::string of_what = title.empty() ? "" : " for " + title;
  if (!mark.total) return fmt::format("not graded{}: {}\n", of_what, one_line(mark.why_not));
  std::string text;
  for (std::size_t at = 0; at < mark.parts.size(); ++at) {
    const PartMark& part = mark.parts[at];
    if (at == 0 || mark.parts[at - 1].role != part.role)
      text += fmt::format("The {}:\n", chat::to_string(part.role));
    text += render_part(part, mark, hides);
  }
  return text + fmt::format("{} of {} points{}\n", mark.total->to_string(),
                            assignment.total().to_string(), of_what);
}

}  // namespace chatspec
