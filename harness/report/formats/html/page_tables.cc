#include "harness/report/formats/html/page_tables.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reference/requirements.h"

namespace chatspec {
namespace {

// What each requirement came to: of its cases, how many had which status.
using Counts = std::array<std::size_t, kLooks.size()>;

void write_table_of(HtmlWriter& html, const PagePart& part) {
  std::map<std::string, Counts> by_requirement;
  for (const Result& result : part.suite->results) {
    if (!result.played) continue;
    const auto at = static_cast<std::size_t>(&look_of(result.status) - kLooks.data());
    for (const std::string& id : result.played->requirements) ++by_requirement[id][at];
  }
  if (by_requirement.empty()) return;
  html.open("table");
  html.open("thead");
  html.open("tr");
  html.element("th", "Requirement", {{"scope", "col"}});
  for (const Look& look : kLooks)
    html.element("th", look.word, {{"scope", "col"}, {"class", "number"}});
  html.element("th", "It says", {{"scope", "col"}, {"class", "wide"}});
  html.close();
  html.close();
  html.open("tbody");
  for (const auto& [id, counts] : by_requirement) {
    html.open("tr");
    html.open("th", {{"scope", "row"}});
    html.element("a", id, {{"href", filter_address("requirement", id)}});
    html.close();
    for (std::size_t i = 0; i < counts.size(); ++i) {
      html.open("td", {{"class", "number"}});
      if (counts[i] > 0) write_badge(html, kLooks[i].status, std::to_string(counts[i]));
      html.close();
    }
    const chat::Requirement* known = chat::find_requirement(id);
    html.open("td", {{"class", "wide"}});
    if (known) html.marked_text(known->text);
    html.close();
    html.close();
  }
  html.close();
  html.close();
}

}  // namespace

void write_requirements(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("section", {{"id", "requirements"}, {"aria-labelledby", "requirements-title"}});
  html.element("h2", "Requirement by requirement", {{"id", "requirements-title"}});
  for (const PagePart& part : parts) {
    html.open("details");
    html.element("summary", part.suite->name);
    html.open("div", {{"class", "inside scroll"}});
    write_table_of(html, part);
    html.close();
    html.close();
  }
  html.close();
}

void write_comparison(HtmlWriter& html, std::span<const PagePart> parts) {
  if (parts.size() < 2) return;
  std::map<std::string, std::vector<const Result*>> rows;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const Result& result : parts[i].suite->results)
      rows.try_emplace(result.name, parts.size()).first->second[i] = &result;
  }
  // What all passed nobody asks about, and what only one has is compared with nothing.
  std::erase_if(rows, [](const auto& row) {
    const auto passes = [](const Result* one) { return one && one->status == Status::kPassed; };
    const auto lacking = std::ranges::count(row.second, nullptr);
    return lacking + 1 >= std::ssize(row.second) || std::ranges::all_of(row.second, passes);
  });
  if (rows.empty()) return;
  html.open("section", {{"id", "comparison"}, {"aria-labelledby", "comparison-title"}});
  html.element("h2", "Implementation by implementation", {{"id", "comparison-title"}});
  html.open("div", {{"class", "scroll"}});
  html.open("table");
  html.open("thead");
  html.open("tr");
  html.element("th", "Case", {{"scope", "col"}});
  for (const PagePart& part : parts) html.element("th", part.suite->name, {{"scope", "col"}});
  html.close();
  html.close();
  html.open("tbody");
  for (const auto& [name, results] : rows) {
    html.open("tr");
    html.element("th", name, {{"scope", "row"}});
    for (const Result* result : results) {
      html.open("td");
      if (result) write_badge(html, result->status, result->verdict);
      html.close();
    }
    html.close();
  }
  html.close();
  html.close();
  html.close();
  html.close();
}

}  // namespace chatspec
