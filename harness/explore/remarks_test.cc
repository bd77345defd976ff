#include "harness/explore/remarks.h"

#include <gmock/gmock.h>

namespace chatspec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> remarks_on(const AskingCounts& counts) {
  std::vector<std::string> remarks;
  remark_on_evidence(counts, remarks);
  return remarks;
}

TEST(Remarks, TellOnWhatTheAnswersRest) {
  AskingCounts counts;
  counts.remarks.silences = 7;
  EXPECT_THAT(remarks_on(counts), IsEmpty());
  counts.remarks.unproven_silences = 2;
  counts.carried_over = 1;
  EXPECT_THAT(remarks_on(counts),
              ElementsAre("2 of 7 silences rest on a deadline, and are not proven",
                          StartsWith("it carries something over")));
}

TEST(Remarks, TellWhatWouldBeQuicker) {
  AskingCounts counts{.conversations = 120, .programs = 100};
  EXPECT_THAT(remarks_on(counts), IsEmpty()) << "a client, or a server that forks";
  counts.could_fork = true;
  EXPECT_THAT(remarks_on(counts), ElementsAre(HasSubstr("with --fork-at-accept")));
  counts.programs = 99;
  EXPECT_THAT(remarks_on(counts), IsEmpty()) << "few";
  counts = {.conversations = 300, .programs = 150, .could_fork = true};
  EXPECT_THAT(remarks_on(counts), IsEmpty()) << "most had one that was kept";
}

TEST(Remarks, FitTheLinesOfATerminal) {
  const std::vector<std::string> remarks{"one of two words", "three"};
  EXPECT_EQ(render_remarks(remarks, 14), "note: one of\n      two\n      words\nnote: three\n");
}

}  // namespace
}  // namespace chatspec
