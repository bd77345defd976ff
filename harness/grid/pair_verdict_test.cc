#include "harness/grid/pair_verdict.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/grid/pair_test_support.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

using namespace testing_pairs;

const PairMaterials kMaterials = make_pair_materials(line_profile(), 7);

// "OUTCOME SIGNED/MESSAGES side requirement; …", with "(should)" after those that are one.
std::string summarise(const PairTranscript& transcript) {
  const PairVerdict verdict = judge_pair(line_profile(), kMaterials, transcript);
  std::string text = fmt::format("{} {}/{}", word_of(verdict.outcome).word, verdict.signed_count,
                                 verdict.messages);
  for (const Departure& one : verdict.departures)
    text += fmt::format(" {} {}{};", chat::to_string(one.side), one.requirement,
                        one.is_must ? "" : "(should)");
  return text;
}

std::string summarise(const Alter& alter) {
  return summarise(AlteredTalk(kMaterials, alter).talk());
}

std::string sentence(const PairTranscript& transcript) {
  const PairVerdict verdict = judge_pair(line_profile(), kMaterials, transcript);
  return verdict.departures.empty() ? verdict.remark : verdict.departures.front().sentence;
}

// One side alters what it says.
Alter of(Role side, std::function<std::string(const std::string&)> alter) {
  return
      [=](Role speaker, const std::string& said) { return speaker == side ? alter(said) : said; };
}

TEST(PairVerdict, TwoThatFollowTheProtocolGetOn) {
  EXPECT_EQ(summarise(as_it_is), "ok 6/6");
}

TEST(PairVerdict, WhoeverToleratesTheOthersMistakeGetsOnNotByTheLetter) {
  EXPECT_EQ(summarise(of(Role::kClient,
                         [](const std::string& said) { return replaced(said, "\n", "\r\n"); })),
            "ok* 6/6 client FRAME-1;");
  EXPECT_EQ(summarise(of(Role::kServer,
                         [](const std::string& said) { return replaced(said, "\n", "\r\n"); })),
            "ok* 6/6 server FRAME-1;");
}

TEST(PairVerdict, DigitsInTheOtherCaseAreNoMoreThanAShould) {
  EXPECT_EQ(summarise(of(Role::kServer,
                         [](std::string said) {
                           std::ranges::transform(said, said.begin(), [](unsigned char c) {
                             return static_cast<char>(std::toupper(c));
                           });
                           return said;
                         })),
            "ok 6/6 server SIG-3(should);");
}

TEST(PairVerdict, AWrongSignatureIsTheServersMistake) {
  const auto wrong = of(Role::kServer, [](std::string said) {
    if (said.starts_with("270 SIG\n")) said[8] = said[8] == '0' ? '1' : '0';
    return said;
  });
  EXPECT_EQ(summarise(wrong), "server 1/6 server SIG-1;") << "the one that is to differ does";
  EXPECT_TRUE(sentence(AlteredTalk(kMaterials, wrong).talk()).contains(" where \""));
}

TEST(PairVerdict, OfAWrongSignatureTheMistakeIsNamedThatGivesIt) {
  const std::string with_first_key =
      chat::sign(line_profile(), kMaterials.texts[1], kMaterials.keys[0]);
  const std::string right = chat::sign(line_profile(), kMaterials.texts[1], kMaterials.keys[1]);
  const PairVerdict verdict =
      judge_pair(line_profile(), kMaterials,
                 AlteredTalk(kMaterials, of(Role::kServer,
                                            [&](const std::string& said) {
                                              return replaced(said, right, with_first_key);
                                            }))
                     .talk());
  ASSERT_EQ(verdict.departures.size(), 1U);
  EXPECT_TRUE(verdict.departures[0].because.contains("key 1 instead of 2"))
      << verdict.departures[0].because;
  EXPECT_EQ(verdict.signed_count, 6U) << "the client was to find it wrong anyhow";
  EXPECT_EQ(verdict.outcome, PairOutcome::kServer);
}

TEST(PairVerdict, AnEmptyTextMayBeSentAsAnEmptyLine) {
  EXPECT_EQ(summarise(of(Role::kClient,
                         [](const std::string& said) {
                           return said == "DATA\n.\n" ? std::string("DATA\n\n.\n") : said;
                         })),
            "ok 6/6");
}

TEST(PairVerdict, ATextThatIsNotEscapedIsTheClientsMistake) {
  EXPECT_EQ(
      summarise(of(Role::kClient,
                   [](const std::string& said) { return replaced(said, "\\\\path", "\\path"); })),
      "ok* 6/6 client ESC-1;")
      << "a backslash before another character stands for itself";
  EXPECT_EQ(summarise(of(Role::kClient,
                         [](const std::string& said) { return replaced(said, "\\.\n", ".\n"); })),
            "client 5/6 client ESC-1;");
}

TEST(PairVerdict, AWrongVerdictIsTheClientsMistakeThoughTheyGoOn) {
  EXPECT_EQ(
      summarise(of(Role::kClient,
                   [](const std::string& said) { return replaced(said, "FAIL\n", "PASS\n"); })),
      "client 6/6 client VERDICT-1;");
  EXPECT_EQ(summarise(of(Role::kClient,
                         [](const std::string& said) {
                           return replaced(replaced(said, "FAIL\n", "PASS\n"), "\n", "\r\n");
                         })),
            "client 6/6 client FRAME-1;")
      << "also where it had left the protocol before";
}

TEST(PairVerdict, ACommandThatIsNoneIsTheClientsMistakeAndTheServerMaySendItAway) {
  const auto mistaken =
      of(Role::kClient, [](const std::string& said) { return replaced(said, "HELLO", "HELO"); });
  EXPECT_EQ(summarise(mistaken), "client 0/6 client HELLO-1;");
  EXPECT_EQ(sentence(AlteredTalk(kMaterials, mistaken).talk()),
            "said \"HELO\\n\" where \"HELLO\\n\" was due");
}

TEST(PairVerdict, WhoeverFallsSilentInItsTurnIsToBlameAndTheEvidenceIsTold) {
  const auto silent = of(Role::kServer, [](const std::string& said) {
    return said.starts_with("270 SIG\n") ? std::string() : said;
  });
  EXPECT_EQ(summarise(silent), "server 0/6 server DATA-4;");
  EXPECT_EQ(sentence(AlteredTalk(kMaterials, silent).talk()),
            "said nothing more where \"270 SIG\\n\" was due (blocked in recv())");
  PairTranscript waited = AlteredTalk(kMaterials, silent).talk();
  for (PairEvent& one : waited) one.event.grade = QuietGrade::kDeadline;
  EXPECT_TRUE(sentence(waited).contains("not proven: "));
}

TEST(PairVerdict, ALineEndThatDoesNotComeIsNamedAsSuch) {
  const auto without = of(Role::kClient, [](const std::string& said) {
    return said == "HELLO\n" ? std::string("HELLO") : said;
  });
  EXPECT_EQ(summarise(without), "client 0/6 client FRAME-1;");
  EXPECT_EQ(sentence(AlteredTalk(kMaterials, without).talk()),
            "said nothing more after \"HELLO\" where \"HELLO\\n\" was due (blocked in recv())");
}

TEST(PairVerdict, BothAreToBlameWhereTheOneDoesNotCopeWithWhatItMust) {
  EXPECT_EQ(summarise([](Role side, const std::string& said) {
              if (side == Role::kServer) return std::string();
              return replaced(said, "\n", "\r\n");
            }),
            "both 0/6 client FRAME-1; server HELLO-2;");
}

// The beginning of a conversation, as it was seen.
PairTranscript begin() {
  PairTranscript seen;
  add(seen, Role::kServer, {.kind = EventKind::kConnected});
  add(seen, Role::kClient, {.kind = EventKind::kConnected});
  return seen;
}

TEST(PairVerdict, WhoeverSpeaksOutOfTurnLeftTheProtocol) {
  PairTranscript greets = begin();
  add(greets, Role::kServer, {.kind = EventKind::kReceived, .bytes = "260 OK\n"});
  EXPECT_EQ(summarise(greets), "server 0/6 server HELLO-3;");
  PairTranscript hurries = begin();
  add(hurries, Role::kClient, {.kind = EventKind::kReceived, .bytes = "HELLO\nDATA\n"});
  EXPECT_EQ(summarise(hurries), "client 0/6 client HELLO-4;");
}

TEST(PairVerdict, WhoeverEndsTheConnectionEarlyLeftTheProtocol) {
  PairTranscript leaves = begin();
  add(leaves, Role::kClient, {.kind = EventKind::kReceived, .bytes = "HELLO\n"});
  add(leaves, Role::kServer, {.kind = EventKind::kReset});
  EXPECT_EQ(summarise(leaves), "server 0/6 server HELLO-2;");
  EXPECT_EQ(sentence(leaves), "reset the connection where \"260 OK\\n\" was due");
}

TEST(PairVerdict, AServerThatDoesNotEndTheConnectionIsNamed) {
  PairTranscript stays = AlteredTalk(kMaterials, as_it_is).talk();
  stays.back() = {.side = Role::kServer,
                  .event = {.kind = EventKind::kQuiet, .bytes = "blocked in accept()"}};
  stays.back().event.grade = QuietGrade::kProven;
  EXPECT_EQ(summarise(stays), "server 6/6 server QUIT-2;");
}

TEST(PairVerdict, WhoeverIsNotThereIsToBlame) {
  PairTranscript deaf;
  add(deaf, Role::kServer, {.kind = EventKind::kQuiet, .bytes = "it waits for its input"});
  EXPECT_EQ(summarise(deaf), "server 0/6 server CLI-2;");
  PairTranscript gone;
  add(gone, Role::kServer, {.kind = EventKind::kListening, .bytes = "127.0.0.1:7"});
  add(gone, Role::kClient, {.kind = EventKind::kExited, .exit = ExitStatus{.value = 2}});
  EXPECT_EQ(summarise(gone), "client 0/6 client CLI-1;");
  EXPECT_EQ(sentence(gone), "ended with exit status 2 before it connected");
}

TEST(PairVerdict, OfTroubleAndOfWhatCannotBeSeenNobodyIsToBlame) {
  PairTranscript trouble = begin();
  add(trouble, Role::kClient, {.kind = EventKind::kTrouble, .bytes = "no descriptors are left"});
  EXPECT_EQ(summarise(trouble), "? 0/6");
  EXPECT_EQ(sentence(trouble), "no descriptors are left");
  PairTranscript obscure = begin();
  Event quiet{.kind = EventKind::kQuiet, .bytes = "it waits for a disk"};
  quiet.grade = QuietGrade::kUnknown;
  add(obscure, Role::kClient, quiet);
  EXPECT_TRUE(summarise(obscure).starts_with("? "));
  PairTranscript wrong = begin();
  add(wrong, Role::kClient, {.kind = EventKind::kReceived, .bytes = "x"});
  add(wrong, Role::kClient, quiet);
  EXPECT_EQ(summarise(wrong), "client 0/6 client HELLO-1;") << "it had left the protocol before";
}

TEST(PairVerdict, SaysWhetherItRestsOnTime) {
  const auto silent_for = [](QuietGrade grade) {
    PairTranscript silent = begin();
    Event quiet{.kind = EventKind::kQuiet, .bytes = "nothing came"};
    quiet.grade = grade;
    add(silent, Role::kClient, quiet);
    return judge_pair(line_profile(), kMaterials, silent).rests_on_time;
  };
  EXPECT_FALSE(silent_for(QuietGrade::kProven));
  EXPECT_TRUE(silent_for(QuietGrade::kDeadline));
  EXPECT_TRUE(silent_for(QuietGrade::kUnknown));
}

TEST(PairVerdict, ACrashIsToldThoughTheConversationWasOver) {
  PairTranscript crashed = AlteredTalk(kMaterials, as_it_is).talk();
  add(crashed, Role::kServer,
      {.kind = EventKind::kExited, .exit = ExitStatus{.by_signal = true, .value = 11}});
  EXPECT_EQ(summarise(crashed), "ok* 6/6 server ;");
}

TEST(PairMaterials, DifferByTheSeedAlone) {
  EXPECT_EQ(make_pair_materials(line_profile(), 7).key_file(), kMaterials.key_file());
  EXPECT_NE(make_pair_materials(line_profile(), 8).key_file(), kMaterials.key_file());
  EXPECT_NE(make_pair_materials(line_profile(), 8).message_file(), kMaterials.message_file());
}

}  // namespace
}  // namespace chatspec
