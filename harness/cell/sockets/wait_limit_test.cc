// When a wait is over without proof, by a clock and an observer in memory.

#include "harness/cell/sockets/wait_limit.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// A program that has `share` of a processor, and wants all of it where `wants_more`.
class Program final : public Observer {
 public:
  Program(const Clock& clock, double share, bool wants_more)
      : clock_(clock), begin_(clock.now()), share_(share), wants_more_(wants_more) {}

  void begin(const Awaited&) override {}
  std::chrono::nanoseconds interval() const override { return 1ms; }
  std::optional<QuietFinding> look(std::span<const ConnectionView>) override { return {}; }
  std::optional<bool> has_taken(const ConnectionView&) override { return {}; }
  std::chrono::nanoseconds starved() override {
    return wants_more_ ? part(1 - share_) : std::chrono::nanoseconds{};
  }
  ProcessorTime processor_time() override {
    return {.busiest = 20s + part(share_), .together = 60s + threads * part(share_)};
  }
  std::string obscurity(std::span<const ConnectionView>) override {
    const bool runs = looks_++ % 4 != 3;  // so it is mostly seen between two waits
    return clock_.now() - begin_ < obscure_until && !runs ? "a disk" : "";
  }
  LastSeen last_seen() const override { return {}; }
  std::string state() const override { return {}; }

  std::chrono::nanoseconds obscure_until{};
  int threads = 1;  // that have as much each

 private:
  std::chrono::nanoseconds part(double share) const {
    const auto gone = static_cast<double>((clock_.now() - begin_).count());
    return std::chrono::nanoseconds(static_cast<std::int64_t>(gone * share));
  }

  const Clock& clock_;
  TimePoint begin_;
  double share_;
  bool wants_more_;
  int looks_ = 0;
};

struct Over {
  std::chrono::milliseconds after{};
  QuietGrade grade{};
};

// Checks every 10 ms, and after an hour no more.
Over wait_for(double share, bool wants_more, std::chrono::nanoseconds obscure_until,
              const WaitLimit::Amounts& amounts) {
  FakeClock clock;
  Program program(clock, share, wants_more);
  program.obscure_until = obscure_until;
  WaitLimit limit(program, clock.now(), amounts);
  for (std::chrono::milliseconds after{}; after < 1h; after += 10ms, clock.advance(10ms)) {
    if (const auto grade = limit.check(clock.now(), {})) return {after, *grade};
  }
  return {1h, QuietGrade::kProven};
}

// A hundred of its own processes keep each other from the processors, of which it has two.
TEST(WaitLimit, IsReachedByTheTimeOfAllThreadsTogether) {
  FakeClock clock;
  Program program(clock, .02, true);
  program.threads = 100;
  WaitLimit limit(program, clock.now(), {.patience = 5s, .processor_time = 3s});
  const TimePoint begin = clock.now();
  std::optional<QuietGrade> grade;
  while (!(grade = limit.check(clock.now(), {}))) clock.advance(10ms);
  EXPECT_EQ(grade, QuietGrade::kBusy);
  EXPECT_GE(clock.now() - begin, 15s) << "thirty seconds of two processors";
  EXPECT_LE(clock.now() - begin, 15500ms);
  EXPECT_GE(limit.used(), 29900ms);
}

TEST(WaitLimit, IsReachedByTheProgramsOwnTimeHoweverBusyTheMachineIs) {
  const WaitLimit::Amounts due{.patience = 5s, .processor_time = 3s};
  struct Row {
    std::string_view what;
    double share;
    bool wants_more;
    std::chrono::nanoseconds obscure_until;
    WaitLimit::Amounts amounts;
    QuietGrade grade;
    std::chrono::milliseconds from;
    std::chrono::milliseconds to;
  };
  for (const Row& row : {
           Row{"it sleeps", 0, false, 0s, due, QuietGrade::kDeadline, 5s, 5100ms},
           Row{"it is in a loop", 1, true, 0s, due, QuietGrade::kBusy, 3s, 3200ms},
           Row{"it has a quarter of a processor", .25, true, 0s, due, QuietGrade::kBusy, 12s,
               12300ms},
           Row{"it has work, and rests", .5, false, 0s, due, QuietGrade::kDeadline, 5s, 5100ms},
           Row{"it has no processor", 0, true, 0s, due, QuietGrade::kDeadline, 50s, 50100ms},
           Row{"nothing is due of a loop",
               1,
               true,
               0s,
               {.patience = 5s},
               QuietGrade::kDeadline,
               5s,
               5s},
           Row{"it cannot be told, but for single looks", 0, false, 1h, due, QuietGrade::kUnknown,
               15s, 15100ms},
           Row{"it can be told later", 0, false, 7s, due, QuietGrade::kDeadline, 10s, 10100ms},
           Row{"it cannot be told, but dribbles",
               0,
               false,
               1h,
               {.patience = 5s, .processor_time = 3s, .is_late = true},
               QuietGrade::kDeadline,
               5s,
               5s},
           Row{"all is put off until the end",
               0,
               true,
               1h,
               {.patience = 5s, .processor_time = 3s, .end = FakeClock().now() + 7s},
               QuietGrade::kUnknown,
               7s,
               7s},
           Row{"it began shortly before the end",
               0,
               false,
               0s,
               {.patience = 5s, .processor_time = 3s, .end = FakeClock().now() + 1s},
               QuietGrade::kDeadline,
               1s,
               1s},
           Row{"it need not be told",
               0,
               false,
               1h,
               {.patience = 5s},
               QuietGrade::kDeadline,
               5s,
               5s},
       }) {
    const Over over = wait_for(row.share, row.wants_more, row.obscure_until, row.amounts);
    EXPECT_EQ(over.grade, row.grade) << row.what;
    EXPECT_GE(over.after, row.from) << row.what;
    EXPECT_LE(over.after, row.to) << row.what;
  }
}

}  // namespace
}  // namespace chatspec
