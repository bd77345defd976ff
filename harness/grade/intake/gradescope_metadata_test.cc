#include "harness/grade/intake/gradescope_metadata.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(GradescopeMetadata, SaysWhoHandedIn) {
  const auto all = parse_gradescope_metadata(
      "---\n"
      "submission_1:\n"
      "  :submitters:\n"
      "  - :name: Jane Doe\n"
      "    :sid: '0012'\n"
      "    :email: jane@school.example\n"
      "  :created_at: 2026-11-03 12:00:00 Z\n"
      "  :score: 0.0\n"
      "submission_2:\n"
      "  :submitters:\n"
      "  - :name: 'Pat O''Poe'\n"
      "    :sid:\n"
      "    :email: pat@school.example\n"
      "  - :name: \"Zo\\\"e\"\n"
      "    :sid: 7\n"
      "submission_3:\n"
      "  :submitters: []\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all.at("submission_1").names, "Jane Doe");
  EXPECT_EQ(all.at("submission_1").key, "0012");
  EXPECT_EQ(all.at("submission_2").names, "Pat O'Poe & Zo\"e");
  EXPECT_EQ(all.at("submission_2").key, "pat@school.example & 7");
}

TEST(GradescopeMetadata, PassesOverWhatItDoesNotUnderstand) {
  for (const char* text : {"", "\n", ":sid: 1\n- :name: x\n",
                           "submission_1:\n  :sid: 1\n  :name: no item\n", "'", "\xff"})
    EXPECT_TRUE(parse_gradescope_metadata(text).empty()) << text;
}

}  // namespace
}  // namespace chatspec
