#include "harness/report/formats/html/page_cases.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/formats/html/html_case.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// What a case can be filtered by. The name is that of the attribute, too: "data-NAME".
struct Filter {
  std::string_view name;
  std::string_view label;
  std::vector<std::string> (*values)(const PagePart& part, const Result& result);
};

std::vector<std::string> one_value(std::string value) {
  if (value.empty()) return {};
  std::ranges::replace(value, ' ', '_');  // values stand with blanks between them
  return {std::move(value)};
}

const std::array kFilters{
    Filter{"verdict", "Verdict",
           [](const PagePart&, const Result& result) {
             return one_value(std::string(look_of(result.status).kind));
           }},
    Filter{"code", "Failure",
           [](const PagePart&, const Result& result) { return one_value(result.code); }},
    Filter{"problem", "Mistake",
           [](const PagePart& part, const Result& result) {
             std::vector<std::string> values;
             const auto found = part.problems_of.find(result.name);
             if (found == part.problems_of.end()) return values;
             for (const std::size_t index : found->second)
               values.push_back(std::to_string(part.first_problem + index + 1));
             return values;
           }},
    Filter{"chapter", "Chapter",
           [](const PagePart&, const Result& result) { return one_value(result.chapter); }},
    Filter{"requirement", "Requirement",
           [](const PagePart&, const Result& result) {
             return result.played ? result.played->requirements : std::vector<std::string>();
           }},
    Filter{"level", "Level",
           [](const PagePart&, const Result& result) {
             return one_value(result.played ? result.played->level : "");
           }},
    Filter{"tag", "Tag",
           [](const PagePart&, const Result& result) {
             return result.played ? result.played->tags : std::vector<std::string>();
           }},
    Filter{"run", "Run",
           [](const PagePart& part, const Result&) { return one_value(part.suite->name); }},
};

// Numbers as numbers, words by the alphabet.
bool comes_before(const std::string& one, const std::string& other) {
  const auto is_number = [](const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (is_number(one) && is_number(other) && one.size() != other.size())
    return one.size() < other.size();
  return one < other;
}

void write_filters(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("form", {{"class", "filters"}, {"id", "filters"}, {"hidden", ""}});
  html.open("label");
  html.text("Search");
  html.empty_element("input", {{"type", "search"},
                               {"name", "search"},
                               {"autocomplete", "off"},
                               {"title", "Press / to come here"}});
  html.close();
  for (const Filter& filter : kFilters) {
    std::set<std::string, decltype(&comes_before)> values(&comes_before);
    for (const PagePart& part : parts) {
      for (const Result& result : part.suite->results) {
        for (std::string& value : filter.values(part, result)) values.insert(std::move(value));
      }
    }
    if (values.size() < 2) continue;
    html.open("label");
    html.text(filter.label);
    html.open("select", {{"name", filter.name}});
    html.element("option", "any", {{"value", ""}});
    for (const std::string& value : values) html.element("option", value, {{"value", value}});
    html.close();
    html.close();
  }
  html.element("button", "Show all", {{"type", "reset"}});
  html.close();
}

void write_row(HtmlWriter& html, const PagePart& part, const Result& result, bool names_run) {
  const auto value_of = [&](std::size_t i) {
    return fmt::format("{}", fmt::join(kFilters[i].values(part, result), " "));
  };
  html.open("tr", {{"data-verdict", value_of(0)},
                   {"data-code", value_of(1)},
                   {"data-problem", value_of(2)},
                   {"data-chapter", value_of(3)},
                   {"data-requirement", value_of(4)},
                   {"data-level", value_of(5)},
                   {"data-tag", value_of(6)},
                   {"data-run", value_of(7)}});
  html.open("td");
  write_badge(html, result.status, result.verdict);
  html.close();
  html.open("td");
  if (result.message.empty()) {
    html.element("code", result.name);
  } else {
    html.open("a", {{"href", "#" + part.case_anchor(result.name)}});
    html.element("code", result.name);
    html.close();
  }
  if (names_run) html.element("span", " " + part.suite->name, {{"class", "weight"}});
  html.close();
  html.element("td", result.played ? result.played->title : result.message);
  html.element("td",
               result.played ? fmt::format("{}", fmt::join(result.played->requirements, ", ")) : "",
               {{"class", "wide"}});
  html.element("td", fmt::format("{:.1f}", static_cast<double>(result.duration_us) / 1000),
               {{"class", "number wide"}});
  html.close();
}

// Which problem tells this case in full already; nothing where none does.
std::optional<std::size_t> find_telling(const PagePart& part, const Result& result) {
  const auto found = part.problems_of.find(result.name);
  if (found == part.problems_of.end()) return std::nullopt;
  const auto tells = [&](std::size_t index) {
    return part.problems[index].played == result.played;
  };
  const auto telling = std::ranges::find_if(found->second, tells);
  return telling == found->second.end() ? std::nullopt : std::optional(*telling);
}

// False where there was no room for it.
bool write_case_or_place(HtmlWriter& html, const PagePart& part, const Result& result) {
  const bool is_told = result.played && result.status != Status::kSkipped;
  const auto telling = is_told ? find_telling(part, result) : std::nullopt;
  if (telling) {
    html.open("p");
    html.text("It stands above, with mistake ");
    html.element("a", std::to_string(*telling + 1),
                 {{"href", "#" + part.problem_anchor(*telling)}});
    html.close();
    return true;
  }
  if (is_told && html.size() < kMostBytesOfCases) {
    write_case(html, part.suite->run, *result.played, nullptr);
    return true;
  }
  html.element("p", result.message);
  return !is_told;
}

}  // namespace

void write_table_of_cases(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("section", {{"id", "cases"}, {"aria-labelledby", "cases-title"}});
  html.element("h2", "All cases", {{"id", "cases-title"}});
  write_filters(html, parts);
  html.open("p", {{"id", "shown"}, {"class", "weight"}, {"aria-live", "polite"}});
  html.close();
  html.open("table");
  html.open("thead");
  html.open("tr");
  for (const std::string_view name : {"Verdict", "Case", "What it tries"})
    html.element("th", name, {{"scope", "col"}});
  html.element("th", "Requirements", {{"scope", "col"}, {"class", "wide"}});
  html.element("th", "ms", {{"scope", "col"}, {"class", "number wide"}});
  html.close();
  html.close();
  html.open("tbody");
  for (const PagePart& part : parts) {
    for (const Result& result : part.suite->results)
      write_row(html, part, result, parts.size() > 1);
  }
  html.close();
  html.close();
  html.close();
}

void write_cases(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("section", {{"id", "details"}, {"aria-labelledby", "details-title"}});
  html.element("h2", "Case by case", {{"id", "details-title"}});
  std::size_t left_out = 0;
  for (const PagePart& part : parts) {
    for (const Result& result : part.suite->results) {
      if (result.message.empty()) continue;
      html.open("details", {{"id", part.case_anchor(result.name)}});
      html.open("summary");
      write_badge(html, result.status, result.verdict);
      html.element("code", " " + result.name);
      if (result.played) html.text(" " + result.played->title);
      html.close();
      html.open("div", {{"class", "inside"}});
      left_out += !write_case_or_place(html, part, result);
      html.close();
      html.close();
    }
  }
  if (left_out > 0) {
    html.element("p",
                 fmt::format("Of {} only the reason stands here, so that the page stays small; "
                             "`chatspec report -v LOG` has all of them in full.",
                             chat::count_things(left_out, "case")));
  }
  html.close();
}

}  // namespace chatspec
