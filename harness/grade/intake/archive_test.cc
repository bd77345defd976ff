#include "harness/grade/intake/archive.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "harness/grade/intake/archive_test_support.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

class ArchiveTest : public ::testing::Test {
 protected:
  ArchiveTest() { fs::create_directory(out()); }

  fs::path out() const { return folder_.at("out"); }

  // "" where it was unpacked, else why not.
  std::string unpack(const std::vector<ArchiveEntry>& entries, ArchiveKind kind = ArchiveKind::kTar,
                     const TreeLimits& limits = {}) const {
    write_archive(folder_.at("a"), kind, entries);
    const auto outcome = unpack_archive(folder_.at("a"), out(), limits);
    return outcome ? "" : outcome.error();
  }

  // What came out: each path, sorted, with the bytes of files and the targets of links.
  std::string unpacked() const {
    std::vector<std::string> lines;
    for (const auto& entry : fs::recursive_directory_iterator(out())) {
      const std::string name = entry.path().lexically_relative(out());
      lines.push_back(entry.is_symlink()     ? name + " -> " + fs::read_symlink(entry).string()
                      : entry.is_directory() ? name + "/"
                                             : name + "=" + chat::content_of(entry.path()));
    }
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  chat::TestFolder folder_;
};

// Also where the archive says that they are UTF-8, and our own locale has no such letters.
TEST_F(ArchiveTest, NamesAreInAnyScript) {
  for (const ArchiveKind kind : {ArchiveKind::kZip, ArchiveKind::k7z, ArchiveKind::kTar}) {
    EXPECT_EQ(unpack({{.path = "müller_1_2_Übung 3/server.py", .bytes = "1"},
                      {.path = "李_两.txt", .bytes = "2"}},
                     kind),
              "");
    EXPECT_EQ(unpacked(), "müller_1_2_Übung 3/\nmüller_1_2_Übung 3/server.py=1\n李_两.txt=2\n");
    fs::remove_all(out());
    fs::create_directory(out());
  }
}

TEST_F(ArchiveTest, IsUnpackedWhateverItsKind) {
  for (const ArchiveKind kind :
       {ArchiveKind::kZip, ArchiveKind::k7z, ArchiveKind::kTar, ArchiveKind::kTarGz,
        ArchiveKind::kTarBz2, ArchiveKind::kTarXz, ArchiveKind::kTarZst}) {
    EXPECT_EQ(unpack({{.path = "src", .kind = AE_IFDIR, .rights = 0755},
                      {.path = "src/server.py", .bytes = "print()"},
                      {.path = "deep/er/run", .bytes = "#!", .rights = 0755}},
                     kind),
              "");
    EXPECT_EQ(unpacked(), "deep/\ndeep/er/\ndeep/er/run=#!\nsrc/\nsrc/server.py=print()\n");
    EXPECT_EQ(fs::status(out() / "deep/er/run").permissions() & fs::perms::owner_exec,
              fs::perms::owner_exec);
    EXPECT_EQ(fs::status(out() / "src/server.py").permissions() & fs::perms::owner_exec,
              fs::perms::none);
    struct stat status{};
    ASSERT_EQ(stat((out() / "src/server.py").c_str(), &status), 0);
    EXPECT_EQ(status.st_mtime, 1'000'000'000);
    fs::remove_all(out());
    fs::create_directory(out());
  }
}

TEST_F(ArchiveTest, LeavesOutLitter) {
  EXPECT_EQ(unpack({{.path = "__MACOSX/._a.py", .bytes = "x"},
                    {.path = "a.py", .bytes = "y"},
                    {.path = "b/.DS_Store", .bytes = "z"}}),
            "");
  EXPECT_EQ(unpacked(), "a.py=y\n");
}

TEST_F(ArchiveTest, KeepsLinksWithin) {
  EXPECT_EQ(unpack({{.path = "a/link", .kind = AE_IFLNK, .target = "../b/file"},
                    {.path = "b/file", .bytes = "x"},
                    {.path = "same", .target = "b/file", .is_hard_link = true}}),
            "");
  EXPECT_EQ(unpacked(), "a/\na/link -> ../b/file\nb/\nb/file=x\nsame=x\n");
}

TEST_F(ArchiveTest, HasTheLaterOfTwoFilesOfOneName) {
  EXPECT_EQ(unpack({{.path = "a", .bytes = "first"}, {.path = "a", .bytes = "second"}}), "");
  EXPECT_EQ(unpacked(), "a=second\n");
}

TEST_F(ArchiveTest, IsRefusedWhereItLeadsOut) {
  EXPECT_EQ(unpack({{.path = "../evil", .bytes = "x"}}),
            "the path \"../evil\" leads out of the archive");
  EXPECT_EQ(unpack({{.path = "/evil", .bytes = "x"}}), "the path \"/evil\" begins at the root");
  EXPECT_EQ(unpack({{.path = "a", .kind = AE_IFLNK, .target = "/etc"}}),
            "\"a\" is a link that leads out of it, to \"/etc\"");
  EXPECT_EQ(unpack({{.path = "a/b", .kind = AE_IFLNK, .target = "../../c"}}),
            "\"a/b\" is a link that leads out of it, to \"../../c\"");
  EXPECT_FALSE(fs::exists(folder_.at("evil")));
}

// A link must not become the way by which a later entry leads elsewhere.
TEST_F(ArchiveTest, WritesNothingThroughItsOwnLinks) {
  EXPECT_NE(unpack({{.path = "a", .kind = AE_IFLNK, .target = "b"},
                    {.path = "a/evil", .bytes = "x"},
                    {.path = "b", .kind = AE_IFDIR}}),
            "");
  EXPECT_NE(unpack({{.path = "d/x", .bytes = "y"},
                    {.path = "c", .kind = AE_IFLNK, .target = "d"},
                    {.path = "e", .target = "c/x", .is_hard_link = true}}),
            "");
  EXPECT_NE(unpack({{.path = "f", .target = "nosuch", .is_hard_link = true}}), "");
}

TEST_F(ArchiveTest, IsRefusedWithADevice) {
  EXPECT_EQ(unpack({{.path = "pipe", .kind = AE_IFIFO}}),
            "\"pipe\" is a device, or something like it");
  EXPECT_EQ(unpack({{.path = "null", .kind = AE_IFCHR}}),
            "\"null\" is a device, or something like it");
}

TEST_F(ArchiveTest, IsRefusedWhereItIsTooMuch) {
  EXPECT_EQ(unpack({{.path = "zeros", .bytes = std::string(3U << 20U, '\0')}}, ArchiveKind::kTarGz,
                   {.bytes = 2U << 20U}),
            "it holds more than 2 MiB");
  EXPECT_EQ(
      unpack({{.path = "1"}, {.path = "2"}, {.path = "3"}}, ArchiveKind::kTar, {.entries = 2}),
      "it holds more than 2 entries");
  EXPECT_EQ(unpack({{.path = "1/2/3"}}, ArchiveKind::kTar, {.depth = 2}),
            "its folders lie more than 2 deep");
}

TEST_F(ArchiveTest, IsRefusedEncryptedOrDamaged) {
  write_archive(folder_.at("z"), ArchiveKind::kZip, {{.path = "a", .bytes = "secret"}}, "password");
  EXPECT_EQ(unpack_archive(folder_.at("z"), out()).error(), "it is encrypted");
  folder_.write("junk", "this is no archive at all");
  EXPECT_EQ(unpack_archive(folder_.at("junk"), out()).error(), "Unrecognized archive format");
  write_archive(folder_.at("whole"), ArchiveKind::kTarXz, {{.path = "a", .bytes = "text"}});
  const std::string whole = chat::content_of(folder_.at("whole"));
  folder_.write("cut", whole.substr(0, whole.size() / 2));
  EXPECT_FALSE(unpack_archive(folder_.at("cut"), out()));
}

TEST_F(ArchiveTest, IsAFileOfItsOwn) {
  EXPECT_EQ(unpack_archive(folder_.at("nosuch"), out()).error(),
            "cannot read it: No such file or directory");
  ASSERT_EQ(mkfifo(folder_.at("fifo").c_str(), 0600), 0);
  EXPECT_EQ(unpack_archive(folder_.at("fifo"), out()).error(), "it is no file");
}

TEST(ArchiveNames, EndAsArchivesDo) {
  EXPECT_EQ(strip_archive_suffix("Ex 3.ZIP"), "Ex 3");
  EXPECT_EQ(strip_archive_suffix("a.b.tar.gz"), "a.b");
  EXPECT_EQ(strip_archive_suffix("a.tgz"), "a");
  for (const char* name : {"", ".zip", "zip", "a.gz", "a.rar", "a.zip.txt", "a.tar.lz"})
    EXPECT_FALSE(strip_archive_suffix(name)) << name;
}

}  // namespace
}  // namespace chatspec
