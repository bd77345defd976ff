#include "harness/judge/findings/cause.h"

#include <filesystem>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "harness/judge/findings/verdict.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

bool is_kebab_case(std::string_view id) {
  const bool letters = std::ranges::all_of(
      id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
  return letters && !id.empty() && !id.starts_with('-') && !id.ends_with('-') && !id.contains("--");
}

TEST(Causes, HaveIdsOfTheirOwnInKebabCase) {
  std::set<std::string_view> ids;
  for (const CauseWord& cause : kCauses) {
    EXPECT_TRUE(is_kebab_case(cause.id)) << cause.id;
    EXPECT_TRUE(ids.insert(cause.id).second) << cause.id << " stands there twice";
    EXPECT_FALSE(cause.sentence.empty() || cause.sentence.ends_with('.')) << cause.id;
  }
}

// `chatspec explain` takes either.
TEST(Causes, HaveNoNameOfAFailure) {
  for (const CauseWord& cause : kCauses)
    EXPECT_FALSE(chat::find_word(kFailures, cause.id)) << cause.id;
}

// All that the sources say of those who name causes, but for the list itself and tests.
std::string read_sources() {
  std::string text;
  for (const char* room : {"harness/judge", "harness/runs"}) {
    const std::filesystem::path folder = std::filesystem::path(CHATSPEC_SOURCE_DIR) / room;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string name = entry.path().filename();
      if (!name.ends_with(".cc") || name.ends_with("_test.cc")) continue;
      text += chat::content_of(entry.path());
    }
  }
  return text;
}

// That what is named is in the list, the compiler sees to.
TEST(Causes, AreNamedBySomebody) {
  const std::string sources = read_sources();
  for (const CauseWord& cause : kCauses) {
    const bool has_name = cause.id == kMissingFileCause;
    const std::string named = has_name ? "kMissingFileCause" : "\"" + std::string(cause.id) + "\"";
    EXPECT_TRUE(sources.contains(named)) << cause.id;
  }
  EXPECT_FALSE(sources.contains("\"no-such-cause\""));
}

TEST(Causes, AreToldWithTheirParameters) {
  const Cause cause = make_cause("other-key", {{"key", "2"}, {"due", "1"}});
  EXPECT_EQ(cause.id, "other-key");
  EXPECT_EQ(cause.sentence, "this is the signature of the right text with key 2 instead of key 1");
  EXPECT_EQ(cause.parameters, (CauseParameters{{"key", "2"}, {"due", "1"}}));
}

// Those may come from the program.
TEST(Causes, TakeNothingInAParameterForAnother) {
  EXPECT_EQ(make_cause("reported-fault", {{"what", "{place}"}, {"place", " ({what})"}}).sentence,
            "\"{place}\" ({what})");
}

TEST(Causes, AreNotKnownUnlessNamed) {
  EXPECT_FALSE(Cause{}.is_known());
  EXPECT_TRUE(make_cause("letter-case").is_known());
}

}  // namespace
}  // namespace chatspec
