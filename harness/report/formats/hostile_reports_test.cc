// Whatever a program, a scenario or a command line puts into a log: every format holds it, and no
// reader is led astray.

#include <gtest/gtest.h>

#include "harness/report/formats/tests/check_reports.h"
#include "harness/report/formats/tests/hostile_records.h"

namespace chatspec {
namespace {

TEST(HostileReports, AreReadAsTheyWereMeantWhateverEveryFieldHolds) {
  std::vector<Record> all;
  std::string everything;
  for (const std::string_view text : kHostileTexts) {
    const std::vector<Record> run = hostile_run(text);
    for (int i = 0; i < 2; ++i) all.insert(all.end(), run.begin(), run.end());  // to be compared
    everything += text;
  }
  check_reports(all);
  check_reports(hostile_run(everything));
}

TEST(HostileReports, AreReadAsTheyWereMeantOfNothingAtAll) {
  check_reports(hostile_run(""));
  check_reports({RunRecord{}, CaseRecord{}, BuildRecord{}, EndRecord{}});
  check_reports({CaseRecord{.verdict = Verdict::kFail}});
  check_reports({CaseRecord{.verdict = Verdict::kDeviates}});
  check_reports({CaseRecord{.verdict = Verdict::kFail, .failure = FindingRecord{}}});
}

}  // namespace
}  // namespace chatspec
