#include "harness/suite/repository.h"

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

TEST(Repository, IsTheNearestFolderAboveThatHasAGit) {
  const chat::TestFolder folder;
  const fs::path root = fs::canonical(folder.at(""));
  fs::create_directories(root / "course/tests/mine");
  fs::create_directories(root / "course/.git");
  EXPECT_EQ(find_repository(root / "course/tests/mine"), root / "course");
  EXPECT_EQ(find_repository(root / "course"), root / "course");
  folder.write("course/tests/.git", "gitdir: elsewhere\n");
  EXPECT_EQ(find_repository(root / "course/tests/mine"), root / "course/tests");
  EXPECT_EQ(find_repository(root / "nowhere"), fs::path());
}

TEST(Repository, HasOnlyWhatLiesBelowItsRoot) {
  const chat::TestFolder folder;
  const fs::path root = fs::canonical(folder.at(""));
  fs::create_directories(root / "course/tests");
  EXPECT_EQ(path_below(root / "course", root / "course/tests/a.chat"), "tests/a.chat");
  EXPECT_EQ(path_below(root / "course", root / "course/tests/../a.chat"), "a.chat");
  EXPECT_EQ(path_below(root / "course", root / "course-2/a.chat"), "");
  EXPECT_EQ(path_below(root / "course", root / "a.chat"), "");
  EXPECT_EQ(path_below("", root / "a.chat"), "");
  // By where it really lies, whatever link leads there.
  fs::create_directory_symlink(root / "course", root / "link");
  EXPECT_EQ(path_below(root / "course", root / "link/tests/a.chat"), "tests/a.chat");
}

}  // namespace
}  // namespace chatspec
