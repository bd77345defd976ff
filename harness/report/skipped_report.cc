#include "harness/report/skipped_report.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/judgement.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/word_table.h"

namespace chatspec {
namespace {

// Why, after the number of cases.
constexpr std::array kReasons{
    chat::EnumWord{SkipKind::kNeed, "waiting for a case that did not pass"},
    chat::EnumWord{SkipKind::kGivenUp, "left out since the program was given up"},
    chat::EnumWord{SkipKind::kRemote, "not to be asked of a running server"},
    chat::EnumWord{SkipKind::kOutOfReach, "about what the program cannot reach here"},
    chat::EnumWord{SkipKind::kInterrupted, "left out since the run was interrupted"},
    chat::EnumWord{SkipKind::kOptional, "about what is optional"},
    chat::EnumWord{SkipKind::kOutputUnseen, "with more output than is looked at"},
    chat::EnumWord{SkipKind::kServedOne, "about a second client"},
    chat::EnumWord{SkipKind::kServerGone, "left out since the server had gone"},
    chat::EnumWord{SkipKind::kFailFast, "left out since enough had failed"},
    chat::EnumWord{SkipKind::kTimeLimit, "left out since the time was over"},
};
static_assert(chat::covers_in_order(kReasons, &chat::EnumWord<SkipKind>::value,
                                    SkipKind::kTimeLimit));

// The kind itself where a newer chatspec wrote it.
std::string describe_reason(const std::string& kind) {
  const auto known = parse_skip_kind(kind);
  return known ? std::string(chat::row_of(kReasons, *known).word) : kind;
}

}  // namespace

std::string render_skipped(std::span<const CaseRecord* const> cases, const Style& style) {
  std::map<std::string, std::size_t> counts;
  for (const CaseRecord* one : cases)
    if (one->skipped) ++counts[one->skipped->kind];
  if (counts.empty()) return {};
  std::vector<std::pair<std::string, std::size_t>> reasons(counts.begin(), counts.end());
  std::ranges::stable_sort(reasons, std::greater(), &std::pair<std::string, std::size_t>::second);
  std::string text = "Not played:";
  for (const auto& [kind, count] : reasons) {
    fmt::format_to(std::back_inserter(text), "{} {} {}", text.ends_with(':') ? "" : ",", count,
                   describe_reason(kind));
  }
  return fmt::format("{}\n", fmt::join(wrap(text + ".", style.columns()), "\n"));
}

}  // namespace chatspec
