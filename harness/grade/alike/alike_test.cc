#include "harness/grade/alike/alike.h"

#include <gtest/gtest.h>

#include "harness/grade/alike/alike_report.h"

namespace chatspec {
namespace {

Fingerprint with_mistakes_of(std::string id, const std::vector<std::string>& mistakes) {
  Fingerprint fingerprint{.id = std::move(id)};
  for (const std::string& mistake : mistakes)
    fingerprint.traits[{.id = mistake}] = "it does " + mistake;
  return fingerprint;
}

// Sixteen of which all make one mistake, and the first two three that nobody else makes.
std::vector<Fingerprint> class_with_a_copy() {
  std::vector<Fingerprint> all;
  for (int i = 0; i < 16; ++i)
    all.push_back(with_mistakes_of("s" + std::to_string(i),
                                   {"common", std::string("own ") + static_cast<char>('a' + i)}));
  for (std::size_t i = 0; i < 2; ++i)
    all[i] = with_mistakes_of(all[i].id, {"common", "rare a", "rare b", "rare c"});
  return all;
}

TEST(Alike, FindsWhoShareWhatIsRare) {
  const std::vector<Fingerprint> all = class_with_a_copy();
  const AlikeSearch search(all);
  const std::vector<AlikePair> pairs = search.find_pairs(0);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(all[pairs.front().one].id, "s0");
  EXPECT_EQ(all[pairs.front().other].id, "s1");
  // Two of sixteen: three bits each, less what a copy loses at times.
  EXPECT_NEAR(pairs.front().bits, 3 * 3 - 4 * 0.32, 0.02);
}

TEST(Alike, FindsNobodyWhoSharesWhatIsCommonOnly) {
  const std::vector<Fingerprint> all = class_with_a_copy();
  const AlikeSearch search(all);
  for (const AlikePair& pair : search.find_pairs(-1000)) {
    if (pair.other == 1) continue;
    EXPECT_LT(pair.bits, 0) << pair.one << " " << pair.other;
  }
}

TEST(Alike, AsksMoreBitsOfALargerClass) {
  const std::vector<Fingerprint> few(2);
  const std::vector<Fingerprint> many(100);
  EXPECT_NEAR(AlikeSearch(few).bits_beyond_chance(), 4.32, 0.01);
  EXPECT_NEAR(AlikeSearch(many).bits_beyond_chance(), 16.6, 0.05);
}

TEST(Alike, ComparesNobodyInWhomNothingIsWrong) {
  std::vector<Fingerprint> all(3);
  for (std::size_t i = 0; i < 2; ++i)
    all[i].traits[{.kind = TraitKind::kErrors, .id = "hm"}] = "hm";
  EXPECT_TRUE(AlikeSearch(all).find_pairs(-1000).empty());
}

// One mistake may break several requirements, and is told in the same words.
TEST(Alike, CountsOnceWhatIsToldInTheSameWords) {
  std::vector<Fingerprint> all = class_with_a_copy();
  const double before = AlikeSearch(all).find_pairs(0).front().bits;
  for (std::size_t i = 0; i < 2; ++i) all[i].traits[{.id = "rare a/other"}] = "it does rare a";
  all[0].traits[{.id = "rare a/third"}] = "it does rare a";
  EXPECT_NEAR(AlikeSearch(all).find_pairs(0).front().bits, before, 0.01);
}

// Lines that the same two programs write are one habit, and not as many as there are lines.
TEST(Alike, CountsOnceWhatTheVerySameShow) {
  std::vector<Fingerprint> all = class_with_a_copy();
  const double before = AlikeSearch(all).find_pairs(0).front().bits;
  for (std::size_t i = 0; i < 2; ++i) {
    for (const char* line : {"one", "two", "three"})
      all[i].traits[{.kind = TraitKind::kErrors, .id = line}] = line;
  }
  EXPECT_NEAR(AlikeSearch(all).find_pairs(0).front().bits, before + 3, 0.01);
}

// How few others with the same mistake show it in the same case.
TEST(Alike, CountsACaseAmongThoseWithTheSameMistake) {
  std::vector<Fingerprint> all = class_with_a_copy();
  const double before = AlikeSearch(all).find_pairs(0).front().bits;
  for (Fingerprint& one : all)
    one.traits[{.kind = TraitKind::kCase, .id = "hello/a", .within = "common"}] = "hello/a";
  for (std::size_t i = 0; i < 2; ++i)
    all[i].traits[{.kind = TraitKind::kCase, .id = "hello/b", .within = "rare a"}] = "hello/b";
  EXPECT_NEAR(AlikeSearch(all).find_pairs(0).front().bits, before, 0.01);
}

TEST(Alike, CountsAgainstAPairWhatOnlyOneDoes) {
  std::vector<Fingerprint> all = class_with_a_copy();
  const double before = AlikeSearch(all).find_pairs(0).front().bits;
  all[0].traits[{.id = "more"}] = "it does more";
  EXPECT_LT(AlikeSearch(all).find_pairs(0).front().bits, before - 2);
}

TEST(AlikeReport, SaysThatItIsAHintAndWhyEachPairIsNamed) {
  std::vector<Fingerprint> all = class_with_a_copy();
  all[1].traits[{.id = "more"}] = "it does \x1b[31m more";
  const AlikeSearch search(all);
  const std::string text = alike_as_text(search, all, search.find_pairs(0));
  EXPECT_TRUE(text.starts_with("This is a hint where to look, and no proof")) << text;
  EXPECT_TRUE(text.contains("\ns0 and s1: ")) << text;
  EXPECT_TRUE(text.contains("     2.7  2 of 16  server: mistake: it does rare a\n")) << text;
  EXPECT_TRUE(text.contains("    only s1: it does \\x1b[31m more\n")) << text;
  EXPECT_TRUE(text.contains("    and 1 trait that counts less\n")) << text;
}

TEST(AlikeReport, SaysThatNobodyIs) {
  const std::vector<Fingerprint> all(2);
  const AlikeSearch search(all);
  EXPECT_EQ(alike_as_text(search, all, {}), "no two of 2 submissions behave alike beyond chance\n");
}

TEST(AlikeReport, IsATableForSpreadsheets) {
  std::vector<Fingerprint> all = class_with_a_copy();
  all[0].id = "=s0";
  const AlikeSearch search(all);
  const std::string table = alike_as_csv(search, all, search.find_pairs(0));
  EXPECT_TRUE(table.starts_with("one,other,bits,both,only one,only the other\r\n'=s0,s1,7.7,"))
      << table;
}

}  // namespace
}  // namespace chatspec
