#include "harness/explore/fuzz_report.h"

#include <gmock/gmock.h>

namespace chatspec {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string render(const Fuzzed& done) {
  return render_fuzzed(chat::Profile{}, done, {}, 10, 200);
}

TEST(FuzzReport, BlamesNoProgramForAnswersThatWereOnlyLate) {
  Fuzzed done;
  done.not_shown_again = 2;
  done.late = 2;
  const std::string late = render(done);
  EXPECT_THAT(late, HasSubstr("2 answers that did not come in time, and came from fresh servers"));
  EXPECT_THAT(late, Not(HasSubstr("not the same every time")));
  done.late = 0;
  const std::string different = render(done);
  EXPECT_THAT(different, HasSubstr("2 differences that fresh servers did not show again: it is not "
                                   "the same every time"));
  EXPECT_THAT(different, Not(HasSubstr("in time")));
}

}  // namespace
}  // namespace chatspec
