#include "harness/report/formats/formats.h"

#include <array>

#include "harness/report/formats/csv.h"
#include "harness/report/formats/ctrf.h"
#include "harness/report/formats/github.h"
#include "harness/report/formats/html/html.h"
#include "harness/report/formats/junit.h"
#include "harness/report/formats/known_list.h"
#include "harness/report/formats/markdown.h"
#include "harness/report/formats/sarif.h"
#include "harness/report/formats/tap.h"

namespace chatspec {

std::span<const ReportFormat> list_report_formats() {
  static constexpr std::array kFormats{
      ReportFormat{"--html", "A page for a browser: one file, without network", write_html},
      ReportFormat{"--junit", "JUnit's XML, for GitLab and the test reporters of GitHub",
                   write_junit},
      ReportFormat{"--junit-strict", "JUnit's XML as Jenkins wants it", write_strict_junit},
      ReportFormat{"--tap", "TAP 14", write_tap},
      ReportFormat{"--ctrf", "JSON in the Common Test Report Format", write_ctrf},
      ReportFormat{"--markdown", "A summary in Markdown, for GitHub's job summaries and comments",
                   write_markdown},
      ReportFormat{"--csv", "A table with a line for each case, for spreadsheets", write_csv},
      ReportFormat{"--sarif", "SARIF 2.1.0, for code scanning and editors", write_sarif},
      ReportFormat{"--write-known",
                   "What failed as a list of known failures, for --known of the next run",
                   write_known_list},
      ReportFormat{"--write-known-flaky",
                   "What failed at times only, likewise, for --known-flaky of the next run",
                   write_known_flaky_list},
      ReportFormat{"--github",
                   "Annotations of GitHub Actions, on standard output, after the report",
                   write_github, ReportTarget::kOutput},
  };
  return kFormats;
}

std::string report_as_text(const ReportFormat& format, std::span<const ResultSuite> suites) {
  return collect_text([&](ReportText& out) { format.write(suites, out); });
}

}  // namespace chatspec
