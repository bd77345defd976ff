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

#include "harness/judge/judgement.h"
#include "harness/report/paragraph.h"
#include "reference/word_table.h"

namespace chatspec {
namespace {

// Why, behind the number of cases.
constexpr std::array kReasons{
    chat::EnumWord{SkipKind::kNeed, "behind a case that did not pass"},
    chat::EnumWord{SkipKind::kGivenUp, "left out since the program was given up"},
    chat::EnumWord{SkipKind::kRemote, "not to be asked of a running server"},
    chat::EnumWord{SkipKind::kOutOfReach, "about what the program cannot reach here"},
    chat::EnumWord{SkipKind::kInterrupted, "left out since the run was interrupted"},
    chat::EnumWord{SkipKind::kOptional, "about what a program need not have"},
    chat::EnumWord{SkipKind::kOutputUnseen, "with more output than is looked at"},
    chat::EnumWord{SkipKind::kServedOne, "about a client after the first"},
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

struct Reason {
  std::size_t cases = 0;
  std::map<std::string, std::size_t> because_of{};  // other cases, each of how many
};

template <typename Map, typename Count>
auto most_first(const Map& map, Count count) {
  std::vector<typename Map::const_pointer> entries;
  for (const auto& entry : map) entries.push_back(&entry);
  std::ranges::stable_sort(entries, std::greater(), count);
  return entries;
}

// ": escaping/dot (72), verdict/fail (1) and 3 others", in so many columns.
std::string name_cases(const Reason& reason, std::size_t columns) {
  constexpr std::size_t kRoomForOthers = sizeof(" and 1000 others") - 1;
  const auto cases = most_first(reason.because_of, [](const auto* entry) { return entry->second; });
  std::string text;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string name =
        fmt::format("{}{} ({})", text.empty() ? ": " : ", ", cases[i]->first, cases[i]->second);
    const std::size_t kept_free = i + 1 < cases.size() ? kRoomForOthers : 0;
    const std::size_t room = columns - std::min(columns, kept_free);
    if (width_of(text) + width_of(name) > room) {
      const std::size_t left = cases.size() - i;
      if (text.empty()) return {};
      return text + fmt::format(" and {} {}", left, left == 1 ? "other" : "others");
    }
    text += name;
  }
  return text;
}

}  // namespace

std::string render_skipped(std::span<const CaseRecord* const> cases, const Style& style) {
  std::map<std::string, Reason> reasons;
  for (const CaseRecord* one : cases) {
    if (!one->skipped) continue;
    Reason& reason = reasons[one->skipped->kind];
    ++reason.cases;
    if (!one->skipped->case_id.empty()) ++reason.because_of[one->skipped->case_id];
  }
  if (reasons.empty()) return {};
  std::string text = style.paint(Emphasis::kStrong, "Not played:") + "\n";
  for (const auto* entry : most_first(reasons, [](const auto* one) { return one->second.cases; })) {
    const std::string line =
        fmt::format("{:>5} {}", entry->second.cases, describe_reason(entry->first));
    const std::size_t room = style.columns() - std::min(style.columns(), width_of(line));
    fmt::format_to(std::back_inserter(text), "{}{}\n", line, name_cases(entry->second, room));
  }
  return text + "\n";
}

}  // namespace chatspec
