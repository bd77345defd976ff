// What the segments in which units came suggest.

#include "harness/judge/diagnosis/diagnose_segments.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/judge/tests/script_of.h"

namespace chatspec {
namespace {

// What is suggested of a finding at the last thing that the transcript expects.
std::string suggested(Role role, const std::string& transcript, Finding finding) {
  const Script script = script_of(role, "message   hello\nmessage   two\n\n" + transcript);
  finding.step = last_expectation(script);
  return suggest_segments(script, finding).sentence;
}

std::string suggested(Role role, const std::string& transcript,
                      FailureCode code = FailureCode::kClosedEarly) {
  return suggested(role, transcript, Finding{.code = code});
}

// Of one that has read everything, and waits for more.
Finding waiting(FailureCode code) {
  Finding finding{.code = code};
  finding.evidence =
      Evidence{.grade = QuietGrade::kProven,
               .last_seen = {.activity = Activity::kReading, .bytes_read = 9, .bytes_unread = 0},
               .connection = 1};
  return finding;
}

TEST(Segments, AreSuspectedWhereAUnitCameInSeveral) {
  EXPECT_EQ(
      suggested(Role::kServer, "C: HELLO | split 1\nS: 260 OK\n"),
      "`HELLO` is sent in 6 segments: does it take what one recv() returns for a whole line?");
  EXPECT_EQ(
      suggested(Role::kServer, "C: HELLO | split at 5\nS: 260 OK\n"),
      "`HELLO` is sent in 2 segments: does it take what one recv() returns for a whole line?");
  EXPECT_TRUE(suggested(Role::kClient, "C: HELLO\nS: 260 OK | split at 3\nC: DATA\n")
                  .contains("`260 OK` is sent in 2 segments"));
}

TEST(Segments, AreSuspectedWhereATextCameInSeveral) {
  const std::string before = "C: HELLO\nS: 260 OK\nC: DATA\n";
  for (const char* text :
       {"C: <message 1>\nC: . | apart\n", "C: one\nC: two | apart\nC: . | apart\n"}) {
    EXPECT_EQ(suggested(Role::kServer, before + text + "S: 270 SIG\n"),
              "does it take what one recv() returns for the whole text?")
        << text;
  }
}

TEST(Segments, AreSuspectedWhereSeveralUnitsCameInOne) {
  EXPECT_EQ(suggested(Role::kServer,
                      "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1> | joined\nC: .\nS: 270 SIG\n"),
            "`DATA` and `hello` come in one segment: does it take what one recv() returns for a "
            "single line, or lose what stands after the first?");
  EXPECT_TRUE(suggested(Role::kClient,
                        "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\n"
                        "S: <signature 1> | joined\nC: PASS\n")
                  .starts_with("`270 SIG` and `"));
}

// Whoever loses what stands after a line waits for it, and loses it after each line of that kind.
TEST(Segments, AreNotSuspectedBehindWhatWasAnsweredInTheSameOne) {
  const std::string all =
      "C: HELLO\nC: DATA | joined\nC: <message 1> | joined\nC: . | joined\nC: PASS | joined\n"
      "C: DATA | joined\nC: <message 2> | joined\nC: . | joined\n"
      "S: 260 OK\nS: 270 SIG\nS: <signature 1>\nS: 260 OK\n";
  using enum FailureCode;
  EXPECT_TRUE(suggested(Role::kServer, all + "S: 270 SIG\n", waiting(kNoAnswer))
                  .starts_with("`PASS` and `DATA` come in one segment"));
  EXPECT_EQ(suggested(Role::kServer, all + "S: 270 SIG\n", kClosedEarly), "") << "it does not wait";
  EXPECT_EQ(suggested(Role::kServer, all + "S: 270 SIG\n", kNoAnswer), "") << "nobody saw it wait";
  EXPECT_EQ(suggested(Role::kServer,
                      all + "S: 270 SIG\nS: <signature 2>\nC: FAIL\nC: QUIT | joined\n"
                            "S: 260 OK\nS: <close>\n",
                      waiting(kNotClosed)),
            "")
      << "what came with PASS it found";
}

// What came before the last piece was sent was no answer to the whole.
TEST(Segments, AreSuspectedOfAVerdictThatCameBeforeTheWholeSignature) {
  const std::string cut =
      "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\n"
      "S: <signature 1> | split at 8\nC: PASS\n";
  const std::size_t announced = std::string_view("260 OK\n270 SIG\n").size();
  const auto verdict_after = [&](std::size_t bytes) {
    Finding finding{.code = FailureCode::kWrongVerdict};
    finding.sent_before = announced + bytes;
    return suggested(Role::kClient, cut, finding);
  };
  EXPECT_TRUE(verdict_after(8).contains("is sent in 2 segments")) << verdict_after(8);
  EXPECT_EQ(verdict_after(65), "");
}

TEST(Segments, AreNotSuspectedWhereTheProtocolHasNoSuchUnit) {
  EXPECT_EQ(suggested(Role::kServer,
                      "C: HELLO\nS: 260 OK\nC: \"DTAA\"\nC: one\nC: two\nC: .\nS: 270 SIG\n"),
            "");
  EXPECT_EQ(suggested(Role::kClient, "C: HELLO\nS: \"260 Okay\" | split at 3\nC: DATA\n"), "");
}

TEST(Segments, AreSuspectedWhereHalfALineIsAnswered) {
  EXPECT_EQ(
      suggested(Role::kServer, "C: raw \"HEL\"\nS: <silence>\n"),
      "`HEL` is not a whole line yet: does it take what one recv() returns for one? Or is the "
      "reply sent unasked?");
  EXPECT_EQ(suggested(Role::kServer, "C: raw \"HEL\"\nC: <half-close>\nS: <close>\n"), "")
      << "the end of the stream has come after it";
}

// A text with its terminator is what clients send at once, and what was answered well is past.
TEST(Segments, AreNotSuspectedWhereEachUnitCameInItsOwn) {
  const std::string whole =
      "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\n";
  EXPECT_EQ(suggested(Role::kServer, whole), "");
  EXPECT_EQ(suggested(Role::kClient, whole + "C: PASS\n"), "");
  EXPECT_EQ(suggested(Role::kServer, "C: HELLO | split 1\nS: 260 OK\nC: QUIT\nS: <close>\n"), "");
  const Script bare = script_of(Role::kServer, "\nC: HELLO | split 1\nS: 260 OK\n", "bare");
  EXPECT_FALSE(suggest_segments(bare, {.code = FailureCode::kClosedEarly, .step = 1}).is_known())
      << "there a unit is what one send carried";
}

// A text of which the wrong bytes are hashed, a violation that is not seen: they have other
// reasons.
TEST(Segments, AreNotSuspectedOfWhatOtherMistakesBringAboutAsWell) {
  const std::string text = "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: . | apart\n";
  EXPECT_EQ(suggested(Role::kServer, text + "S: 270 SIG\nS: <signature 1>\n",
                      FailureCode::kWrongSignature),
            "");
  EXPECT_EQ(suggested(Role::kServer, text + "S: 270 SIG\n", FailureCode::kNoAnswer), "")
      << "it may be doing something";
  const std::string violation = "C: nonsense\nC: HELLO | joined\nS: <close>\n";
  for (const FailureCode code : {FailureCode::kNotClosed, FailureCode::kUnexpectedData})
    EXPECT_EQ(suggested(Role::kServer, violation, code), "");
  EXPECT_NE(suggested(Role::kServer, "C: HELLO\nC: QUIT | joined\nS: 260 OK\nS: <close>\n",
                      waiting(FailureCode::kNotClosed)),
            "");
}

}  // namespace
}  // namespace chatspec
