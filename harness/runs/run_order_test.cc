// Two runs of one seed tell the same, whatever the number of workers.

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

using namespace testing_runs;

const std::string kCloses = "covers STATE-1\nC: NONSENSE\nS: <close>\n";
const std::string kAnswers = "covers HELLO-2\nC: HELLO\nS: 260 OK\n";

// The first cell opens when so many others have.
class FirstIsLast : public CellFactory {
 public:
  explicit FirstIsLast(std::size_t others) : waits_for_(others) {}
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role role, std::uint64_t) override {
    std::unique_lock lock(mutex_);
    if (!first_taken_) {
      first_taken_ = true;
      changed_.wait(lock, [&] { return opened_ >= waits_for_; });
    } else {
      ++opened_;
      changed_.notify_all();
    }
    return std::make_unique<FakeCell>(role, std::make_unique<Abrupt>(FakeAction::Kind::kEndStream));
  }
  std::string_view isolation() const override { return "fake"; }

 private:
  std::size_t waits_for_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t opened_ = 0;
  bool first_taken_ = false;
};

TEST(RunOrder, IsTheSameWhoeverEndsFirst) {
  const std::vector<Written> scenarios{{"a/one", kCloses},
                                       {"a/two", "needs d/five\n" + kCloses},
                                       {"b/three", kAnswers},
                                       {"c/four", "needs b/three\n" + kCloses},
                                       {"d/five", kCloses}};
  const std::vector<Told> expected{{"a/one", "pass"},
                                   {"d/five", "pass"},
                                   {"a/two", "pass"},
                                   {"b/three", "fail"},
                                   {"c/four", "skipped"}};
  // The fifth case is not played, and a fourth may need the very one that opens first.
  FirstIsLast cells(2);
  EXPECT_EQ(results_in(cells, scenarios, {.jobs = 4}), expected);
  Cells one_after_another(FakeAction::Kind::kEndStream);
  EXPECT_EQ(results_in(one_after_another, scenarios, {.jobs = 1}), expected);
}

// All workers may have begun a case by then.
TEST(RunOrder, IsTheSameWhereTheProgramIsGivenUp) {
  class NeverListens : public Abrupt {
   public:
    NeverListens() : Abrupt(FakeAction::Kind::kEndStream) {}
    bool listens() override { return false; }
  };
  class Deaf : public CellFactory {
   public:
    std::expected<std::unique_ptr<Cell>, CellFailure> open(Role role, std::uint64_t) override {
      return std::make_unique<FakeCell>(role, std::make_unique<NeverListens>(), QuietGrade::kBusy);
    }
    std::string_view isolation() const override { return "fake"; }
  };
  std::vector<Written> scenarios;
  for (const char name : std::string("abcdefgh")) {
    scenarios.push_back({"x/" + std::string(1, name), kCloses});
  }
  for (const std::size_t jobs : {std::size_t{1}, std::size_t{4}}) {
    Deaf cells;
    const std::vector<Told> told = results_in(cells, scenarios, {.jobs = jobs});
    ASSERT_EQ(told.size(), 8U);
    for (std::size_t i = 0; i < told.size(); ++i)
      EXPECT_EQ(told[i].verdict, i < 2 ? "hang" : "skipped") << told[i];
  }
}

}  // namespace
}  // namespace chatspec
