#include "harness/grade/setting_values.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(SettingValues, AreWithinTheirBounds) {
  EXPECT_EQ(parse_duration("604800s"), std::chrono::seconds(604800));
  for (const char* text : {"", "0s", "10", "604801s", "169h", "-1s", "1.5h", "s", "1000000000s"})
    EXPECT_FALSE(parse_duration(text)) << text;
  EXPECT_EQ(parse_memory("16M"), 16U);
  EXPECT_EQ(parse_memory("1024G"), std::uint64_t{1} << 20);
  for (const char* text : {"", "15M", "0G", "1025G", "512", "1K", "1.5G", "-1G", "99999999999G"})
    EXPECT_FALSE(parse_memory(text)) << text;
  EXPECT_EQ(parse_few("0"), 0U);
  for (const char* text : {"", "10", "-1", "x"}) EXPECT_FALSE(parse_few(text)) << text;
  EXPECT_EQ(parse_percent("0%"), 0);
  EXPECT_EQ(parse_percent("100%"), 100);
  for (const char* text : {"", "%", "50", "101%", "-1%", "1.5%"})
    EXPECT_FALSE(parse_percent(text)) << text;
}

TEST(SettingValues, AreTimesThatThereAre) {
  EXPECT_EQ(parse_time("1970-01-02"), std::chrono::sys_days(std::chrono::days(1)));
  EXPECT_EQ(parse_time("1970-01-01 23:59"), std::chrono::sys_seconds(std::chrono::minutes(1439)));
  EXPECT_TRUE(parse_time("2028-02-29"));
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01", "2026-01-01 24:00",
        "2026-01-01 1:00", "2026-01-01T10:00", "2026-01-01 10:60", "x026-01-01"})
    EXPECT_FALSE(parse_time(text)) << text;
}

}  // namespace
}  // namespace chatspec
