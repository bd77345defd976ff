#include "harness/report/formats/difference_report.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/formats/bounded_text.h"
#include "harness/report/formats/markdown_text.h"
#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

std::string in_short(const std::optional<ComparedResult>& result) {
  return result ? as_plain_line(to_string(result->outcome)) : "";
}

// "pass -> fail wrong-reply (letter-case)", or what it came to in the one log that has it
std::string describe_change(const CaseChange& change) {
  std::string text = in_short(change.before);
  if (change.before && change.after) text += " -> ";
  text += in_short(change.after);
  return change.is_other_scenario ? text + "; its scenario has changed" : text;
}

// "2 began to fail, 1 mended, 507 as before"
std::string describe_counts(const Difference& difference) {
  std::string text;
  for (const ChangeWord& word : kChanges) {
    const std::size_t count = difference.count(word.change);
    if (count > 0) text += fmt::format("{} {}, ", count, word.title);
  }
  return text + fmt::format("{} as before", difference.same);
}

// Whether names of runs are needed to tell cases apart.
bool has_several_suites(const Difference& difference) {
  return std::ranges::any_of(difference.changes, [&](const CaseChange& change) {
    return change.suite != difference.changes.front().suite;
  });
}

std::string name_of(const CaseChange& change, bool with_suite) {
  return with_suite ? fmt::format("{}: {}", change.suite, change.name) : change.name;
}

std::vector<const CaseChange*> changes_of(const Difference& difference, Change kind) {
  std::vector<const CaseChange*> changes;
  for (const CaseChange& change : difference.changes) {
    if (change.change == kind) changes.push_back(&change);
  }
  return changes;
}

// What a person wants to read of it; what merely is new or gone and good needs no words.
bool has_message(const CaseChange& change) {
  return change.after && !change.after->message.empty() && change.change != Change::kMended;
}

}  // namespace

std::string difference_as_text(const Difference& difference) {
  const bool with_suite = has_several_suites(difference);
  std::string text;
  auto out = std::back_inserter(text);
  for (const std::string& remark : difference.remarks)
    fmt::format_to(out, "note: {}\n", as_plain_line(remark));
  for (const ChangeWord& word : kChanges) {
    const auto changes = changes_of(difference, word.change);
    if (changes.empty()) continue;
    fmt::format_to(out, "{}:\n", word.title);
    for (const CaseChange* change : changes) {
      fmt::format_to(out, "  {}  {}\n", name_of(*change, with_suite), describe_change(*change));
      if (has_message(*change)) fmt::format_to(out, "      {}\n", change->after->message);
    }
  }
  return text + describe_counts(difference) + "\n";
}

std::string difference_as_markdown(const Difference& difference) {
  const bool with_suite = has_several_suites(difference);
  BoundedText text;
  text.add(fmt::format("## chatspec: {}\n\n{}\n\n",
                       difference.is_worse() ? "something got worse" : "nothing got worse",
                       markdown_line(describe_counts(difference))));
  for (const std::string& remark : difference.remarks)
    text.add(fmt::format("Note\\: {}\n\n", markdown_line(remark)));
  for (const ChangeWord& word : kChanges) {
    const auto changes = changes_of(difference, word.change);
    if (changes.empty()) continue;
    text.add(fmt::format("### {}\n\n| case | before | after | |\n|:--|:--|:--|:--|\n", word.title));
    for (const CaseChange* change : changes) {
      std::string message = has_message(*change) ? change->after->message : "";
      if (change->is_other_scenario) message += " (its scenario has changed)";
      text.add(fmt::format("| {} | {} | {} | {} |\n",
                           markdown_table_code(name_of(*change, with_suite)),
                           markdown_line(in_short(change->before)),
                           markdown_line(in_short(change->after)), markdown_line(message)));
    }
    text.add("\n");
  }
  return text.finish();
}

std::string difference_as_json(const Difference& difference) {
  using DifferenceJson = nlohmann::ordered_json;
  const auto plain = [](const std::vector<std::string>& words) {
    DifferenceJson list = DifferenceJson::array();
    for (const std::string& word : words) list.push_back(as_plain_line(word));
    return list;
  };
  const auto side = [&](const std::optional<ComparedResult>& result) {
    if (!result) return DifferenceJson();
    return DifferenceJson{{"verdict", to_string(result->outcome.verdict)},
                          {"skipped", as_plain_line(result->outcome.skipped)},
                          {"codes", plain(result->outcome.codes)},
                          {"causes", plain(result->outcome.causes)},
                          {"message", result->message}};
  };
  DifferenceJson changes = DifferenceJson::array();
  for (const CaseChange& change : difference.changes) {
    changes.push_back({{"change", chat::row_of(kChanges, change.change).word},
                       {"suite", change.suite},
                       {"case", change.name},
                       {"before", side(change.before)},
                       {"after", side(change.after)},
                       {"other_scenario", change.is_other_scenario}});
  }
  const DifferenceJson json{{"worse", difference.is_worse()},
                            {"same", difference.same},
                            {"remarks", plain(difference.remarks)},
                            {"changes", std::move(changes)}};
  return json.dump(1) + "\n";
}

}  // namespace chatspec
