#include "harness/explore/asking/reached_lines.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/fake_cell.h"
#include "harness/explore/asking/search_start.h"

namespace chatspec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReachedLinesTest : public ::testing::Test {
 protected:
  ReachedLines take(const std::string& more) {
    written_ += more;
    EXPECT_TRUE(cell_.add_file(kReachedFile, written_));
    return reader_.take(cell_);
  }

  FakeCell cell_{Role::kServer, std::make_unique<FakePeer>()};
  ReachedReader reader_;
  std::string written_;
};

TEST_F(ReachedLinesTest, AreNoneOfAProgramThatTellsNone) {
  EXPECT_THAT(reader_.take(cell_), IsEmpty());
}

TEST_F(ReachedLinesTest, AreTakenOnceEach) {
  EXPECT_THAT(take("server.py:1\nserver.py:12\n"), ElementsAre("server.py:1", "server.py:12"));
  EXPECT_THAT(take(""), IsEmpty());
  EXPECT_THAT(take("text.py:3\n"), ElementsAre("text.py:3"));
}

TEST_F(ReachedLinesTest, AreTakenWhenTheyAreWhole) {
  EXPECT_THAT(take("server.py:1\nserv"), ElementsAre("server.py:1"));
  EXPECT_THAT(take("er.py:2"), IsEmpty());
  EXPECT_THAT(take("0\n"), ElementsAre("server.py:20"));
}

TEST_F(ReachedLinesTest, AreNotWhateverElseStandsThere) {
  EXPECT_THAT(take("\n\nnothing\n" + std::string(100'000, 'x') + ":1\nserver.py:7\n"),
              ElementsAre("server.py:7"));
}

// However long a line becomes, and however long the file.
TEST_F(ReachedLinesTest, AreReadUpToABound) {
  EXPECT_THAT(take(std::string((std::size_t{1} << 20) - 8, 'x')), IsEmpty());
  EXPECT_THAT(take("\na.py:1\nb.py:1\n"), SizeIs(1));
  EXPECT_THAT(take("c.py:1\n"), IsEmpty());
}

TEST(SearchStart, IsByTheCommandAloneWhereNothingStandsBefore) {
  const SearchStart plain;
  EXPECT_TRUE(plain.is_plain());
  EXPECT_THAT(plain.complete({"server", "1"}, "/cell"), ElementsAre("server", "1"));
}

TEST(SearchStart, SaysWhereToTellLines) {
  const SearchStart start{.before = {"/usr/bin/env", "A=1"}, .tells_lines = true};
  EXPECT_FALSE(start.is_plain());
  EXPECT_THAT(start.complete({"server", "1"}, "/cell"),
              ElementsAre("/usr/bin/env", "A=1", "CHATSPEC_REACHED=/cell/reached-lines.txt",
                          "server", "1"));
}

}  // namespace
}  // namespace chatspec
