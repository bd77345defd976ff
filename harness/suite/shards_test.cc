#include "harness/suite/shards.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "harness/suite/tests/memory_suite.h"

namespace chatspec {
namespace {

using std::chrono::microseconds;

// Cases without needs, and some that need them, in the order of a run.
class Shards : public ::testing::Test {
 protected:
  Shards() {
    add("a/opening", "");
    add("a/signature", "a/opening");
    for (int i = 0; i < 20; ++i) add("b/plain" + std::to_string(i), "");
    for (int i = 0; i < 5; ++i) add("c/signed" + std::to_string(i), "a/signature");
    cases_ = suite_.cases();
    whole_ = point_to(cases_);
  }

  std::vector<ShardCases> take_all(std::size_t count, const Timings& timings = {}) const {
    std::vector<ShardCases> shards;
    for (std::size_t number = 1; number <= count; ++number)
      shards.push_back(take_shard(whole_, {number, count}, timings));
    return shards;
  }

  std::vector<const Case*> whole_;

 private:
  void add(const std::string& id, const std::string& need) {
    suite_.add(id, "scenario  t\nrole      server\n" +
                       (need.empty() ? "" : "needs  " + need + "\n") +
                       "covers STATE-1\nC: NONSENSE\nS: <close>\n");
  }

  MemorySuite suite_;
  std::vector<Case> cases_;
};

TEST_F(Shards, TellEachCaseOnceWithItsPlaceInTheWhole) {
  for (const std::size_t count : {1U, 2U, 7U, 27U, 40U}) {
    std::set<std::size_t> places;
    for (const ShardCases& shard : take_all(count)) {
      for (const auto& [one, place] : shard.places) {
        EXPECT_EQ(whole_.at(place - 1), one);
        EXPECT_TRUE(places.insert(place).second) << place;
        EXPECT_EQ(std::ranges::count(shard.cases, one), 1);
      }
    }
    EXPECT_EQ(places.size(), whole_.size());
  }
}

TEST_F(Shards, PlayWhatTheirCasesNeedAndNoMore) {
  for (const ShardCases& shard : take_all(9)) {
    std::set<std::string> played;
    bool needs_signature = false;
    for (const Case* one : shard.cases) {
      played.insert(one->id);
      needs_signature = needs_signature || one->id.starts_with("c/");
      const bool is_own = shard.places.contains(one);
      EXPECT_TRUE(is_own || one->id.starts_with("a/")) << one->id;
    }
    if (!needs_signature) continue;
    EXPECT_TRUE(played.contains("a/signature") && played.contains("a/opening"))
        << "also what is needed by what is needed";
    EXPECT_EQ(shard.cases.front()->id, "a/opening") << "in the order of the whole";
  }
}

TEST_F(Shards, AreEqualWhereNoTimesAreKnown) {
  for (const ShardCases& shard : take_all(3)) EXPECT_EQ(shard.places.size(), 9U);
}

TEST_F(Shards, TakeAboutAsLongAsEachOtherWhereTimesAreKnown) {
  Timings timings{{"b/plain3", microseconds(100)},
                  {"b/plain7", microseconds(60)},
                  {"b/plain9", microseconds(40)}};
  for (const Case* one : whole_) timings.emplace(one->id, microseconds(1));
  for (const ShardCases& shard : take_all(2, timings)) {
    microseconds sum{};
    for (const auto& [one, place] : shard.places) sum += timings.at(one->id);
    EXPECT_EQ(sum, microseconds(112));
  }
  timings.erase("c/signed0");
  timings["b/plain1"] = microseconds(2);
  std::size_t own = 0;
  for (const ShardCases& shard : take_all(2, timings)) own += shard.places.size();
  EXPECT_EQ(own, whole_.size()) << "what was not timed is played, too";
}

}  // namespace
}  // namespace chatspec
