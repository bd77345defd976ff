// The check goes from the outside in, and stops where what is further in could not be understood:
// first the names and the directives, which need no order; then each row of the table, made a
// scenario of its own; and last what can only be said of a scenario that is right otherwise, such
// as that nothing uses a column.

#include "harness/scenario/check.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "harness/scenario/check_names.h"
#include "harness/scenario/check_requirements.h"
#include "harness/scenario/check_table.h"
#include "harness/scenario/check_transcript.h"
#include "harness/scenario/check_values.h"
#include "harness/scenario/expand.h"
#include "harness/scenario/item_kind.h"
#include "harness/scenario/report_at.h"
#include "harness/scenario/vocabulary.h"

namespace chatspec {
namespace {

constexpr std::size_t kToldOfRows = 100;  // mistakes; more are not kept anyway

// Which directive a statement is; nothing for a line of the transcript.
struct DirectiveOf {
  using Kind = std::optional<DirectiveKind>;

  Kind operator()(const Title&) const { return DirectiveKind::kScenario; }
  Kind operator()(const Covers&) const { return DirectiveKind::kCovers; }
  Kind operator()(const LevelIs&) const { return DirectiveKind::kLevel; }
  Kind operator()(const Roles&) const { return DirectiveKind::kRole; }
  Kind operator()(const Profiles&) const { return DirectiveKind::kProfile; }
  Kind operator()(const Tags&) const { return DirectiveKind::kTags; }
  Kind operator()(const Needs&) const { return DirectiveKind::kNeeds; }
  Kind operator()(const KeyDefinition&) const { return DirectiveKind::kKey; }
  Kind operator()(const MessageDefinition&) const { return DirectiveKind::kMessage; }
  Kind operator()(const FileSignature&) const { return DirectiveKind::kSignature; }
  Kind operator()(const FileDefinition& file) const { return directive_of(file.file); }
  Kind operator()(const ArgumentDefinition&) const { return DirectiveKind::kArgument; }
  Kind operator()(const Table&) const { return DirectiveKind::kTable; }
  Kind operator()(const TranscriptLine&) const { return std::nullopt; }
};

// `scenario` first, each directive once, the transcript last.
void check_order(const Scenario& scenario, Diagnostics& diagnostics) {
  const Statement* transcript = nullptr;
  std::set<DirectiveKind> seen;
  for (const Statement& statement : scenario.statements) {
    const auto directive = std::visit(DirectiveOf(), statement.content);
    if (!directive) {
      if (!transcript) transcript = &statement;
      continue;
    }
    if (transcript) {
      report_at(diagnostics, LintCode::kMisplacedLine, statement.span,
                "directives come before the transcript",
                fmt::format("the transcript begins at line {}", transcript->span.place.line));
    }
    const bool again = !seen.insert(*directive).second;
    if (again && std::ranges::find(kDirectives, *directive, &DirectiveWord::kind)->once) {
      report_at(diagnostics, LintCode::kDuplicate, statement.span,
                "this directive stands here a second time", "it stands once in a scenario");
    }
  }
  if (scenario.statements.empty() ||
      !std::holds_alternative<Title>(scenario.statements.front().content)) {
    const Span span = scenario.statements.empty() ? Span{} : scenario.statements.front().span;
    report_at(diagnostics, LintCode::kMissingDirective, span, "a scenario begins with its title",
              "scenario TITLE");
  }
}

void check_presence(const Scenario& scenario, Diagnostics& diagnostics) {
  const Span first = scenario.statements.empty() ? Span{} : scenario.statements.front().span;
  if (!scenario.find<Covers>())
    report_at(diagnostics, LintCode::kMissingDirective, first,
              "this scenario covers no requirement", "covers HELLO-1");
  if (!scenario.find<Roles>())
    report_at(diagnostics, LintCode::kMissingDirective, first, "this scenario has no role",
              "role server, client or both");
  if (!scenario.find<TranscriptLine>())
    report_at(diagnostics, LintCode::kMissingDirective, first, "this scenario has no transcript",
              "C: HELLO");
}

// Or whatever it does with what it is sent would pass. That it listens shows where nothing is
// sent.
void check_expectations(const Scenario& scenario, Role side, std::string hint,
                        Diagnostics& diagnostics) {
  const Roles* role = scenario.find<Roles>();
  const auto lines = scenario.all<TranscriptLine>();
  if (!role || lines.empty() || !role->has(side)) return;
  if (std::ranges::find(lines, side, &TranscriptLine::speaker) != lines.end()) return;
  const auto ends = [](const TranscriptLine* line) {
    return is_ending(line->alternatives.front().item.kind);
  };
  if (std::ranges::all_of(lines, ends)) return;
  report_at(diagnostics, LintCode::kNothingExpected, lines.back()->span,
            fmt::format("nothing is expected of the {}", to_string(side)), std::move(hint));
}

// Where a cell does not say what it should, nothing stands in its place yet, so that the rest of
// the row cannot be looked at.
std::optional<Scenario> expand_row(const Scenario& scenario, std::size_t row,
                                   Diagnostics& diagnostics) {
  Diagnostics in_cells;
  Scenario expanded = expand(scenario, row, in_cells);
  for (const Diagnostic& entry : in_cells.entries())
    diagnostics.add(entry.code, entry.place, entry.length, entry.message, entry.hint);
  return in_cells.has_errors() ? std::nullopt : std::optional(std::move(expanded));
}

Diagnostics check_row(const Scenario& expanded) {
  Diagnostics diagnostics;
  check_tags(expanded, diagnostics);
  check_values(expanded, diagnostics);
  check_transcript(expanded, diagnostics);
  return diagnostics;
}

// Every row of the table, or the scenario itself. What is wrong in several rows is told once, of
// the first of them.
void check_rows(const Scenario& scenario, Diagnostics& diagnostics) {
  std::vector<Diagnostic> told;
  for (std::size_t row = 0; row < count_rows(scenario) && told.size() <= kToldOfRows; ++row) {
    const auto expanded = expand_row(scenario, row, diagnostics);
    if (!expanded) continue;
    const std::string name = row_name(scenario, row);
    const Diagnostics in_row = check_row(*expanded);
    for (const Diagnostic& entry : in_row.entries()) {
      if (std::ranges::find(told, entry) != told.end()) continue;
      told.push_back(entry);
      diagnostics.add(
          entry.code, entry.place, entry.length,
          name.empty() ? entry.message : fmt::format("{} (in row {})", entry.message, name),
          entry.hint);
    }
  }
}

}  // namespace

void check_scenario(const Scenario& scenario, Diagnostics& diagnostics) {
  check_names(scenario, diagnostics);
  check_order(scenario, diagnostics);
  check_presence(scenario, diagnostics);
  check_requirements(scenario, diagnostics);
  check_files(scenario, diagnostics);
  check_table(scenario, diagnostics);
  if (!diagnostics.has_errors()) check_rows(scenario, diagnostics);
  if (!diagnostics.has_errors()) check_columns_are_used(scenario, diagnostics);
  if (!diagnostics.has_errors()) {
    check_expectations(scenario, Role::kServer, "S: 260 OK", diagnostics);
    check_expectations(scenario, Role::kClient, "C: HELLO", diagnostics);
  }
  diagnostics.sort();
}

}  // namespace chatspec
