// What an export may replace, and what it leaves as it is.

#include "harness/cli/suite/vector_folder.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using Folder = chat::TestFolder;

VectorFiles files_named(const std::vector<std::string>& names, const std::string& content) {
  VectorFiles files;
  std::string list;
  for (const std::string& name : names) {
    files.contents[name] = content;
    list += (list.empty() ? "" : ",") + ("{\"file\":\"" + name + "\"}");
  }
  files.contents["index.json"] = R"({"format":"chatspec-vectors-1","files":[)" + list + "]}";
  files.contents["vectors.schema.json"] = content;
  return files;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

// What is said, or "" where it is written.
std::string write(const fs::path& folder, const VectorFiles& files) {
  const auto former = find_former_export(folder);
  if (!former) return former.error();
  const auto written = write_vector_folder(folder, *former, files);
  return written ? "" : written.error();
}

TEST(VectorFolder, IsMadeAndReplacedAndHoldsNothingOld) {
  const Folder folder;
  const fs::path target = folder.path() / "some/where";
  EXPECT_EQ(write(target, files_named({"a.json", "b.json"}, "old")), "");
  EXPECT_EQ(write(target, files_named({"b.json", "c.json"}, "new")), "");
  EXPECT_EQ(names_in(target),
            (std::set<std::string>{"b.json", "c.json", "index.json", "vectors.schema.json"}));
  EXPECT_EQ(chat::content_of(target / "b.json"), "new");
}

TEST(VectorFolder, MayBeThereIfItIsEmpty) {
  const Folder folder;
  EXPECT_EQ(write(folder.path(), files_named({"a.json"}, "x")), "");
  EXPECT_EQ(folder.content("a.json"), "x");
}

TEST(VectorFolder, IsLeftAsItIsWhereAnythingInItIsNotOurs) {
  const VectorFiles files = files_named({"a.json", "b.json"}, "new");
  struct Row {
    const char* name;
    const char* content;
  };
  for (const Row& row : {Row{"letter.txt", "dear"}, Row{"a.json", "mine"}, Row{"index.json", "{}"},
                         Row{"index.json", R"({"format":"pages","files":[{"file":"a"}]})"}}) {
    const Folder folder;
    folder.write(row.name, row.content);
    const std::string said = write(folder.path(), files);
    EXPECT_TRUE(said.starts_with(folder.path().string() + ": left as it is, because ")) << said;
    EXPECT_NE(said.find(row.name), std::string::npos) << said;
    EXPECT_EQ(folder.content(row.name), row.content);
    EXPECT_EQ(names_in(folder.path()), std::set<std::string>{row.name});
  }
  const Folder folder;
  ASSERT_EQ(write(folder.path(), files), "");
  folder.write("notes \x1b[31m", "mine");
  const std::string said = write(folder.path(), files_named({"a.json"}, "newer"));
  EXPECT_NE(said.find(R"("notes \x1b[31m" in it is not of an earlier export)"), said.npos) << said;
  EXPECT_EQ(folder.content("a.json"), "new");
  EXPECT_EQ(folder.content("b.json"), "new");
}

TEST(VectorFolder, IsLeftAsItIsWhereAFolderOrLinkBearsTheNameOfAFile) {
  const VectorFiles files = files_named({"a.json"}, "x");
  const Folder folder;
  ASSERT_EQ(write(folder.path(), files), "");
  fs::remove(folder.at("a.json"));
  folder.write("a.json/deep", "mine");
  EXPECT_NE(write(folder.path(), files), "");
  EXPECT_EQ(folder.content("a.json/deep"), "mine");
  fs::remove_all(folder.at("a.json"));
  const std::string elsewhere =
      folder.write("../" + folder.path().filename().string() + ".other", "mine");
  fs::create_symlink(elsewhere, folder.at("a.json"));
  EXPECT_NE(write(folder.path(), files), "");
  EXPECT_EQ(chat::content_of(elsewhere), "mine");
  fs::remove(elsewhere);
}

TEST(VectorFolder, RemovesNothingElsewhereWhateverAnIndexSays) {
  const Folder folder;
  folder.write("other/file", "mine");
  folder.write(
      "vectors/index.json",
      R"({"format":"chatspec-vectors-1","files":[{"file":"../other/file"},{"file":"/"}]})");
  EXPECT_EQ(write(folder.path() / "vectors", files_named({"a.json"}, "x")), "");
  EXPECT_EQ(folder.content("other/file"), "mine");
}

TEST(VectorFolder, IsWrittenAgainAfterAnExportThatWasKilled) {
  const Folder folder;
  ASSERT_EQ(write(folder.path(), files_named({"a.json", "b.json"}, "old")), "");
  // It had put one of its files in place.
  const VectorFiles killed = files_named({"c.json", "d.json"}, "half");
  for (const auto& [name, content] : killed.contents)
    folder.write(".chatspec-vectors-unfinished/" + name, content);
  fs::rename(folder.at(".chatspec-vectors-unfinished/c.json"), folder.at("c.json"));
  EXPECT_EQ(write(folder.path(), files_named({"a.json"}, "new")), "");
  EXPECT_EQ(names_in(folder.path()),
            (std::set<std::string>{"a.json", "index.json", "vectors.schema.json"}));
  EXPECT_EQ(folder.content("a.json"), "new");
}

TEST(VectorFolder, LosesNothingWhereAFileCannotBeWritten) {
  const Folder folder;
  const fs::path target = folder.path() / "vectors";
  ASSERT_EQ(write(target, files_named({"a.json"}, "old")), "");
  VectorFiles files = files_named({"a.json"}, "new");
  files.contents[std::string(300, 'x') + ".json"] = "a name that is too long";
  EXPECT_NE(write(target, files).find("cannot write it"), std::string::npos);
  EXPECT_EQ(chat::content_of(target / "a.json"), "old");
  EXPECT_EQ(names_in(target),
            (std::set<std::string>{"a.json", "index.json", "vectors.schema.json"}));
  EXPECT_NE(write(folder.path() / "fresh", files), "");
  EXPECT_FALSE(fs::exists(folder.path() / "fresh"));
}

TEST(VectorFolder, IsNoFile) {
  const Folder folder;
  const std::string file = folder.write("file", "mine");
  EXPECT_NE(write(file, files_named({"a.json"}, "x")).find("it is no folder"), std::string::npos);
  EXPECT_NE(write(file + "/below", files_named({"a.json"}, "x")), "");
  EXPECT_EQ(folder.content("file"), "mine");
}

}  // namespace
}  // namespace chatspec
