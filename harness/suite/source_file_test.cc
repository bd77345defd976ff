#include "harness/suite/source_file.h"

#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "harness/suite/suite.h"
#include "harness/suite/tests/scratch_suite.h"

namespace chatspec {
namespace {

// A pipe with something in it, and nobody who writes more.
class FilledPipe {
 public:
  explicit FilledPipe(const std::string& content) {
    EXPECT_EQ(pipe(ends_), 0);
    EXPECT_EQ(write(ends_[1], content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    close(ends_[1]);
  }
  ~FilledPipe() { close(ends_[0]); }
  FilledPipe(const FilledPipe&) = delete;
  FilledPipe& operator=(const FilledPipe&) = delete;

  // As a shell's <(…) names it.
  std::string path() const { return "/proc/self/fd/" + std::to_string(ends_[0]); }

 private:
  int ends_[2]{-1, -1};
};

TEST(SourceFile, IsReadToItsEndWhateverKindOfFileItIs) {
  const ScratchSuite folder;
  folder.write("a.chat", "some\ntext");
  EXPECT_EQ(read_source(folder.at("a.chat")), "some\ntext");
  EXPECT_EQ(read_source(FilledPipe("from a pipe\n").path()), "from a pipe\n");
  EXPECT_EQ(read_source("/dev/null"), "");
}

TEST(SourceFile, SaysWhyItCannotBeRead) {
  EXPECT_EQ(read_source("/no/such").error(), "No such file or directory");
  EXPECT_EQ(read_source("/").error(), "Is a directory");
}

TEST(SourceFile, WithoutEndIsGivenUp) {
  EXPECT_EQ(read_source("/dev/zero").error(), "it has more than 16777216 bytes");
  EXPECT_EQ(load_suite({"/dev/zero"}).problems,
            "/dev/zero: error: cannot read it: it has more than 16777216 bytes "
            "[unreadable-file]\n");
}

TEST(SourceFile, IsAStreamWhereItCanBeReadOnlyOnce) {
  const ScratchSuite folder;
  folder.write("a.chat", "text");
  EXPECT_FALSE(is_stream(folder.at("a.chat")));
  EXPECT_FALSE(is_stream(folder.at("")));
  EXPECT_FALSE(is_stream(folder.at("missing.chat")));
  EXPECT_TRUE(is_stream(FilledPipe("").path()));
  EXPECT_TRUE(is_stream("/dev/zero"));
}

TEST(SourceFile, ThatIsAPipeIsReadOnceHoweverOftenItIsNamed) {
  const FilledPipe pipe(needing(""));
  const std::filesystem::path path = pipe.path();
  const Suite once = read_suite({path, path});
  EXPECT_EQ(once.problems, "");
  ASSERT_EQ(once.files.size(), 1U);
  EXPECT_EQ(once.files.front().source, needing(""));
  const ScratchSuite folder;
  folder.write("x/more.chat", needing(""));
  const Suite both = load_suite({path, folder.at("x/more.chat")}, {}, once);
  EXPECT_EQ(both.problems, "");
  ASSERT_EQ(both.files.size(), 2U);
  EXPECT_EQ(both.files.front().source, needing(""));
}

TEST(SourceFile, ThatIsAPipeInAFolderIsToldAndNotWaitedFor) {
  const ScratchSuite folder;
  folder.write("x/a.chat", needing(""));
  ASSERT_EQ(mkfifo(folder.at("x/b.chat").c_str(), 0600), 0);
  EXPECT_EQ(folder.problems(),
            "x/b.chat: error: it is a pipe or a device, which is read only where it is named "
            "itself [unreadable-file]\n");
}

}  // namespace
}  // namespace chatspec
