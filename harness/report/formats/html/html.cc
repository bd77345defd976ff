// The page is written from top to bottom: what was played and how it came out, what is wrong, each
// mistake with the case that shows it best, then tables of all.

#include "harness/report/formats/html/html.h"

#include <fmt/format.h>

#include "harness/report/formats/html/page_cases.h"
#include "harness/report/formats/html/page_frame.h"
#include "harness/report/formats/html/page_overview.h"
#include "harness/report/formats/html/page_problems.h"
#include "harness/report/formats/html/page_tables.h"
#include "harness/report/text/shell_words.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

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
                         chat::count_things(run.machine.processors, "processor"),
                         run.machine.memory_bytes >> 20U));
  html.close();
}

}  // namespace

void write_html(std::span<const ResultSuite> suites, ReportText& out,
                const std::function<void(HtmlWriter&)>& write_preface) {
  const std::vector<PagePart> parts = make_page_parts(suites);
  write_page(out, page_title(parts), PageScript::kOfReport, [&](HtmlWriter& html) {
    html.element("a", "To what is wrong", {{"class", "skip"}, {"href", "#problems"}});
    write_overview(html, parts);
    html.open("main");
    if (write_preface) write_preface(html);
    write_problems(html, parts);
    write_requirements(html, parts);
    write_comparison(html, parts);
    write_table_of_cases(html, parts);
    write_cases(html, parts);
    html.open("section", {{"id", "facts"}, {"aria-labelledby", "facts-title"}});
    html.element("h2", "About the run", {{"id", "facts-title"}});
    for (const PagePart& part : parts) write_facts(html, *part.suite);
    html.close();
    html.close();
  });
}

void write_html(std::span<const ResultSuite> suites, ReportText& out) {
  write_html(suites, out, {});
}

}  // namespace chatspec
