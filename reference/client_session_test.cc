#include "reference/client_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/recording_sink.h"
#include "reference/server_session.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

// printf 'ak1' | sha256sum; printf 'bk2' | sha256sum
const std::string kSignedA = "a3e253ad17451a4b7c73feccb61328bc17caa055301ecd6f59c184b9960d42ab";
const std::string kSignedB = "7fd76aa0e5833496dc71f8704a050a80887632de517e45fd8387c46b664c182a";
const std::string kUpperA = "A3E253AD17451A4B7C73FECCB61328BC17CAA055301ECD6F59C184B9960D42AB";

std::string take_all(ClientSession& session) {
  std::string all;
  for (std::string out = session.take_output(); !out.empty(); out = session.take_output())
    all += out;
  return all;
}

struct Fixture {
  explicit Fixture(std::string_view profile_name = "line")
      : profile(*find_profile(profile_name)), session(profile, messages, signatures, sink) {}

  const Profile& profile;
  std::vector<std::string> messages{"a", "b"};
  std::vector<std::string> signatures{kSignedA, kSignedA};
  RecordingSink sink;
  ClientSession session;
};

TEST(ClientSessionTest, ItSendsWhatIsDueAndThenWaits) {
  Fixture f;
  EXPECT_EQ(take_all(f.session), "HELLO\n");
  f.session.receive("260 OK\n");
  EXPECT_EQ(take_all(f.session), "DATA\na\n.\n");
  f.session.receive("270 SIG\n");
  EXPECT_EQ(take_all(f.session), "");
  f.session.receive(kSignedA + "\n");
  EXPECT_EQ(take_all(f.session), "PASS\n");
  f.session.receive("260 OK\n");
  EXPECT_EQ(take_all(f.session), "DATA\nb\n.\n");
  f.session.receive("270 SIG\n" + kSignedB + "\n");
  EXPECT_EQ(take_all(f.session), "FAIL\n");
  f.session.receive("260 OK\r\n");
  EXPECT_EQ(take_all(f.session), "QUIT\n");
  EXPECT_TRUE(f.session.finished());
  EXPECT_FALSE(f.session.violation().has_value());
  EXPECT_THAT(f.session.outcomes(), ElementsAre(Outcome::kMatched, Outcome::kDiffered));
  EXPECT_EQ(f.sink.seen,
            "260 OK\n270 SIG\n" + kSignedA + "\n260 OK\n270 SIG\n" + kSignedB + "\n260 OK\n");
}

TEST(ClientSessionTest, TheSignatureReplyMayBeCutAnywhere) {
  const std::string reply = "270 SIG\n" + kSignedA + "\n";
  for (std::size_t cut = 0; cut <= reply.size(); ++cut) {
    Fixture f;
    take_all(f.session);
    f.session.receive("260 OK\n");
    take_all(f.session);
    f.session.receive(std::string_view(reply).substr(0, cut));
    f.session.receive(std::string_view(reply).substr(cut));
    EXPECT_EQ(take_all(f.session), "PASS\n");
  }
}

TEST(ClientSessionTest, AnUpperCaseSignatureMatchesAndEveryOtherUnitFails) {
  const std::pair<std::string, std::string> rows[] = {
      {kUpperA, "PASS\n"}, {kSignedB, "FAIL\n"}, {kSignedA + " ", "FAIL\n"}, {"", "FAIL\n"}};
  for (const auto& [signature, verdict] : rows) {
    Fixture f;
    take_all(f.session);
    f.session.receive("260 OK\n");
    take_all(f.session);
    f.session.receive("270 SIG\n" + signature + "\n");
    EXPECT_EQ(take_all(f.session), verdict) << signature;
  }
}

TEST(ClientSessionTest, InBareItHandsOutOneUnitPerSendAndATextWithItsTerminatorIsOne) {
  Fixture f("bare");
  EXPECT_EQ(f.session.take_output(), "HELLO");
  EXPECT_EQ(f.session.take_output(), "");
  f.session.receive("260 OK");
  EXPECT_EQ(f.session.take_output(), "DATA");
  EXPECT_EQ(f.session.take_output(), "a\n.");
  EXPECT_EQ(f.session.take_output(), "");
  f.session.receive("270 SIG" + kSignedA);
  EXPECT_EQ(f.session.take_output(), "PASS");
}

TEST(ClientSessionTest, InBareNoTextIsTooShortOrTooLongToBeOneUnitWithItsTerminator) {
  const std::string lines(200'000, '\n');
  const std::pair<std::string, std::string> rows[] = {
      {"", "."}, {".", ".\n."}, {"a\n.\nb", "a\n.\nb\n."}, {lines, lines + "\n."}};
  for (const auto& [message, unit] : rows) {
    Fixture f("bare");
    f.messages[0] = message;
    take_all(f.session);
    f.session.receive("260 OK");
    EXPECT_EQ(f.session.take_output(), "DATA");
    EXPECT_TRUE(f.session.take_output() == unit) << message.size();
    EXPECT_EQ(f.session.take_output(), "");
  }
}

TEST(ClientSessionTest, AWrongReplyIsAViolationAfterWhichNothingIsSent) {
  struct Row {
    std::string_view reply, violation;
  };
  constexpr Row kRows[] = {
      {"260 Okay\n", R"(expected 260 OK, received "260 Okay")"},
      {"500 ERR\n", R"(expected 260 OK, received "500 ERR")"},
      {"\n", R"(expected 260 OK, received "")"},
      {"260 OK\n270 SIG\n",
       R"(expected nothing before the next command was sent, received "270 SIG\n")"},
  };
  for (const Row& row : kRows) {
    Fixture f;
    take_all(f.session);
    f.session.receive(row.reply);
    EXPECT_EQ(take_all(f.session), "");
    ASSERT_TRUE(f.session.violation().has_value()) << row.reply;
    EXPECT_EQ(f.session.violation()->message, row.violation);
    EXPECT_TRUE(f.session.finished());
    EXPECT_THAT(f.session.outcomes(), Each(Outcome::kUnanswered));
  }
}

TEST(ClientSessionTest, AServerThatSpeaksFirstIsAViolation) {
  Fixture f;
  f.session.receive("260 OK\n");
  EXPECT_EQ(f.session.violation()->message,
            R"(expected nothing before HELLO was sent, received "260 OK\n")");
}

TEST(ClientSessionTest, TheEndOfTheStreamBeforeQuitIsAViolation) {
  Fixture f;
  take_all(f.session);
  f.session.receive("260");
  f.session.receive_end();
  EXPECT_EQ(f.session.violation()->message,
            R"(expected 260 OK, received "260" and the end of the stream)");
}

TEST(ClientSessionTest, WithoutMessagesItQuitsAtOnce) {
  RecordingSink sink;
  ClientSession session(*find_profile("line"), {}, {}, sink);
  take_all(session);
  session.receive("260 OK\n");
  EXPECT_EQ(take_all(session), "QUIT\n");
}

// Both sessions against each other, the signatures made by neither (see signature_test.cc).
TEST(SessionsTest, ClientAndServerUnderstandEachOtherInEveryProfile) {
  const std::vector<std::string> messages{"first line of the text\nsecond line", "",
                                          "a.b\\c\n\n..\n."};
  const std::vector<std::string> signatures{
      "9886ca15cbeeac940789618ab8f66f86fe5e1ad0a7d909becf73242f35759aee",
      "4e738ca5563c06cfd0018299933d58db1dd8bf97f6973dc99bf6cdc64b5550bd",
      "93f4632a6d6a15776368431111a2e744f8dc6a2049e59ea6af496d17ab1dcec4"};
  const std::vector<std::string> keys(3, "s3cr3t");
  for (const Profile& profile : builtin_profiles()) {
    RecordingSink client_sink;
    RecordingSink server_sink;
    ClientSession client(profile, messages, signatures, client_sink);
    ServerSession server(profile, keys, server_sink);
    bool moved = true;
    while (moved) {
      moved = false;
      for (std::string out = client.take_output(); !out.empty(); out = client.take_output()) {
        server.receive(out);
        moved = true;
      }
      for (std::string out = server.take_output(); !out.empty(); out = server.take_output()) {
        client.receive(out);
        moved = true;
      }
    }
    EXPECT_THAT(client.outcomes(), Each(Outcome::kMatched)) << profile.name;
    EXPECT_TRUE(server.finished());
    EXPECT_FALSE(server.violation().has_value());
  }
}

}  // namespace
}  // namespace chat
