#include "reference/server_session.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "reference/recording_sink.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

const std::vector<std::string> kKeys{"k1", "k2"};
// printf 'ak1' | sha256sum; printf 'bk2' | sha256sum
constexpr std::string_view kSignedA =
    "a3e253ad17451a4b7c73feccb61328bc17caa055301ecd6f59c184b9960d42ab";
constexpr std::string_view kSignedB =
    "7fd76aa0e5833496dc71f8704a050a80887632de517e45fd8387c46b664c182a";

struct Exchange {
  std::string sent;      // all units; in profiles without line ends with "|" between sends
  std::string received;  // as the sink saw it
  std::string violation;
  bool finished = false;
};

// One session that receives the pieces, then perhaps the end of the stream.
Exchange run(const Profile& profile, const std::vector<std::string_view>& pieces, bool end = false,
             const ServerLimits& limits = {}) {
  RecordingSink sink;
  ServerSession session(profile, kKeys, sink, limits);
  Exchange result;
  const auto take = [&] {
    for (std::string out = session.take_output(); !out.empty(); out = session.take_output()) {
      result.sent += out;
      if (!profile.has_line_ends()) result.sent += '|';
    }
  };
  for (const std::string_view piece : pieces) {
    session.receive(piece);
    take();
  }
  if (end) session.receive_end();
  take();
  result.received = sink.seen;
  if (session.violation()) {
    result.violation =
        std::string(session.violation()->requirement) + ": " + session.violation()->message;
  }
  result.finished = session.finished();
  return result;
}

const Profile& line_profile() {
  return *find_profile("line");
}

const std::string kConversation = "HELLO\nDATA\na\n.\nPASS\nDATA\n\\b\n.\nFAIL\nQUIT\n";

TEST(ServerSessionTest, AConversationIsTheSameWholeByteByByteAndCutAnywhere) {
  // printf '\\bk2' | sha256sum
  const std::string answers = "260 OK\n270 SIG\n" + std::string(kSignedA) + "\n260 OK\n270 SIG\n" +
                              "d33aeb746b5e5f7f48cb7d1123a0e38bf6dbcdd23280c564dc90a650b6a47f4a" +
                              "\n260 OK\n";
  const auto check = [&](const std::vector<std::string_view>& pieces) {
    const Exchange result = run(line_profile(), pieces, true);
    EXPECT_EQ(result.sent, answers);
    EXPECT_EQ(result.received, kConversation);
    EXPECT_EQ(result.violation, "");
    EXPECT_TRUE(result.finished);
  };
  const std::string_view all = kConversation;
  check({all});
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < all.size(); ++i) bytes.push_back(all.substr(i, 1));
  check(bytes);
  for (std::size_t i = 1; i < all.size(); ++i) check({all.substr(0, i), all.substr(i)});
}

TEST(ServerSessionTest, InCrlfItSendsCrlfAndTakesEither) {
  const Exchange result = run(*find_profile("crlf"), {"HELLO\nDATA\r\na\r\n.\r\nPASS\nQUIT\r\n"});
  EXPECT_EQ(result.sent, "260 OK\r\n270 SIG\r\n" + std::string(kSignedA) + "\r\n260 OK\r\n");
  EXPECT_EQ(result.received, "HELLO\nDATA\na\n.\nPASS\nQUIT\n");
  EXPECT_TRUE(result.finished);
}

TEST(ServerSessionTest, InBareUnitsAreKnownByTheirWordsAndSentOneByOne) {
  const std::string answers = "260 OK|270 SIG|" + std::string(kSignedA) + "|260 OK|270 SIG|" +
                              std::string(kSignedB) + "|260 OK|";
  const std::vector<std::vector<std::string_view>> ways{
      {"HELLO", "DATA", "a\n", ".", "PASS", "DATA", "b\n", ".", "FAIL", "QUIT"},
      {"HEL", "LODA", "TAa", "\n.", "P", "ASSDATAb\n.", "FAILQUIT"},
  };
  for (const auto& pieces : ways) {
    const Exchange result = run(*find_profile("bare"), pieces);
    EXPECT_EQ(result.sent, answers);
    EXPECT_EQ(result.violation, "");
    EXPECT_TRUE(result.finished);
  }
}

TEST(ServerSessionTest, TheEmptyMessageIsSignedWithTheKeyAlone) {
  // printf 'k1' | sha256sum
  EXPECT_EQ(run(line_profile(), {"HELLO\nDATA\n.\n"}).sent,
            "260 OK\n270 SIG\n6ab9f1eb8f7d3388f4f9d586f66e99fd54080df2c446f0e58668b09c08a16dd0\n");
}

TEST(ServerSessionTest, WhatIsNotExpectedIsAViolationWithoutAReply) {
  struct Row {
    std::string_view received, sent, violation;
  };
  const std::string signed_once = "260 OK\n270 SIG\n" + std::string(kSignedA) + "\n";
  const std::string signed_twice =
      signed_once + "260 OK\n270 SIG\n" + std::string(kSignedB) + "\n260 OK\n";
  const Row rows[] = {
      {"HELO\n", "", R"(STATE-1: expected HELLO, received "HELO")"},
      {"hello\n", "", R"(STATE-1: expected HELLO, received "hello")"},
      {"HELLO \n", "", R"(STATE-1: expected HELLO, received "HELLO ")"},
      {"\n", "", R"(STATE-1: expected HELLO, received "")"},
      {"QUIT\n", "", R"(STATE-1: expected HELLO, received "QUIT")"},
      {"HELLO\nHELLO\n", "260 OK\n", R"(STATE-2: expected DATA or QUIT, received "HELLO")"},
      {"HELLO\nHELO\nQUIT\n", "260 OK\n", R"(STATE-2: expected DATA or QUIT, received "HELO")"},
      {"HELLO\n\x1b[2J\n", "260 OK\n", R"(STATE-2: expected DATA or QUIT, received "\x1b[2J")"},
      {"HELLO\nPASS\n", "260 OK\n", R"(STATE-2: expected DATA or QUIT, received "PASS")"},
      {"HELLO\nDATA\na\n.\nQUIT\n", signed_once,
       R"(STATE-3: expected PASS or FAIL, received "QUIT")"},
      {"HELLO\nDATA\na\n.\nDATA\n", signed_once,
       R"(STATE-3: expected PASS or FAIL, received "DATA")"},
      {"HELLO\nDATA\na\n.\nPASS\nDATA\nb\n.\nFAIL\nDATA\n", signed_twice,
       "STATE-4: expected QUIT, received DATA number 3, but there are only 2 keys"},
  };
  for (const Row& row : rows) {
    const Exchange result = run(line_profile(), {row.received});
    EXPECT_EQ(result.sent, row.sent) << quote(row.received);
    EXPECT_EQ(result.violation, row.violation);
    EXPECT_TRUE(result.finished);
  }
}

TEST(ServerSessionTest, InBareALineEndIsAViolation) {
  EXPECT_EQ(run(*find_profile("bare"), {"HELLO\n"}).violation,
            R"(STATE-2: expected DATA or QUIT, received "\n")");
}

TEST(ServerSessionTest, TheEndOfTheStreamIsAViolationUnlessQuitCameBefore) {
  struct Row {
    std::string_view received, violation;
  };
  constexpr Row kRows[] = {
      {"", "STATE-1: expected HELLO, received the end of the stream"},
      {"HELLO\nQU", R"(STATE-2: expected DATA or QUIT, received "QU" and the end of the stream)"},
      {"HELLO\nDATA\na\n.",
       R"(DATA-1: expected the terminator ".", received the end of the stream)"},
      {"HELLO\nDATA\n.\n", "STATE-3: expected PASS or FAIL, received the end of the stream"},
      {"HELLO\nQUIT\n", ""},
  };
  for (const Row& row : kRows) {
    const Exchange result = run(line_profile(), {row.received}, true);
    EXPECT_EQ(result.violation, row.violation);
    EXPECT_TRUE(result.finished);
  }
}

TEST(ServerSessionTest, ItsLimitsHold) {
  const ServerLimits limits{.unit_bytes = 5, .message_bytes = 3};
  EXPECT_EQ(run(line_profile(), {"HELLOO\n"}, false, limits).violation,
            "STATE-1: expected HELLO, received a unit of more than 5 bytes");
  EXPECT_EQ(run(line_profile(), {"HELLO\nDATA\nab\nc\n.\n"}, false, limits).violation, "");
  EXPECT_EQ(run(line_profile(), {"HELLO\nDATA\nab\ncd"}, false, limits).violation,
            "LIMIT-2: received a message of more than 3 bytes");
}

TEST(ServerSessionTest, ALineOf16MiBIsSignedAndPassedOnInPieces) {
  class Widest : public TextSink {
   public:
    void text(std::string_view piece) override { widest = std::max(widest, piece.size()); }
    void line_end() override {}
    std::size_t widest = 0;
  } sink;
  const std::vector<std::string> keys{"key"};
  ServerSession session(line_profile(), keys, sink);
  session.receive("HELLO\nDATA\n");
  const std::string piece(4096, 'x');
  for (int i = 0; i < 4096; ++i) session.receive(piece);
  session.receive("\n.\n");
  // (head -c 16777216 /dev/zero | tr '\0' x; printf key) | sha256sum
  EXPECT_EQ(session.take_output(),
            "260 OK\n270 SIG\n9b69bc21ded3bc134ce4747594c717e8920d75727286eb283f292e175fee57db\n");
  EXPECT_EQ(sink.widest, piece.size());
}

}  // namespace
}  // namespace chat
