#include "harness/explore/fuzz/minimise.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/explore/fuzz/said_lines.h"

namespace chatspec {
namespace {

using IsShown = std::function<bool(const SaidConversation&)>;

const chat::Profile& minimised_profile() {
  return *chat::find_profile("line");
}

std::string all_bytes(const SaidConversation& said) {
  std::string bytes;
  for (const Said& step : said.steps) bytes += bytes_of(step);
  return bytes;
}

// What a system shows that fails on `is_shown`; counts what it was asked.
SaidConversation minimised(SaidConversation said, const IsShown& is_shown,
                           std::size_t* asked = nullptr, MinimiseSettings settings = {}) {
  const FindShowing find =
      [&](std::span<const SaidConversation> all) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (asked) ++*asked;
      if (is_shown(all[i])) return i;
    }
    return std::nullopt;
  };
  return minimise(minimised_profile(), std::move(said), find, settings);
}

const SaidConversation kLong{.steps = {{.segments = {"HELLO\n"}},
                                       {.segments = {"DATA\nsome ", "text\na\\.b\nmo", "re\n.\n"}},
                                       {.segments = {"PASS\nDATA\n", "xyz\n.\n"}},
                                       {.segments = {"FAIL\n"}},
                                       {.segments = {"QUIT\n"}, .end = SaidEnd::kHalfClose}},
                             .keys = 20};

TEST(Minimising, LeavesTheLinesThatMatter) {
  const auto shortest = minimised(
      kLong, [](const SaidConversation& said) { return all_bytes(said).contains("\\."); });
  EXPECT_EQ(shortest, (SaidConversation{.steps = {{.segments = {"\\.\n"}}}, .keys = 1}));
}

TEST(Minimising, KeepsTheOrderThatMatters) {
  const auto shortest = minimised(kLong, [](const SaidConversation& said) {
    const std::string bytes = all_bytes(said);
    return bytes.find("DATA\n") < bytes.find("FAIL\n") && bytes.contains("FAIL\n");
  });
  EXPECT_EQ(all_bytes(shortest), "DATA\nFAIL\n");
}

TEST(Minimising, KeepsTheCutThatMatters) {
  const auto shortest = minimised(kLong, [](const SaidConversation& said) {
    for (const Said& step : said.steps) {
      for (std::size_t i = 0; i + 1 < step.segments.size(); ++i) {
        if (!step.segments[i].ends_with('\n')) return true;
      }
    }
    return false;
  });
  ASSERT_EQ(shortest.steps.size(), 1U);
  EXPECT_EQ(shortest.steps[0].segments.size(), 2U);
  EXPECT_LE(size_of(shortest), 6U);
}

TEST(Minimising, LeavesOneCutOfMany) {
  SaidConversation said{.steps = {{}}, .keys = 1};
  for (const char byte : std::string("HELLO\n")) said.steps[0].segments.emplace_back(1, byte);
  const auto shortest = minimised(said, [](const SaidConversation& one) {
    std::size_t end = 0;
    bool is_cut_there = false;
    for (const Said& step : one.steps) {
      for (const std::string& segment : step.segments)
        is_cut_there = is_cut_there || (end += segment.size()) == 3;
    }
    return is_cut_there && all_bytes(one) == "HELLO\n";
  });
  ASSERT_EQ(shortest.steps.size(), 1U);
  EXPECT_EQ(shortest.steps[0].segments, (std::vector<std::string>{"HEL", "LO\n"}));
}

TEST(Minimising, SaysWhatDoesNotMatterInLockStep) {
  const auto shortest = minimised(kLong, [](const SaidConversation& said) {
    return all_bytes(said).starts_with("HELLO\nDATA\n");
  });
  EXPECT_EQ(shortest.steps,
            (std::vector<Said>{{.segments = {"HELLO\n"}}, {.segments = {"DATA\n"}}}));
}

TEST(Minimising, AsksForNoMoreThanItMay) {
  std::size_t asked = 0;
  minimised(kLong, [](const SaidConversation&) { return false; }, &asked, {.most_tries = 20});
  EXPECT_LE(asked, 20U + MinimiseSettings{}.at_a_time);
}

// Of which more shorter ones could be made than any memory holds.
TEST(Minimising, HoldsOnlyAFewOfALongText) {
  const SaidConversation megabyte{
      .steps = {{.segments = {"DATA\n" + std::string(std::size_t{1} << 20, 'x') + "\n.\n"}}},
      .keys = 1};
  std::size_t asked = 0;
  minimised(megabyte, [](const SaidConversation&) { return false; }, &asked, {.most_tries = 50});
  EXPECT_GE(asked, 50U);
}

TEST(Minimising, ShortensWhatIsLong) {
  SaidConversation said{.steps = {{.segments = {"HELLO\n"}}, {.segments = {""}}}, .keys = 20};
  for (int i = 0; i < 20; ++i) said.steps[1].segments[0] += std::string(60'000, 'x') + "\n";
  const auto shortest =
      minimised(said, [](const SaidConversation& one) { return size_of(one) > 100'000; }, nullptr,
                {.most_tries = 100});
  EXPECT_LT(size_of(shortest), 200'000U);
}

TEST(Minimising, LeavesTheMessagesThatMatter) {
  const SaidConversation said{.steps = {{.segments = {"260 OK\n"}}, {.segments = {"270 SIG\n"}}},
                              .messages = {"first", "a\n..\nb", "third"}};
  const auto shortest = minimised(said, [](const SaidConversation& one) {
    return std::ranges::any_of(one.messages, [](const auto& text) { return text.contains('.'); });
  });
  EXPECT_EQ(shortest.messages, std::vector<std::string>{"."});
  EXPECT_TRUE(shortest.steps.empty()) << "a client begins by itself";
}

TEST(Minimising, GivesWhatItWasGivenWhereNothingIsShown) {
  EXPECT_EQ(minimised(kLong, [](const SaidConversation&) { return false; }), kLong);
}

TEST(Minimising, EndsWhereEverythingIsShown) {
  EXPECT_EQ(minimised(kLong, [](const SaidConversation&) { return true; }).steps.size(), 1U);
}

}  // namespace
}  // namespace chatspec
