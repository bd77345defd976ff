#include "harness/explore/growth/growing_input.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const GrowingInput& input_named(std::string_view name) {
  return *std::ranges::find(growing_inputs(), name, &GrowingInput::name);
}

TEST(GrowingInput, IsOfTheSizeThatIsAskedFor) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(input_named("one-line").make(3), (Texts{"xxx"}));
  EXPECT_EQ(input_named("lines").make(3), (Texts{"x\nx\nx"}));
  EXPECT_EQ(input_named("empty-lines").make(3), (Texts{"\n\n"}));
  EXPECT_EQ(input_named("backslashes").make(3), (Texts{"\\\\\\"}));
  EXPECT_EQ(input_named("dots").make(3), (Texts{"..."}));
  EXPECT_EQ(input_named("messages").make(3), (Texts{"message", "message", "message"}));
}

TEST(GrowingInput, HasANameOfItsOwnAndSizesOfWhichEachIsTwiceTheOneBefore) {
  std::set<std::string_view> names;
  for (const GrowingInput& input : growing_inputs()) {
    EXPECT_TRUE(names.insert(input.name).second) << input.name;
    std::size_t size = input.least;
    while (size < input.most) size *= 2;
    EXPECT_EQ(size, input.most) << input.name;
  }
}

}  // namespace
}  // namespace chatspec
