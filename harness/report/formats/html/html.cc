// The page is written from top to bottom: what was played and how it came out, what is wrong, each
// mistake with the case that shows it best, then tables of all. Everything that a log says passes
// HtmlWriter, which escapes it; style and script are our own, and a policy in the page lets nothing
// else be applied or run.

#include "harness/report/formats/html/html.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/formats/html/assets.h"
#include "harness/report/formats/html/html_case.h"
#include "harness/report/formats/html/html_writer.h"
#include "harness/report/formats/problems.h"
#include "harness/report/shell_words.h"
#include "reference/profile.h"
#include "reference/requirements.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

// How a status looks, and its word.
struct Look {
  Status status;
  std::string_view kind;  // of the style
  std::string_view word;
};
constexpr std::array kLooks{
    Look{Status::kFailed, "fail", "failed"},        Look{Status::kError, "error", "error"},
    Look{Status::kDeviates, "deviates", "deviate"}, Look{Status::kPassed, "pass", "passed"},
    Look{Status::kSkipped, "skipped", "skipped"},
};

const Look& look_of(Status status) {
  return *std::ranges::find(kLooks, status, &Look::status);
}

// A suite with what is wrong in it, and where its cases stand in the page.
struct Part {
  const ResultSuite* suite;
  std::vector<Problem> problems;
  std::map<std::string, std::vector<std::size_t>> problems_of{};  // by case, counted from 1
  std::size_t first_case = 0;                                     // the number of its first case
  std::size_t first_problem = 0;
};

std::vector<Part> make_parts(std::span<const ResultSuite> suites) {
  std::vector<Part> parts;
  std::size_t cases = 0;
  std::size_t problems = 0;
  for (const ResultSuite& suite : suites) {
    Part part{.suite = &suite,
              .problems = list_problems(suite),
              .first_case = cases,
              .first_problem = problems};
    for (std::size_t i = 0; i < part.problems.size(); ++i) {
      for (const std::string& name : part.problems[i].cases)
        part.problems_of[name].push_back(problems + i + 1);
    }
    cases += suite.results.size();
    problems += part.problems.size();
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string case_anchor(const Part& part, std::size_t index) {
  return fmt::format("case-{}", part.first_case + index + 1);
}

std::string problem_anchor(const Part& part, std::size_t index) {
  return fmt::format("problem-{}", part.first_problem + index + 1);
}

std::string hash_for_policy(std::string_view text) {
  chat::Profile in_base64 = *chat::find_profile("line");
  in_base64.signature_coding = chat::SignatureCoding::kBase64;
  return fmt::format("'sha256-{}'", chat::hash_of(in_base64, text));
}

std::string policy() {
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
      hash_for_policy(kPageStyle), hash_for_policy(kPageScript));
}

std::size_t count_with(const std::vector<Part>& parts, Status status) {
  std::size_t count = 0;
  for (const Part& part : parts) {
    count += static_cast<std::size_t>(std::ranges::count_if(
        part.problems, [&](const Problem& problem) { return problem.status == status; }));
  }
  return count;
}

std::string count_things(std::size_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string headline(const std::vector<Part>& parts) {
  const std::size_t wrong = count_with(parts, Status::kFailed);
  const std::size_t troubles = count_with(parts, Status::kError);
  const std::size_t deviations = count_with(parts, Status::kDeviates);
  std::string text = wrong == 0 ? "Nothing fails" : count_things(wrong, "mistake") + " to mend";
  if (troubles > 0)
    text += fmt::format(", and {} that {} not the program's", count_things(troubles, "trouble"),
                        troubles == 1 ? "is" : "are");
  if (deviations > 0)
    text += fmt::format("; {} not met", count_things(deviations, "recommendation"));
  return text;
}

std::string title_of(const std::vector<Part>& parts) {
  return parts.size() == 1 ? "chatspec: " + parts.front().suite->name
                           : fmt::format("chatspec: {}", count_things(parts.size(), "run"));
}

void write_head(HtmlWriter& html, const std::vector<Part>& parts) {
  html.open("head");
  html.empty_element("meta", {{"charset", "utf-8"}});
  html.empty_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy()}});
  html.empty_element("meta",
                     {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", title_of(parts));
  html.open("style");
  html.trusted(kPageStyle);
  html.close();
  html.close();
}

std::string filter_address(std::string_view name, std::string_view value) {
  return fmt::format("#?{}={}", name, value);
}

// The share of each status as a bar.
void draw_bar(HtmlWriter& html, const ResultSuite& suite) {
  const std::size_t all = suite.results.size();
  html.open("svg", {{"class", "bar"},
                    {"viewBox", fmt::format("0 0 {} 1", all)},
                    {"preserveAspectRatio", "none"},
                    {"aria-hidden", "true"}});
  std::size_t at = 0;
  for (const Look& look : kLooks) {
    const std::size_t count = count_results(suite, look.status);
    if (count > 0) {
      html.element("rect", "",
                   {{"class", look.kind},
                    {"x", std::to_string(at)},
                    {"width", std::to_string(count)},
                    {"height", "1"}});
    }
    at += count;
  }
  html.close();
}

void write_card(HtmlWriter& html, const ResultSuite& suite) {
  const RunRecord& run = suite.run;
  html.open("section", {{"class", "card"}});
  html.element("h2", suite.name);
  html.element("p", fmt::format("{}, profile {}, {}, seed {}", chat::to_string(run.role),
                                run.profile.name, run.isolation, run.seed));
  draw_bar(html, suite);
  html.open("ul", {{"class", "counts"}});
  for (const Look& look : kLooks) {
    const std::size_t count = count_results(suite, look.status);
    if (count == 0) continue;
    html.open("li");
    html.element("a", fmt::format("{} {}", count, look.word),
                 {{"class", fmt::format("badge {}", look.kind)},
                  {"href", filter_address("verdict", look.kind)}});
    html.close();
  }
  html.close();
  html.close();
}

void write_badge(HtmlWriter& html, Status status, std::string_view text) {
  html.element("span", text, {{"class", fmt::format("badge {}", look_of(status).kind)}});
}

const Result* find_result(const ResultSuite& suite, std::string_view name) {
  const auto found = std::ranges::find(suite.results, name, &Result::name);
  return found == suite.results.end() ? nullptr : &*found;
}

std::string anchor_of(const Part& part, const Result& result) {
  return case_anchor(part, static_cast<std::size_t>(&result - part.suite->results.data()));
}

// Of which finding a problem tells, in the case that shows it best.
const FindingRecord* finding_of(const Problem& problem, const CaseRecord& played) {
  if (played.failure && played.failure->code == problem.code) return &*played.failure;
  const auto found = std::ranges::find(played.deviations, problem.code, &FindingRecord::code);
  return found == played.deviations.end() ? nullptr : &*found;
}

void write_others(HtmlWriter& html, const Part& part, const Problem& problem) {
  if (problem.cases.size() < 2) return;
  html.element("h3", "Also in");
  html.open("ul", {{"class", "others"}});
  for (std::size_t i = 1; i < problem.cases.size(); ++i) {
    html.open("li");
    const Result* other = find_result(*part.suite, problem.cases[i]);
    if (other) {
      html.element("a", problem.cases[i], {{"href", "#" + anchor_of(part, *other)}});
    } else {
      html.text(problem.cases[i]);
    }
    html.close();
  }
  html.close();
}

void write_problem(HtmlWriter& html, const Part& part, std::size_t index) {
  constexpr std::size_t kOpened = 3;  // so that a page of many can be overlooked
  const Problem& problem = part.problems[index];
  const std::string anchor = problem_anchor(part, index);
  html.open("details",
            {{"class", "problem"}, {"id", anchor}, {index < kOpened ? "open" : "data-closed", ""}});
  html.open("summary");
  html.text(fmt::format("{}. {}", index + 1, problem.sentence));
  write_badge(html, problem.status,
              problem.code.empty() ? look_of(problem.status).word : problem.code);
  html.element("span", describe_weight(problem), {{"class", "weight"}});
  html.close();
  html.open("div", {{"class", "inside"}});
  const Result* shown =
      problem.cases.empty() ? nullptr : find_result(*part.suite, problem.cases.front());
  if (shown && shown->played && html.size() < kMostBytesOfCases) {
    html.open("p");
    html.text("Clearest in ");
    html.element("a", shown->name, {{"href", "#" + anchor_of(part, *shown)}});
    html.text(": " + shown->played->title);
    html.close();
    write_case(html, part.suite->run, *shown->played, finding_of(problem, *shown->played));
  } else if (!problem.explanation.empty()) {
    html.element("pre", problem.explanation);
  }
  write_others(html, part, problem);
  html.close();
  html.close();
}

void write_problems(HtmlWriter& html, const std::vector<Part>& parts) {
  html.open("section", {{"id", "problems"}, {"aria-labelledby", "problems-title"}});
  html.element("h2", "What is wrong", {{"id", "problems-title"}});
  bool is_any = false;
  for (const Part& part : parts) {
    if (part.problems.empty()) continue;
    is_any = true;
    if (parts.size() > 1) html.element("h3", part.suite->name);
    for (std::size_t i = 0; i < part.problems.size(); ++i) write_problem(html, part, i);
  }
  if (!is_any) html.element("p", "Nothing: every case that was played has passed.");
  html.close();
}

// What each requirement came to: of its cases, how many had which status.
using Counts = std::array<std::size_t, kLooks.size()>;

void write_requirements(HtmlWriter& html, const Part& part) {
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

void write_matrices(HtmlWriter& html, const std::vector<Part>& parts) {
  html.open("section", {{"id", "requirements"}, {"aria-labelledby", "requirements-title"}});
  html.element("h2", "Requirement by requirement", {{"id", "requirements-title"}});
  for (const Part& part : parts) {
    html.open("details");
    html.element("summary", part.suite->name);
    html.open("div", {{"class", "inside scroll"}});
    write_requirements(html, part);
    html.close();
    html.close();
  }
  html.close();
}

// Where the runs differ: a row for each case that not all of them passed.
void write_comparison(HtmlWriter& html, const std::vector<Part>& parts) {
  if (parts.size() < 2) return;
  std::map<std::string, std::vector<const Result*>> rows;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const Result& result : parts[i].suite->results)
      rows.try_emplace(result.name, parts.size()).first->second[i] = &result;
  }
  std::erase_if(rows, [](const auto& row) {
    return std::ranges::all_of(
        row.second, [](const Result* one) { return one && one->status == Status::kPassed; });
  });
  html.open("section", {{"id", "comparison"}, {"aria-labelledby", "comparison-title"}});
  html.element("h2", "Implementation by implementation", {{"id", "comparison-title"}});
  html.open("div", {{"class", "scroll"}});
  html.open("table");
  html.open("thead");
  html.open("tr");
  html.element("th", "Case", {{"scope", "col"}});
  for (const Part& part : parts) html.element("th", part.suite->name, {{"scope", "col"}});
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

// What a case can be filtered by. The name is that of the attribute, too: "data-NAME".
struct Filter {
  std::string_view name;
  std::string_view label;
  std::vector<std::string> (*values)(const Part& part, const Result& result);
};

std::vector<std::string> one_value(std::string value) {
  if (value.empty()) return {};
  std::ranges::replace(value, ' ', '_');  // values stand with blanks between them
  return {std::move(value)};
}

const std::array kFilters{
    Filter{"verdict", "Verdict",
           [](const Part&, const Result& result) {
             return one_value(std::string(look_of(result.status).kind));
           }},
    Filter{"code", "Failure",
           [](const Part&, const Result& result) { return one_value(result.code); }},
    Filter{"problem", "Mistake",
           [](const Part& part, const Result& result) {
             std::vector<std::string> values;
             const auto found = part.problems_of.find(result.name);
             if (found == part.problems_of.end()) return values;
             for (const std::size_t number : found->second)
               values.push_back(std::to_string(number));
             return values;
           }},
    Filter{"chapter", "Chapter",
           [](const Part&, const Result& result) { return one_value(result.chapter); }},
    Filter{"requirement", "Requirement",
           [](const Part&, const Result& result) {
             return result.played ? result.played->requirements : std::vector<std::string>();
           }},
    Filter{"level", "Level",
           [](const Part&, const Result& result) {
             return one_value(result.played ? result.played->level : "");
           }},
    Filter{"tag", "Tag",
           [](const Part&, const Result& result) {
             return result.played ? result.played->tags : std::vector<std::string>();
           }},
    Filter{"run", "Run",
           [](const Part& part, const Result&) { return one_value(part.suite->name); }},
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

void write_filters(HtmlWriter& html, const std::vector<Part>& parts) {
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
    for (const Part& part : parts) {
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

void write_row(HtmlWriter& html, const Part& part, const Result& result, bool names_run) {
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
    html.open("a", {{"href", "#" + anchor_of(part, result)}});
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

void write_table(HtmlWriter& html, const std::vector<Part>& parts) {
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
  for (const Part& part : parts) {
    for (const Result& result : part.suite->results)
      write_row(html, part, result, parts.size() > 1);
  }
  html.close();
  html.close();
  html.close();
}

// Each case that did not pass, as much as there is room for.
void write_details(HtmlWriter& html, const std::vector<Part>& parts) {
  html.open("section", {{"id", "details"}, {"aria-labelledby", "details-title"}});
  html.element("h2", "Case by case", {{"id", "details-title"}});
  std::size_t left_out = 0;
  for (const Part& part : parts) {
    for (const Result& result : part.suite->results) {
      if (result.message.empty()) continue;
      html.open("details", {{"id", anchor_of(part, result)}});
      html.open("summary");
      write_badge(html, result.status, result.verdict);
      html.element("code", " " + result.name);
      if (result.played) html.text(" " + result.played->title);
      html.close();
      html.open("div", {{"class", "inside"}});
      const bool is_told = result.played && result.status != Status::kSkipped;
      const bool has_room = html.size() < kMostBytesOfCases;
      if (is_told && has_room) {
        write_case(html, part.suite->run, *result.played, nullptr);
      } else {
        html.element("p", result.message);
        left_out += is_told;
      }
      html.close();
      html.close();
    }
  }
  if (left_out > 0) {
    html.element("p",
                 fmt::format("Of {} only the reason stands here, so that the page stays small; "
                             "`chatspec report -v LOG` has all of them in full.",
                             count_things(left_out, "case")));
  }
  html.close();
}

void write_fact(HtmlWriter& html, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  html.element("dt", name);
  html.element("dd", value);
}

void write_facts(HtmlWriter& html, const ResultSuite& suite) {
  const RunRecord& run = suite.run;
  std::vector<std::string> words;
  for (const LoggedBytes& word : run.argv) words.push_back(word.begin);
  html.element("h3", suite.name);
  html.open("dl", {{"class", "finding"}});
  write_fact(html, "command", show_words(words));
  write_fact(html, "address", run.address);
  write_fact(html, "started", run.start);
  write_fact(html, "took", fmt::format("{:.2f} s", static_cast<double>(suite.duration_us) / 1e6));
  write_fact(html, "delivery", run.delivery);
  write_fact(html, "isolation", run.isolation);
  write_fact(html, "note", run.isolation_note);
  write_fact(html, "seed", std::to_string(run.seed));
  write_fact(html, "jobs", std::to_string(run.jobs));
  write_fact(html, "suite", run.suite);
  write_fact(html, "chatspec", run.tool.version + " " + run.tool.commit);
  write_fact(html, "machine",
             fmt::format("{}, {}, {} MiB", run.machine.kernel,
                         count_things(run.machine.processors, "processor"),
                         run.machine.memory_bytes >> 20U));
  html.close();
}

}  // namespace

std::string to_html(std::span<const ResultSuite> suites) {
  const std::vector<Part> parts = make_parts(suites);
  HtmlWriter html;
  html.trusted("<!DOCTYPE html>\n");
  html.open("html", {{"lang", "en"}});
  write_head(html, parts);
  html.open("body");
  html.element("a", "To what is wrong", {{"class", "skip"}, {"href", "#problems"}});
  html.open("header");
  html.element("p", "chatspec", {{"class", "eyebrow"}});
  html.element("h1", headline(parts));
  html.open("div", {{"class", "cards"}});
  for (const Part& part : parts) write_card(html, *part.suite);
  html.close();
  html.close();
  html.open("main");
  write_problems(html, parts);
  write_matrices(html, parts);
  write_comparison(html, parts);
  write_table(html, parts);
  write_details(html, parts);
  html.open("section", {{"id", "facts"}, {"aria-labelledby", "facts-title"}});
  html.element("h2", "About the run", {{"id", "facts-title"}});
  for (const Part& part : parts) write_facts(html, *part.suite);
  html.close();
  html.close();
  html.open("script");
  html.trusted(kPageScript);
  html.close();
  html.close();
  html.close();
  return html.finish();
}

}  // namespace chatspec
