#include "harness/grade/mark_changes_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "harness/report/formats/csv_field.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// More cases of one submission are counted only.
constexpr std::size_t kMostCases = 8;

std::string points_or(const std::optional<Points>& points, std::string_view otherwise) {
  return points ? points->to_string() : std::string(otherwise);
}

// "+3", "-2.5"
std::string signed_points(Points points) {
  return (points > Points() ? "+" : "") + points.to_string();
}

// Lines below a submission's own, of which the further ones stand below the first.
std::string cause_lines(std::string_view text) {
  constexpr std::size_t kIndent = 6;
  std::string lines;
  std::size_t indent = kIndent;
  for (const std::string& line : wrap(as_plain_line(text), kColumns - kIndent - 2)) {
    lines += fmt::format("{:{}}{}\n", "", indent, line);
    indent = kIndent + 2;
  }
  return lines;
}

std::string tell_part(const PartTurn& turn) {
  const auto of = [](const std::optional<Points>& earned, const std::optional<Points>& points) {
    return points ? fmt::format("{}/{}", points_or(earned, "0"), points->to_string())
                  : std::string("not there");
  };
  return fmt::format("{}: {}: {} -> {}", chat::to_string(turn.role), turn.cases,
                     of(turn.earned_before, turn.points_before),
                     of(turn.earned_now, turn.points_now));
}

std::string_view word_of(const MistakeTurn& turn) {
  if (turn.before == Points()) return "a mistake more";
  if (turn.now == Points()) return "a mistake less";
  return turn.now > turn.before ? "a mistake costs more" : "a mistake costs less";
}

std::string tell_mistake_turn(const MistakeTurn& turn) {
  const ScoredMistake& mistake = turn.mistake;
  return fmt::format("{}, {}: {}: {} ({}{})", word_of(turn), signed_points(turn.before - turn.now),
                     chat::to_string(mistake.role), mistake.sentence,
                     mistake.requirement.empty() ? "" : mistake.requirement + "; ",
                     mistake.case_id);
}

std::string tell_case(const CaseTurn& turn) {
  return fmt::format("{}: {}: {} -> {}", chat::to_string(turn.role), turn.id, turn.before,
                     turn.now);
}

std::string tell_cases(const std::vector<CaseTurn>& cases) {
  std::string text;
  for (std::size_t i = 0; i < std::min(cases.size(), kMostCases); ++i)
    text += cause_lines(tell_case(cases[i]));
  if (cases.size() > kMostCases)
    text += cause_lines(
        fmt::format("and {}", chat::count_things(cases.size() - kMostCases, "more case")));
  return text;
}

// Whether what is told of a change says why there is one.
bool is_explained(const MarkChange& change, const MarkChanges& changes) {
  return change.has_other_files || !changes.is_same_setting();
}

std::string tell_change(const MarkChange& change, const MarkChanges& changes) {
  std::string text = fmt::format("  {}{}  {} -> {}", as_plain_line(change.id),
                                 change.student == change.id || change.student.empty()
                                     ? ""
                                     : fmt::format(" ({})", as_plain_line(change.student)),
                                 points_or(change.before, "none"), points_or(change.now, "none"));
  if (change.before && change.now)
    text += fmt::format("  ({})", signed_points(change.difference()));
  text += "\n";
  if (!change.why_not.empty())
    text += cause_lines(
        fmt::format("{}: {}", change.now ? "not graded before" : "not graded", change.why_not));
  if (change.has_other_files) text += cause_lines("other files were handed in");
  for (const PartTurn& turn : change.parts) text += cause_lines(tell_part(turn));
  for (const MistakeTurn& turn : change.mistakes) text += cause_lines(tell_mistake_turn(turn));
  text += tell_cases(change.cases);
  if (change.before && change.now && !is_explained(change, changes))
    text += cause_lines(
        "the same files, scenarios, points and keys: does it not do the same each time? `chatspec "
        "run --repeat 20` shows it");
  return text;
}

std::string tell_setting(const MarkChanges& changes) {
  std::string text;
  for (const std::string& remark : changes.remarks)
    text += fmt::format("note: {}\n", as_plain_line(remark));
  if (changes.settings_before.empty() && changes.settings_now.empty()) return text;
  text += "the assignment says now:\n";
  for (const std::string& setting : changes.settings_before)
    text += fmt::format("  - {}\n", as_plain_line(setting));
  for (const std::string& setting : changes.settings_now)
    text += fmt::format("  + {}\n", as_plain_line(setting));
  return text;
}

std::string list_mistakes(const MarkChange& change, bool are_more) {
  std::vector<std::string> told;
  for (const MistakeTurn& turn : change.mistakes) {
    if ((turn.now > turn.before) == are_more) told.push_back(tell_mistake_turn(turn));
  }
  return fmt::format("{}", fmt::join(told, " | "));
}

std::string list_cases(const MarkChange& change, bool pass_now) {
  std::vector<std::string> told;
  for (const CaseTurn& turn : change.cases) {
    if (turn.passes_now == pass_now) told.push_back(tell_case(turn));
  }
  return fmt::format("{}", fmt::join(told, " | "));
}

using ChangesJson = nlohmann::ordered_json;

ChangesJson plain_list(const std::vector<std::string>& lines) {
  ChangesJson list = ChangesJson::array();
  for (const std::string& line : lines) list.push_back(as_plain_line(line));
  return list;
}

// As numbers, which have at most two digits after the dot.
ChangesJson points_json(const std::optional<Points>& points) {
  return points ? ChangesJson(static_cast<double>(points->hundredths()) / 100) : ChangesJson();
}

ChangesJson change_json(const MarkChange& change) {
  ChangesJson parts = ChangesJson::array();
  for (const PartTurn& turn : change.parts)
    parts.push_back({{"role", chat::to_string(turn.role)},
                     {"cases", as_plain_line(turn.cases)},
                     {"before", points_json(turn.earned_before)},
                     {"of_before", points_json(turn.points_before)},
                     {"now", points_json(turn.earned_now)},
                     {"of_now", points_json(turn.points_now)}});
  ChangesJson mistakes = ChangesJson::array();
  for (const MistakeTurn& turn : change.mistakes)
    mistakes.push_back({{"role", chat::to_string(turn.mistake.role)},
                        {"root", as_plain_line(turn.mistake.root)},
                        {"message", as_plain_line(turn.mistake.sentence)},
                        {"requirement", as_plain_line(turn.mistake.requirement)},
                        {"case", as_plain_line(turn.mistake.case_id)},
                        {"cost_before", points_json(turn.before)},
                        {"cost_now", points_json(turn.now)}});
  ChangesJson cases = ChangesJson::array();
  for (const CaseTurn& turn : change.cases)
    cases.push_back({{"role", chat::to_string(turn.role)},
                     {"case", as_plain_line(turn.id)},
                     {"before", as_plain_line(turn.before)},
                     {"now", as_plain_line(turn.now)}});
  return {{"change", chat::row_of(kMarkTurns, change.turn).word},
          {"id", as_plain_line(change.id)},
          {"student", as_plain_line(change.student)},
          {"before", points_json(change.before)},
          {"now", points_json(change.now)},
          {"why_not", as_plain_line(change.why_not)},
          {"other_files", change.has_other_files},
          {"parts", std::move(parts)},
          {"mistakes", std::move(mistakes)},
          {"cases", std::move(cases)}};
}

}  // namespace

std::string count_mark_changes(const MarkChanges& changes) {
  std::string text;
  for (const MarkTurnWord& word : kMarkTurns) {
    const std::size_t count = changes.count(word.turn);
    if (count > 0) text += fmt::format("{} {}, ", count, word.title);
  }
  text += fmt::format("{} as before", changes.same);
  if (changes.without > 0) text += fmt::format(", {} not graded on either side", changes.without);
  return text;
}

std::string mark_changes_as_text(const MarkChanges& changes) {
  std::string text = tell_setting(changes);
  for (const MarkTurnWord& word : kMarkTurns) {
    if (changes.count(word.turn) == 0) continue;
    text += fmt::format("{}:\n", word.title);
    for (const MarkChange& change : changes.changes) {
      if (change.turn == word.turn) text += tell_change(change, changes);
    }
  }
  return text + count_mark_changes(changes) + "\n";
}

std::string mark_changes_as_csv(const MarkChanges& changes) {
  std::string table = write_csv_line({"id", "student", "change", "before", "now", "other files",
                                      "mistakes that cost more", "mistakes that cost less",
                                      "cases that pass now", "other cases", "note"});
  for (const MarkChange& change : changes.changes)
    table += write_csv_line({change.id, change.student,
                             std::string(chat::row_of(kMarkTurns, change.turn).word),
                             points_or(change.before, ""), points_or(change.now, ""),
                             change.has_other_files ? "yes" : "no", list_mistakes(change, true),
                             list_mistakes(change, false), list_cases(change, true),
                             list_cases(change, false), change.why_not});
  return table;
}

std::string mark_changes_as_json(const MarkChanges& changes) {
  ChangesJson all = ChangesJson::array();
  for (const MarkChange& change : changes.changes) all.push_back(change_json(change));
  const ChangesJson json{{"worse", changes.is_worse()},
                         {"same", changes.same},
                         {"without", changes.without},
                         {"remarks", plain_list(changes.remarks)},
                         {"settings",
                          {{"before", plain_list(changes.settings_before)},
                           {"now", plain_list(changes.settings_now)}}},
                         {"changes", std::move(all)}};
  return json.dump(1) + "\n";
}

}  // namespace chatspec
