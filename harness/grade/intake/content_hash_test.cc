#include "harness/grade/intake/content_hash.h"

#include <filesystem>
#include <set>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

std::string hash_of(const chat::TestFolder& folder) {
  const auto hash = hash_contents(folder.at(""));
  EXPECT_TRUE(hash) << hash.error();
  return hash.value_or("");
}

TEST(ContentHash, IsAnotherForWhateverCounts) {
  const chat::TestFolder folder;
  std::set<std::string> seen;
  const auto expect_new = [&](const char* what) {
    EXPECT_TRUE(seen.insert(hash_of(folder)).second) << what;
  };
  expect_new("nothing");
  folder.write("a", "one");
  expect_new("a file");
  folder.write("a", "two");
  expect_new("its bytes");
  fs::permissions(folder.at("a"), fs::perms::owner_exec, fs::perm_options::add);
  expect_new("that it may be run");
  fs::create_directory(folder.at("b"));
  expect_new("an empty folder");
  fs::rename(folder.at("a"), folder.at("b/a"));
  expect_new("where it lies");
  fs::create_symlink("b/a", folder.at("c"));
  expect_new("a link");
}

TEST(ContentHash, IsTheSameForTheRest) {
  const chat::TestFolder folder;
  folder.write("a", "one");
  const std::string before = hash_of(folder);
  folder.write(".DS_Store", "litter");
  fs::last_write_time(folder.at("a"), fs::file_time_type());
  ASSERT_EQ(mkfifo(folder.at("fifo").c_str(), 0600), 0);
  EXPECT_EQ(hash_of(folder), before);
}

TEST(ContentHash, HasItsBounds) {
  const chat::TestFolder folder;
  folder.write("a", "12345");
  EXPECT_TRUE(hash_contents(folder.at(""), {.bytes = 5}));
  EXPECT_FALSE(hash_contents(folder.at(""), {.bytes = 4}));
  folder.write("b", "");
  EXPECT_FALSE(hash_contents(folder.at(""), {.entries = 1}));
  fs::create_directories(folder.at("d/e"));
  EXPECT_FALSE(hash_contents(folder.at(""), {.depth = 1}));
  EXPECT_FALSE(hash_contents(folder.at("nosuch")));
}

}  // namespace
}  // namespace chatspec
