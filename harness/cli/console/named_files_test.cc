#include "harness/cli/console/named_files.h"

#include <filesystem>
#include <vector>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

using Files = std::vector<NamedFile>;

std::string why_not(const NamedFile& file) {
  const auto can_be = check_can_be_written(Files{file});
  return can_be ? "" : can_be.error();
}

TEST(NamedFiles, CanBeWrittenWhereTheirFolderIsThere) {
  const chat::TestFolder folder;
  folder.write("old", "before");
  EXPECT_EQ(why_not({"--json", folder.at("new")}), "");
  EXPECT_EQ(why_not({"--json", folder.at("old")}), "");
  EXPECT_EQ(why_not({"--json", ""}), "");
  EXPECT_EQ(why_not({"--json", "-"}), "");
  EXPECT_FALSE(std::filesystem::exists(folder.at("new"))) << "it was only looked at";
}

TEST(NamedFiles, ThatCannotBeWrittenAreTold) {
  const chat::TestFolder folder;
  EXPECT_EQ(why_not({"--json", folder.at("")}),
            "--json: " + folder.at("") + ": cannot write it: it is a folder");
  EXPECT_TRUE(why_not({"--html", folder.at("no/page")}).contains("there is no folder "));
}

TEST(NamedFiles, ThatAreToBeFoldersAreNoFiles) {
  const chat::TestFolder folder;
  folder.write("file", "");
  EXPECT_TRUE(check_can_be_folder({"--out", folder.at("new")}));
  EXPECT_TRUE(check_can_be_folder({"--out", folder.at("")}));
  const auto refused = check_can_be_folder({"--out", folder.at("file")});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "--out: " + folder.at("file") + " is there already, and no folder");
}

}  // namespace
}  // namespace chatspec
