#include "harness/grade/intake/entry_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(EntryPath, IsInParts) {
  EXPECT_THAT(parse_entry_path("a/b c/d.py").value(), ElementsAre("a", "b c", "d.py"));
  EXPECT_THAT(parse_entry_path("./a//b/./").value(), ElementsAre("a", "b"));
  EXPECT_THAT(parse_entry_path("a\\b\\c").value(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(parse_entry_path("\xff..").value(), ElementsAre("\xff.."));
  EXPECT_THAT(parse_entry_path("./").value(), IsEmpty());
  EXPECT_THAT(parse_entry_path("").value(), IsEmpty());
}

TEST(EntryPath, StaysInItsFolder) {
  for (const std::string& path :
       {std::string("../a"), std::string("a/../../b"), std::string("a\\..\\b"), std::string("a/.."),
        std::string("/etc/passwd"), std::string("\\a"), std::string("C:a"), std::string("c:\\a"),
        std::string("a\0b", 3), std::string(256, 'a'), std::string(5000, '/')})
    EXPECT_FALSE(parse_entry_path(path)) << path;
  EXPECT_EQ(parse_entry_path("../\x1b[2J").error(),
            "the path \"../\\x1b[2J\" leads out of the archive");
}

}  // namespace
}  // namespace chatspec
