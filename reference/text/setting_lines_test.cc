#include "reference/text/setting_lines.h"

#include <array>

#include <gtest/gtest.h>

namespace chat {
namespace {

constexpr std::array kSettingNames{SettingName{"title"}, SettingName{"points", true},
                                   SettingName{"animal", true},
                                   SettingName{"legs", false, "animal"}};

TEST(SettingLines, AreReadInTheirOrderAndOncePerSection) {
  const SettingLines read = read_setting_lines(
      "# a comment\ntitle  Zoo  # of ours\n\nanimal cat\n  legs 4\nanimal bird\n  legs \"2\"\n",
      "zoo.txt", kSettingNames);
  EXPECT_EQ(to_string(read.errors), "");
  std::string seen;
  for (const SettingLine& one : read.lines)
    seen += std::string(kSettingNames[one.setting].name) + "=" + one.value + ":" +
            std::to_string(one.line) + " ";
  EXPECT_EQ(seen, "title=Zoo:2 animal=cat:4 legs=4:5 animal=bird:6 legs=2:7 ");
}

TEST(SettingLines, MayHaveAByteOrderMarkBeforeThem) {
  const SettingLines read = read_setting_lines("\xef\xbb\xbftitle Zoo\n", "zoo.txt", kSettingNames);
  EXPECT_EQ(to_string(read.errors), "");
  ASSERT_EQ(read.lines.size(), 1U);
  EXPECT_EQ(read.lines[0].value, "Zoo");
}

TEST(SettingLines, TellEveryMistakeWithItsLine) {
  const SettingLines read = read_setting_lines(
      "legs 4\ntitle A\ntitle B\ntitel C\npoints \" \"\nanimal cat\nlegs 4\nlegs 3\npoints\n",
      "zoo.txt", kSettingNames);
  EXPECT_EQ(to_string(read.errors),
            "zoo.txt:1: legs belongs to an animal: expected `animal NAME` before it\n"
            "zoo.txt:3: title is set twice, first in line 2\n"
            "zoo.txt:4: unknown setting \"titel\"; did you mean \"title\"?\n"
            "zoo.txt:5: points: expected more than blanks\n"
            "zoo.txt:8: legs is set twice, first in line 7\n"
            "zoo.txt:9: points: expected a value after the setting's name");
}

TEST(SettingLines, OfASectionWithoutANameBelongToNone) {
  const SettingLines read = read_setting_lines("animal \"\"\nlegs 4\n", "zoo.txt", kSettingNames);
  EXPECT_TRUE(read.lines.empty());
  EXPECT_EQ(to_string(read.errors),
            "zoo.txt:1: animal: expected more than blanks\n"
            "zoo.txt:2: legs belongs to an animal: expected `animal NAME` before it");
}

}  // namespace
}  // namespace chat
