#include "harness/report/skipped_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/judge/judgement.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

class SkippedReport : public ::testing::Test {
 protected:
  void skip(std::size_t count, std::string_view kind, const std::string& because_of = "") {
    for (std::size_t i = 0; i < count; ++i) {
      CaseRecord record{.id = "a/b", .verdict = Verdict::kSkipped};
      record.skipped = SkipRecord{.kind = std::string(kind), .case_id = because_of};
      records_.push_back(record);
    }
  }

  std::string shown(std::size_t columns = kColumns) const {
    std::vector<const CaseRecord*> cases;
    for (const CaseRecord& record : records_) cases.push_back(&record);
    return render_skipped(cases, Style(false, columns));
  }

  std::vector<CaseRecord> records_{};
};

TEST_F(SkippedReport, IsNothingWhereAllWasPlayed) {
  records_.push_back({.id = "a/b"});
  EXPECT_EQ(shown(), "");
}

TEST_F(SkippedReport, CountsTheCasesOfEachReasonTheMostFirst) {
  skip(1, "optional");
  skip(2, "need", "verdict/fail");
  skip(3, "need", "escaping/dot");
  skip(1, "a-new-kind");
  EXPECT_EQ(shown(),
            "Not played: 5 waiting for a case that did not pass, 1 a-new-kind, 1 about what\n"
            "is optional.\n");
}

TEST_F(SkippedReport, KnowsEachKind) {
  for (const auto& kind : kSkipKinds) {
    skip(1, kind.word);
    EXPECT_FALSE(shown().contains(fmt::format(" 1 {}.\n", kind.word))) << kind.word;
  }
  const std::string narrow = shown(kLeastColumns);
  for (std::string_view rest = narrow; !rest.empty();)
    EXPECT_LE(width_of(chat::take_line(rest)), kLeastColumns) << narrow;
}

}  // namespace
}  // namespace chatspec
