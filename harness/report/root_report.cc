#include "harness/report/root_report.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/case_report.h"
#include "harness/report/text/paragraph.h"
#include "harness/report/text/shell_words.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::string_view kWithoutLog =
    "In full: add -v. As files: add --log LOG, then chatspec reproduce LOG CASE";
constexpr std::size_t kMostCases = 4;  // cases of a root, beside the one that is shown
constexpr std::size_t kMostAlike = 2;  // of what else is likely of a root

// "a/b[1]" and "a/b[2]" as "a/b[1, 2]".
std::string join_names(std::span<const std::string> names) {
  std::string text;
  std::string_view scenario;  // to which the row before belongs; empty where it was none
  for (const std::string& name : names) {
    const std::string_view begin = std::string_view(name).substr(0, name.find('[') + 1);
    const bool is_further_row = !begin.empty() && begin == scenario;
    if (is_further_row) text.pop_back();
    text += text.empty() ? "" : ", ";
    text += is_further_row ? std::string_view(name).substr(begin.size()) : std::string_view(name);
    scenario = begin;
  }
  return text;
}

std::string name_others(const Root& root) {
  std::vector<std::string> names;
  for (const Showing& showing : root.showings) names.push_back(showing.played->id);
  names.erase(names.begin());
  const std::size_t more = names.size() - std::min(names.size(), kMostCases);
  names.resize(names.size() - more);
  std::string text = join_names(names);
  if (more > 0)
    text += fmt::format(", and {} ({} in all)", chat::count_things(more, "more case"),
                        chat::count_things(root.scenarios, "scenario"));
  return text;
}

// What of the others may look like another mistake.
std::string name_likenesses(const Root& root) {
  std::string text;
  for (const auto& [sentence, played] : root.likenesses | std::views::take(kMostAlike))
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", played->id, sentence);
  if (root.likenesses.size() > kMostAlike) text += "\nand others (-v shows each)";
  return text;
}

std::string describe_kept_back(std::size_t cases) {
  return fmt::format("{} not played because of it", chat::count_things(cases, "more case"));
}

void add_root(Out out, const RunRecord& run, const Root& root, const Style& style,
              std::string_view log, std::string_view tried_above) {
  const Showing& clearest = root.showings.front();
  fmt::format_to(out, "{}",
                 render_finding(run, *clearest.played, told_of(root), style, log, tried_above));
  if (root.showings.size() > 1)
    fmt::format_to(out, "{}", with_label("also in", name_others(root), style.columns()));
  fmt::format_to(out, "{}", with_label("alike", name_likenesses(root), style.columns()));
  fmt::format_to(out, "\n");
}

std::string describe_weight(const Root& root) {
  std::string text = chat::count_things(root.showings.size(), "case");
  if (root.kind == Root::Kind::kDeviation) text += ", a recommendation only";
  if (root.kind == Root::Kind::kTrouble) text += ", and not the program's doing";
  if (root.kept_back > 0) text += "; " + describe_kept_back(root.kept_back);
  return text;
}

// The one that most others hang on stands first already.
bool is_first_to_mend(const std::vector<Root>& roots, std::size_t index) {
  return index == 0 && roots.size() > 1 && roots.front().kind == Root::Kind::kFailure &&
         roots.front().kept_back > 0;
}

void add_list(Out out, const std::vector<Root>& roots, const Style& style) {
  if (roots.size() < 2) return;
  fmt::format_to(out, "{}\n", style.paint(Emphasis::kStrong, "What is wrong, in short:"));
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const std::string weight = fmt::format("{}{}", describe_weight(roots[i]),
                                           is_first_to_mend(roots, i) ? ": mend this first" : "");
    const std::string head = fmt::format("{:>3} {:<9} ", i + 1, requirement_of(roots[i]));
    const std::string text = fmt::format("{}\n{}", sentence_of(roots[i]), weight);
    fmt::format_to(out, "{}", hang(head, text, style.columns()));
  }
  fmt::format_to(out, "\n");
}

}  // namespace

std::string render_roots(const RunRecord& run, std::span<const CaseRecord* const> cases,
                         const Style& style, std::string_view log) {
  const std::vector<Root> roots = find_roots(cases);
  std::string text;
  Out out = std::back_inserter(text);
  std::string_view tried_above;
  for (const Root& root : roots) {
    add_root(out, run, root, style, log, tried_above);
    const CaseRecord& shown = *root.showings.front().played;
    if (tried_above.empty() && plays_again(run, shown, style, log)) tried_above = shown.id;
  }
  add_list(out, roots, style);
  return text;
}

std::string render_advice(std::span<const CaseRecord* const> cases, const Style& style,
                          std::string_view log) {
  const std::vector<Root> roots = find_roots(cases);
  if (roots.empty()) return {};
  std::string text;
  Out out = std::back_inserter(text);
  const auto add_lines = [&](std::string_view words) {
    fmt::format_to(out, "{}", hang("", words, style.columns()));
  };
  const Showing& first = roots.front().showings.front();
  if (roots.size() > 1 && roots.front().kind != Root::Kind::kTrouble)
    add_lines(fmt::format("Begin with {}.", first.played->id));
  if (log.empty()) {
    add_lines(kWithoutLog);
    return text;
  }
  const std::string name = quote_words(std::array{std::string(log == "-" ? kSomeLog : log)});
  fmt::format_to(out, "In full: chatspec report -v {0}; as a page: --html FILE\n", name);
  return text;
}

std::string render_list_of_roots(std::span<const CaseRecord* const> cases, const Style& style) {
  std::string text;
  add_list(std::back_inserter(text), find_roots(cases), style);
  return text;
}

}  // namespace chatspec
