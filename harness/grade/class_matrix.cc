#include "harness/grade/class_matrix.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "reference/requirements.h"

namespace chatspec {
namespace {

RequirementOutcome outcome_of(const Score& score, const std::string& requirement) {
  const auto found = score.requirements.find(requirement);
  return found == score.requirements.end() ? RequirementOutcome::kUnknown : found->second;
}

std::vector<const chat::Requirement*> find_columns(std::span<const Score> scores) {
  std::vector<const chat::Requirement*> columns;
  for (const chat::Requirement& requirement : chat::requirements()) {
    const auto is_not_met = [&](const Score& score) {
      return outcome_of(score, requirement.id) > RequirementOutcome::kMet;
    };
    if (std::ranges::any_of(scores, is_not_met)) columns.push_back(&requirement);
  }
  return columns;
}

void write_cell(HtmlWriter& html, RequirementOutcome outcome, const std::string& requirement) {
  html.open("td", {{"title", requirement}});
  switch (outcome) {
    case RequirementOutcome::kBroken:
      html.element("span", "✗", {{"class", "badge fail"}});
      break;
    case RequirementOutcome::kDeviates:
      html.element("span", "~", {{"class", "badge deviates"}});
      break;
    case RequirementOutcome::kMet:
      html.text("✓");
      break;
    case RequirementOutcome::kUnknown:
      break;
  }
  html.close();
}

void write_row(HtmlWriter& html, const Score& score,
               std::span<const chat::Requirement* const> columns) {
  html.open("tr");
  html.open("th", {{"scope", "row"}});
  html.element("a", score.student, {{"href", fmt::format("students/{}.html", score.id)}});
  html.close();
  for (const chat::Requirement* requirement : columns)
    write_cell(html, outcome_of(score, requirement->id), requirement->id);
  html.close();
}

}  // namespace

void write_class_matrix(HtmlWriter& html, std::span<const Score> scores) {
  const std::vector<const chat::Requirement*> columns = find_columns(scores);
  html.open("section", {{"id", "requirements"}, {"aria-labelledby", "requirements-title"}});
  html.element("h2", "Who breaks what", {{"id", "requirements-title"}});
  if (columns.empty()) {
    html.element("p", "As far as was seen, nobody breaks a requirement.");
    html.close();
    return;
  }
  html.element("p",
               "✗ is broken, ~ not as it should be, ✓ met wherever it was seen; where nothing "
               "stands it was not seen. What nobody breaks is left out.");
  html.open("div", {{"class", "scroll"}});
  html.open("table");
  html.open("thead");
  html.open("tr");
  html.element("th", "Submission", {{"scope", "col"}});
  for (const chat::Requirement* requirement : columns)
    html.element("th", requirement->id, {{"scope", "col"}, {"title", requirement->text}});
  html.close();
  html.close();
  html.open("tbody");
  for (const Score& score : scores) write_row(html, score, columns);
  html.close();
  html.close();
  html.close();
  html.close();
}

}  // namespace chatspec
