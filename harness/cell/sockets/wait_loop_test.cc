#include "harness/cell/sockets/wait_loop.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// Finds at every look that nothing more can come.
class Sure final : public Observer {
 public:
  void begin(const Awaited&) override {}
  std::chrono::nanoseconds interval() const override { return 0ns; }
  std::optional<QuietFinding> look(std::span<const ConnectionView>) override {
    QuietFinding finding;
    finding.grade = QuietGrade::kProven;
    return finding;
  }
  std::optional<bool> has_taken(const ConnectionView&) override { return {}; }
  std::chrono::nanoseconds starved() override { return {}; }
  ProcessorTime processor_time() override { return {}; }
  std::string obscurity(std::span<const ConnectionView>) override { return {}; }
  LastSeen last_seen() const override { return {}; }
  std::string state() const override { return {}; }
};

class WaitLoopTest : public ::testing::Test {
 protected:
  QuietGrade end_of(const WaitFor& wait) {
    const WaitResult result = loop_.wait_for(wait, [] { return false; });
    EXPECT_EQ(result.how, WaitResult::How::kQuiet);
    return result.finding.grade;
  }

  Interrupt interrupt_;
  SteadyClock clock_;
  WaitLoop loop_{{interrupt_, clock_}, std::make_unique<Sure>(), {.state = [] { return ""; }}};
};

TEST_F(WaitLoopTest, EndsWithTheProofThatNothingMoreCanCome) {
  EXPECT_EQ(end_of({.nothing = "nothing came", .patience = 1h}), QuietGrade::kProven);
}

// A program that waits for us has begun to run, whether or not we know that yet.
TEST_F(WaitLoopTest, IsNotEndedByWhatTheProgramDoesWhereThatIsNotAwaited) {
  EXPECT_EQ(end_of({.nothing = "it has not begun to run", .patience = 20ms, .is_its_doing = false}),
            QuietGrade::kDeadline);
}

// Nothing wakes us for them a second time.
TEST(WaitLoopNews, EndAWaitInTheTurnInWhichTheyAreTaken) {
  Interrupt interrupt;
  const SteadyClock clock;
  bool has_news = false;
  WaitLoop loop({interrupt, clock}, std::make_unique<DeadlineObserver>(),
                {.state = [] { return ""; }, .take_news = [&] { has_news = true; }});
  const WaitFor wait{.nothing = "no news", .patience = 1h, .is_its_doing = false};
  int turns = 0;
  const WaitResult result = loop.wait_for(wait, [&] { return ++turns > 0 && has_news; });
  EXPECT_EQ(result.how, WaitResult::How::kDone);
  EXPECT_EQ(turns, 1);
}

// A clock on which a second passes whenever it is asked.
class HastyClock final : public Clock {
 public:
  TimePoint now() const override { return now_ += 1s; }

 private:
  mutable TimePoint now_{};
};

TEST(WaitLoopWhole, AllWaitsEndByTheTimeThatWasSaid) {
  const Interrupt interrupt;
  const HastyClock clock;
  WaitLoop loop({interrupt, clock, {.whole = 600s}}, std::make_unique<DeadlineObserver>(),
                {.state = [] { return "it runs"; }});
  const FileDescriptor ready(eventfd(1, EFD_CLOEXEC));
  const pollfd turn{.fd = ready.get(), .events = POLLIN, .revents = 0};
  const auto evidence = [&] {
    return loop
        .wait_for({.nothing = "nothing came", .patience = 100s, .others = {&turn, 1}},
                  [] { return false; })
        .finding.evidence;
  };
  loop.end_waits_by(clock.now() + 10s);
  EXPECT_EQ(evidence(), "nothing came until the time was over; it runs");
  loop.end_waits_by(TimePoint::max());
  EXPECT_EQ(evidence(), "nothing came for 100 s; it runs");
}

TEST(WaitLoopWhole, AllWaitsTogetherEndWithThePatienceForTheWhole) {
  const Interrupt interrupt;
  const HastyClock clock;
  WaitLoop loop({interrupt, clock, {.whole = 600s}}, std::make_unique<DeadlineObserver>(),
                {.state = [] { return "it runs"; }});
  // So that no turn takes any time by another clock.
  const FileDescriptor ready(eventfd(1, EFD_CLOEXEC));
  const pollfd turn{.fd = ready.get(), .events = POLLIN, .revents = 0};
  const auto wait = [&](std::optional<TimePoint> until) {
    return loop.wait_for(
        {.nothing = "nothing came", .patience = 500s, .until = until, .others = {&turn, 1}},
        [] { return false; });
  };
  EXPECT_EQ(wait({}).finding.evidence, "nothing came for 500 s; it runs");
  EXPECT_EQ(wait({}).finding.evidence,
            "nothing came until the 600 s were over that a case may take; it runs");
  EXPECT_LT(clock.now().time_since_epoch(), 700s);
  const TimePoint ending = clock.now();
  EXPECT_EQ(wait(ending + 10s).how, WaitResult::How::kQuiet) << "it has its end for itself";
  EXPECT_LT(clock.now() - ending, 30s);
}

TEST_F(WaitLoopTest, EndsWithAnInterrupt) {
  interrupt_.request();
  EXPECT_EQ(loop_.wait_for({.nothing = "", .patience = 1h}, [] { return false; }).how,
            WaitResult::How::kInterrupted);
}

}  // namespace
}  // namespace chatspec
