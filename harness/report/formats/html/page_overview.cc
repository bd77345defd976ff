#include "harness/report/formats/html/page_overview.h"

#include <algorithm>

#include <fmt/format.h>

#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

std::size_t count_with(std::span<const PagePart> parts, Status status) {
  std::size_t count = 0;
  for (const PagePart& part : parts) {
    count += static_cast<std::size_t>(std::ranges::count_if(
        part.problems, [&](const Problem& problem) { return problem.status == status; }));
  }
  return count;
}

std::string headline(std::span<const PagePart> parts) {
  const std::size_t wrong = count_with(parts, Status::kFailed);
  const std::size_t troubles = count_with(parts, Status::kError);
  const std::size_t deviations = count_with(parts, Status::kDeviates);
  std::string text =
      wrong == 0 ? "Nothing fails" : chat::count_things(wrong, "mistake") + " to mend";
  if (troubles > 0)
    text += fmt::format(", and {} that {} not the program's",
                        chat::count_things(troubles, "trouble"), troubles == 1 ? "is" : "are");
  if (deviations > 0)
    text += fmt::format("; {} not met", chat::count_things(deviations, "recommendation"));
  return text;
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

}  // namespace

std::string page_title(std::span<const PagePart> parts) {
  return parts.size() == 1 ? "chatspec: " + parts.front().suite->name
                           : fmt::format("chatspec: {}", chat::count_things(parts.size(), "run"));
}

void write_overview(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("header");
  html.element("p", "chatspec", {{"class", "eyebrow"}});
  html.element("h1", headline(parts));
  html.open("div", {{"class", "cards"}});
  for (const PagePart& part : parts) write_card(html, *part.suite);
  html.close();
  html.close();
}

}  // namespace chatspec
