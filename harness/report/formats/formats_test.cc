// Every format, read back by a reader that is not ours and knows what importers want.

#include "harness/report/formats/formats.h"

#include <set>

#include <gtest/gtest.h>

#include "harness/report/formats/tests/check_reports.h"
#include "harness/report/formats/tests/example_runs.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

TEST(ReportFormats, AreReadAsTheyWereMeant) {
  check_reports(example_run("server.py"));
  check_reports(example_log());
}

TEST(ReportFormats, HaveOptionsOfTheirOwnAndHelp) {
  std::set<std::string_view> options;
  for (const ReportFormat& format : list_report_formats()) {
    EXPECT_TRUE(format.option.starts_with("--"));
    EXPECT_FALSE(format.help.empty() || format.help.ends_with('.'));
    EXPECT_TRUE(options.insert(format.option).second) << format.option;
  }
}

TEST(ReportFormats, AreInTheGuide) {
  const std::string guide = chat::content_of(CHATSPEC_SOURCE_DIR "/docs/guide/reports.md");
  for (const ReportFormat& format : list_report_formats()) {
    const bool has_file = format.target == ReportTarget::kFile;
    const std::string row = "| `" + std::string(format.option) + (has_file ? " FILE` | " : "` | ");
    EXPECT_TRUE(guide.contains(row)) << row;
  }
}

}  // namespace
}  // namespace chatspec
