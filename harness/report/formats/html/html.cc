// The page is written from top to bottom: what was played and how it came out, what is wrong, each
// mistake with the case that shows it best, then tables of all. Everything that a log says passes
// HtmlWriter, which escapes it; style and script are our own, and a policy in the page lets nothing
// else be applied or run.

#include "harness/report/formats/html/html.h"

#include <fmt/format.h>

#include "harness/report/formats/html/assets.h"
#include "harness/report/formats/html/page_cases.h"
#include "harness/report/formats/html/page_overview.h"
#include "harness/report/formats/html/page_problems.h"
#include "harness/report/formats/html/page_tables.h"
#include "harness/report/shell_words.h"
#include "reference/count_words.h"
#include "reference/profile.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

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

void write_head(HtmlWriter& html, std::span<const PagePart> parts) {
  html.open("head");
  html.empty_element("meta", {{"charset", "utf-8"}});
  html.empty_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy()}});
  html.empty_element("meta",
                     {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", page_title(parts));
  html.open("style");
  html.trusted(kPageStyle);
  html.close();
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
                         chat::count_things(run.machine.processors, "processor"),
                         run.machine.memory_bytes >> 20U));
  html.close();
}

}  // namespace

void write_html(std::span<const ResultSuite> suites, ReportText& out) {
  const std::vector<PagePart> parts = make_page_parts(suites);
  HtmlWriter html(out);
  html.trusted("<!DOCTYPE html>\n");
  html.open("html", {{"lang", "en"}});
  write_head(html, parts);
  html.open("body");
  html.element("a", "To what is wrong", {{"class", "skip"}, {"href", "#problems"}});
  write_overview(html, parts);
  html.open("main");
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
  html.open("script");
  html.trusted(kPageScript);
  html.close();
  html.close();
  html.close();
  html.finish();
}

}  // namespace chatspec
