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
      ReportFormat{"--html", "A page for a browser: one file, without network", to_html},
      ReportFormat{"--junit", "JUnit's XML, for GitLab and the test reporters of GitHub", to_junit},
      ReportFormat{"--junit-strict", "JUnit's XML as Jenkins wants it", to_strict_junit},
      ReportFormat{"--tap", "TAP 14", to_tap},
      ReportFormat{"--ctrf", "JSON in the Common Test Report Format", to_ctrf},
      ReportFormat{"--markdown", "A summary in Markdown, for GitHub's job summaries and comments",
                   to_markdown},
      ReportFormat{"--csv", "A table with a line for each case, for spreadsheets", to_csv},
      ReportFormat{"--sarif", "SARIF 2.1.0, for code scanning and editors", to_sarif},
      ReportFormat{"--write-known",
                   "What failed as a list of known failures, for --known of the next run",
                   to_known_list},
      ReportFormat{"--github",
                   "Annotations of GitHub Actions, on standard output, behind the report",
                   to_github, ReportTarget::kOutput},
  };
  return kFormats;
}

}  // namespace chatspec
