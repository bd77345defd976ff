#include "harness/grade/class_page.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "harness/grade/class_matrix.h"
#include "harness/report/formats/html/page_frame.h"
#include "reference/text/counted_things.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::int64_t kTenths = 10;

// A mistake with those who make it.
struct CommonMistake {
  const ScoredMistake* told = nullptr;
  std::vector<const Score*> made_by{};
};

// Those that most make first.
std::vector<CommonMistake> find_common_mistakes(std::span<const Score> scores) {
  std::map<std::pair<Role, std::string_view>, CommonMistake> by_root;
  for (const Score& score : scores) {
    for (const ScoredMistake& mistake : score.mistakes) {
      CommonMistake& common = by_root[{mistake.role, mistake.root}];
      if (!common.told) common.told = &mistake;
      common.made_by.push_back(&score);
    }
  }
  std::vector<CommonMistake> all;
  for (auto& [root, common] : by_root) all.push_back(std::move(common));
  std::ranges::stable_sort(all, std::greater<>(),
                           [](const CommonMistake& one) { return one.made_by.size(); });
  return all;
}

void write_link(HtmlWriter& html, const Score& score) {
  html.element("a", score.student, {{"href", fmt::format("students/{}.html", score.id)}});
}

void write_heads(HtmlWriter& html, std::span<const std::pair<std::string, bool>> heads) {
  html.open("thead");
  html.open("tr");
  for (const auto& [title, is_number] : heads) {
    if (is_number) {
      html.element("th", title, {{"scope", "col"}, {"class", "number"}});
    } else {
      html.element("th", title, {{"scope", "col"}});
    }
  }
  html.close();
  html.close();
}

// How many earned how much, in tenths of all points.
void write_histogram(HtmlWriter& html, const Assignment& assignment,
                     std::span<const Score> scores) {
  std::array<std::size_t, kTenths> counts{};
  const std::int64_t whole = std::max<std::int64_t>(assignment.total().hundredths(), 1);
  for (const Score& score : scores) {
    if (!score.total) continue;
    const std::int64_t tenth = score.total->hundredths() * kTenths / whole;
    ++counts[static_cast<std::size_t>(std::clamp<std::int64_t>(tenth, 0, kTenths - 1))];
  }
  const std::size_t most = std::max<std::size_t>(*std::ranges::max_element(counts), 1);
  html.open("section", {{"id", "histogram"}, {"aria-labelledby", "histogram-title"}});
  html.element("h2", "How many earned how much", {{"id", "histogram-title"}});
  html.open("table");
  const std::array heads{std::pair{std::string("Points"), true}, std::pair{std::string(), false},
                         std::pair{std::string("Submissions"), true}};
  write_heads(html, heads);
  html.open("tbody");
  for (std::size_t i = counts.size(); i-- > 0;) {
    const Points from = assignment.total().share(static_cast<std::int64_t>(i), kTenths);
    const Points to = assignment.total().share(static_cast<std::int64_t>(i) + 1, kTenths);
    html.open("tr");
    html.element("th", fmt::format("{} to {}", from.to_string(), to.to_string()),
                 {{"scope", "row"}, {"class", "number"}});
    html.open("td");
    html.open("svg", {{"class", "bar"},
                      {"viewBox", fmt::format("0 0 {} 1", most)},
                      {"preserveAspectRatio", "none"},
                      {"aria-hidden", "true"}});
    html.element("rect", "",
                 {{"class", "pass"}, {"width", std::to_string(counts[i])}, {"height", "1"}});
    html.close();
    html.close();
    html.element("td", std::to_string(counts[i]), {{"class", "number"}});
    html.close();
  }
  html.close();
  html.close();
  html.close();
}

void write_common(HtmlWriter& html, std::span<const Score> scores) {
  const std::vector<CommonMistake> all = find_common_mistakes(scores);
  html.open("section", {{"id", "mistakes"}, {"aria-labelledby", "mistakes-title"}});
  html.element("h2", "The commonest mistakes", {{"id", "mistakes-title"}});
  if (all.empty()) html.element("p", "No mistake costs anybody anything.");
  for (const CommonMistake& mistake : all) {
    html.open("details");
    html.open("summary");
    html.text(fmt::format("{}: {} ", chat::to_string(mistake.told->role), mistake.told->sentence));
    html.element(
        "span",
        fmt::format("{}{}",
                    mistake.told->requirement.empty() ? "" : mistake.told->requirement + ", ",
                    chat::count_things(mistake.made_by.size(), "submission")),
        {{"class", "weight"}});
    html.close();
    html.open("div", {{"class", "inside"}});
    html.open("ul", {{"class", "others"}});
    for (const Score* score : mistake.made_by) {
      html.open("li");
      write_link(html, *score);
      html.close();
    }
    html.close();
    html.close();
    html.close();
  }
  html.close();
}

// Whose sources look as if they were written to the suite.
void write_traces(HtmlWriter& html, std::span<const Score> scores) {
  if (std::ranges::all_of(scores, [](const Score& score) { return score.traces.empty(); })) return;
  html.open("section", {{"id", "traces"}, {"aria-labelledby", "traces-title"}});
  html.element("h2", "What knows the suite", {{"id", "traces-title"}});
  html.element("p",
               "These files hold something that is played in every run alike, or the name of "
               "chatspec. There may be a good reason for it: no mark depends on it. Look.");
  html.open("ul", {{"class", "others"}});
  for (const Score& score : scores) {
    for (const SourceTrace& trace : score.traces) {
      html.open("li");
      write_link(html, score);
      html.text(
          fmt::format(": {}, line {}: {}", chat::quote_start(trace.path), trace.line, trace.what));
      html.close();
    }
  }
  html.close();
  html.close();
}

std::string seconds_of(const Score& score) {
  return fmt::format("{:.1f}", std::chrono::duration<double>(score.duration).count());
}

void write_students(HtmlWriter& html, const Assignment& assignment, std::span<const Score> scores) {
  const std::vector<std::string> titles = part_titles(assignment);
  html.open("section", {{"id", "students"}, {"aria-labelledby", "students-title"}});
  html.element("h2", "Submission by submission", {{"id", "students-title"}});
  html.open("div", {{"class", "scroll"}});
  html.open("table");
  std::vector<std::pair<std::string, bool>> heads{{"Submission", false}, {"Points", true}};
  for (const std::string& title : titles) heads.emplace_back(title, true);
  heads.emplace_back("Mistakes", true);
  heads.emplace_back("Seconds", true);
  heads.emplace_back("Note", false);
  write_heads(html, heads);
  html.open("tbody");
  for (const Score& score : scores) {
    html.open("tr");
    html.open("th", {{"scope", "row"}});
    write_link(html, score);
    html.close();
    html.element("td", score.total ? score.total->to_string() : "", {{"class", "number"}});
    for (std::size_t i = 0; i < titles.size(); ++i)
      html.element("td", i < score.parts.size() ? score.parts[i].to_string() : "",
                   {{"class", "number"}});
    html.element("td", score.total ? std::to_string(score.mistakes.size()) : "",
                 {{"class", "number"}});
    html.element("td", score.total ? seconds_of(score) : "", {{"class", "number"}});
    const bool has_note = !score.total || !score.remark.empty();
    has_note ? html.open("td", {{"class", "note"}}) : html.open("td");
    if (!score.total) {
      html.element("span", "not graded", {{"class", "badge error"}});
      html.text(" " + score.why_not);
    }
    if (score.total) html.text(score.remark);
    if (score.flaky > 0)
      html.element("span", fmt::format("{} flaky", score.flaky), {{"class", "badge deviates"}});
    html.close();
    html.close();
  }
  html.close();
  html.close();
  html.close();
  html.close();
}

}  // namespace

std::string render_class_page(const Assignment& assignment, std::span<const Score> scores) {
  const auto graded = static_cast<std::size_t>(
      std::ranges::count_if(scores, [](const Score& score) { return score.total.has_value(); }));
  const std::string title = assignment.title.empty() ? "chatspec: marks" : assignment.title;
  return collect_text([&](ReportText& out) {
    write_page(out, title, PageScript::kNone, [&](HtmlWriter& html) {
      html.open("header");
      html.element("p", "chatspec", {{"class", "eyebrow"}});
      html.element("h1", title);
      html.element("p",
                   fmt::format("{}, {} of them graded, {} points at most",
                               chat::count_things(scores.size(), "submission"), graded,
                               assignment.total().to_string()),
                   {{"class", "lead"}});
      html.close();
      html.open("main");
      write_students(html, assignment, scores);
      write_common(html, scores);
      write_class_matrix(html, scores);
      write_histogram(html, assignment, scores);
      write_traces(html, scores);
      html.close();
    });
  });
}

}  // namespace chatspec
