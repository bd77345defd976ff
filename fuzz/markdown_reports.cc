// Markdown: cmark-gfm, of which GitHub's parser is made, finds no markup but ours in it, and it is
// no longer than GitHub takes.

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <memory>
#include <set>
#include <string>

#include "fuzz/support/report_cases.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/report/formats/bounded_text.h"
#include "harness/report/formats/difference_report.h"
#include "harness/report/formats/markdown.h"

namespace chatspec::fuzz {
namespace {

// Of HTML, the lines that fold an explanation up, around the name of a case.
void require_our_html(std::string_view html) {
  constexpr std::string_view kBegin = "<details><summary><code>";
  if (html == "</details>\n") return;
  require(html.starts_with(kBegin) && html.ends_with("</summary>\n"), "no HTML of others", html);
  const std::string_view inner = html.substr(kBegin.size());
  const std::size_t end = inner.find("</code>");
  require(end != inner.npos && !inner.substr(0, end).contains('<'), "no HTML of others", html);
  require(inner.substr(end + 7).find('<') == inner.substr(end + 7).find("</summary>"),
          "no HTML of others", html);
}

void require_our_markup(const std::string& markdown) {
  static const std::set<std::string_view> ours{
      "document",   "heading", "text",  "softbreak", "paragraph",    "strong",    "html_block",
      "code_block", "code",    "table", "table_row", "table_header", "table_cell"};
  require(markdown.size() <= kMostMarkdownBytes, "no more than a summary may have");
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
      cmark_parser_new(CMARK_OPT_DEFAULT), &cmark_parser_free);
  for (const char* name : {"table", "autolink", "strikethrough", "tasklist"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
      cmark_parser_finish(parser.get()), &cmark_node_free);
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(document.get()),
                                                                     &cmark_iter_free);
  while (cmark_iter_next(walk.get()) != CMARK_EVENT_DONE) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    const std::string_view kind = cmark_node_get_type_string(node);
    require(ours.contains(kind), kind, markdown);
    if (kind == "html_block") require_our_html(cmark_node_get_literal(node));
  }
}

}  // namespace

void test_one(std::string_view input) {
  cmark_gfm_core_extensions_ensure_registered();
  const ReportCases cases(input);
  require_our_markup(report_of(write_markdown, cases.suites()));
  const ReportCases others("");
  require_our_markup(difference_as_markdown(compare_results(others.suites(), cases.suites())));
}

}  // namespace chatspec::fuzz
