#include "harness/runs/play_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

using Ids = std::vector<std::string>;

std::string needing(const std::string& ids) {
  return (ids.empty() ? "" : "needs " + ids + "\n") +
         std::string("covers STATE-1\nC: NONSENSE\nS: <close>\n");
}

Ids order_of(const std::vector<testing_runs::Written>& scenarios) {
  const Suite suite = testing_runs::suite_of(scenarios);
  const std::vector<Case> cases = list_cases(suite);
  Ids ids;
  for (const Case* one : order_by_needs(point_to(cases))) ids.push_back(one->id);
  return ids;
}

TEST(PlayOrder, IsTheSuitesWhereNothingIsNeeded) {
  EXPECT_EQ(order_of({{"a/one", needing("")}, {"b/two", needing("")}, {"a/three", needing("")}}),
            (Ids{"a/one", "b/two", "a/three"}));
}

TEST(PlayOrder, HasNeedsOfNeedsBeforeWhoeverHasThemAndNothingTwice) {
  EXPECT_EQ(order_of({{"a/one", needing("d/four")},
                      {"b/two", needing("")},
                      {"c/three", needing("")},
                      {"d/four", needing("c/three")}}),
            (Ids{"c/three", "d/four", "a/one", "b/two"}));
}

Ids ids_of(const std::vector<const Case*>& cases) {
  Ids ids;
  for (const Case* one : cases) ids.push_back(one->id);
  return ids;
}

TEST(PlayOrder, OfASeedIsTheSameHoweverManyCasesThereAre) {
  const Suite suite = testing_runs::suite_of({{"a/one", needing("")},
                                              {"a/two", needing("")},
                                              {"b/three", needing("")},
                                              {"b/four", needing("")},
                                              {"c/five", needing("")}});
  const std::vector<Case> cases = list_cases(suite);
  const std::vector<const Case*> given = point_to(cases);
  const Ids order = ids_of(shuffle_by_seed(given, 1));
  EXPECT_THAT(order, ::testing::UnorderedElementsAreArray(ids_of(given)));
  EXPECT_EQ(order, ids_of(shuffle_by_seed(given, 1)));
  std::set<Ids> orders;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    orders.insert(ids_of(shuffle_by_seed(given, seed)));
  EXPECT_GT(orders.size(), 10U);
  Ids without_first = order;
  std::erase(without_first, "a/one");
  EXPECT_EQ(ids_of(shuffle_by_seed(std::span(given).subspan(1), 1)), without_first);
}

TEST(PlayOrder, HasThoseFirstThatAreToBeAndChangesNothingElse) {
  const Suite suite = testing_runs::suite_of(
      {{"a/one", needing("")}, {"a/two", needing("")}, {"b/three", needing("")}});
  const std::vector<Case> cases = list_cases(suite);
  EXPECT_EQ(ids_of(put_first(point_to(cases), {"b/three", "a/two", "x/gone"})),
            (Ids{"a/two", "b/three", "a/one"}));
}

TEST(PlayOrder, MindsNoNeedThatIsNotPlayed) {
  EXPECT_EQ(order_of({{"a/one", needing("x/elsewhere")}, {"b/two", needing("a/one")}}),
            (Ids{"a/one", "b/two"}));
}

TEST(PlayOrder, HasEveryRowOfAScenarioThatIsNeeded) {
  const std::string rows =
      "covers STATE-1\ntable\n  | name | u |\n  | x | A |\n  | y | B |\nC: <u>\nS: <close>\n";
  EXPECT_EQ(order_of({{"a/one", needing("b/rows")}, {"b/rows", rows}}),
            (Ids{"b/rows[x]", "b/rows[y]", "a/one"}));
}

}  // namespace
}  // namespace chatspec
