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

// Of what was answered, the first line of what is told.
std::string summary_of(Fuzzed done) {
  done.counts.conversations = 9;
  done.counts.answered = 9;
  const std::string text = render(done);
  return text.substr(0, text.find('\n'));
}

TEST(FuzzReport, SaysWhatIsKnownOfWhatIsNoFinding) {
  EXPECT_EQ(summary_of({}), "Nothing was found that the protocol does not allow.");
  EXPECT_EQ(summary_of({.accepted = 3}), "Nothing was found but what --accept says.");
  EXPECT_EQ(summary_of({.accepted = 3, .left_out = 2}),
            "Nothing is certain: something was answered otherwise, and the search was over "
            "before it was looked at.");
  EXPECT_EQ(summary_of({.not_shown_again = 1, .left_out = 2}),
            "Nothing is certain: something was answered otherwise, and not seen again.");
  EXPECT_EQ(summary_of({.known_seen = {"a"}}),
            "Nothing new was found; what --out already has came again.");
  EXPECT_EQ(summary_of({.known_seen = {"a"}, .left_out = 2}),
            "What --out already has came again. Nothing new is certain: something was answered "
            "otherwise, and the search was over before it was looked at.");
}

TEST(FuzzReport, SaysWhyNothingWasAnswered) {
  using Why = AskingEnd::Why;
  const auto summary = [](AskingEnd end) {
    Fuzzed done{.end = std::move(end)};
    done.counts.conversations = 1;
    const std::string text = render(done);
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(summary({Why::kTimeOver, "the time was over"}),
            "Nothing is known: it answered nothing before the time was over.");
  EXPECT_EQ(summary({Why::kInterrupted, "it was interrupted"}),
            "Nothing is known: it was interrupted before anything was answered.");
  EXPECT_EQ(summary({Why::kProgram, "it does not listen"}),
            "Nothing is known: nothing was answered: it does not listen.");
}

}  // namespace
}  // namespace chatspec
