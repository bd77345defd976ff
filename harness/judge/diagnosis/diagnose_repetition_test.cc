// What went well once.

#include "harness/judge/diagnosis/diagnose_repetition.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/judge/tests/script_of.h"

namespace chatspec {
namespace {

std::string suggested_id(Role role, const std::string& lines, FailureCode code,
                         const std::vector<Event>& events = {}) {
  const Script script = script_of(role, lines);
  return suggest_repetition({.code = code, .step = last_expectation(script)}, script, events).id;
}

TEST(Repetition, OfAConnectionSuggestsThatSomethingIsKept) {
  const std::string first = "\nC: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\n";
  using enum FailureCode;
  for (const FailureCode code : {kClosedEarly, kNoAnswer}) {
    EXPECT_EQ(suggested_id(Role::kServer, first + "C2: HELLO\nS2: 260 OK\n", code),
              "connection-before-went-well");
  }
  EXPECT_EQ(suggested_id(Role::kServer, first + "C2: QUIT\nS2: <close>\n", kClosedEarly), "")
      << "the first client said something else";
  EXPECT_EQ(suggested_id(Role::kServer, first + "C2: HELLO\nS2: 260 OK\n", kWrongReply), "");
  EXPECT_EQ(suggested_id(Role::kServer,
                         "\nC: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\nS: <restart>\n"
                         "C2: HELLO\nS2: 260 OK\n",
                         kClosedEarly),
            "")
      << "another process keeps nothing";
}

constexpr const char* kTwoMessages = "message   one\nmessage   two\n\nC: HELLO\nS: 260 OK\n";

std::string message(int number) {
  const std::string n = std::to_string(number);
  return "C: DATA\nC: <message " + n + ">\nC: .\nS: 270 SIG\nS: <signature " + n + ">\n";
}

TEST(Repetition, OfAVerdictSuggestsThatSomethingIsKept) {
  const std::string second =
      kTwoMessages + message(1) + "C: PASS\nS: 260 OK\n" + message(2) + "C: PASS\nS: 260 OK\n";
  EXPECT_EQ(suggested_id(Role::kServer, second, FailureCode::kNoAnswer),
            "message-before-went-well");
  const std::string other =
      kTwoMessages + message(1) + "C: PASS\nS: 260 OK\n" + message(2) + "C: FAIL\nS: 260 OK\n";
  EXPECT_EQ(suggested_id(Role::kServer, other, FailureCode::kNoAnswer), "")
      << "FAIL was not answered before";
}

// Which text comes cannot matter for whoever does not wait for it.
TEST(Repetition, OfATextCountsWhereItWasNotAwaited) {
  const std::string lines =
      kTwoMessages + message(1) + "C: PASS\nS: 260 OK\nC: DATA\nC: <message 2>\nC: .\nS: 270 SIG\n";
  // HELLO, 260 OK, DATA, the text, …; and the second text.
  constexpr std::size_t kFirstText = 3;
  constexpr std::size_t kSecondText = 9;
  const Event first{.kind = EventKind::kTaken, .step = kFirstText, .connection = 1};
  const Event second{.kind = EventKind::kTaken, .step = kSecondText, .connection = 1};
  using enum FailureCode;
  EXPECT_EQ(suggested_id(Role::kServer, lines, kClosedEarly, {first}), "stops-after-messages");
  EXPECT_EQ(suggested_id(Role::kServer, lines, kClosedEarly, {first, second}), "");
  EXPECT_EQ(suggested_id(Role::kServer, lines, kClosedEarly), "") << "nobody saw what it awaits";
}

TEST(Repetition, OfAClientThatLeavesIsToldByWhatWasDue) {
  const std::string one = kTwoMessages + message(1) + "C: PASS\nS: 260 OK\n";
  const Event done{.kind = EventKind::kExited, .exit = ExitStatus{}};
  const auto left = [&](const std::string& lines, const std::vector<Event>& events) {
    return suggested_id(Role::kClient, lines, FailureCode::kClosedEarly, events);
  };
  EXPECT_EQ(left(one + "C: DATA\n", {done}), "message-left-out");
  EXPECT_EQ(left(one + "C: QUIT\n", {done}), "quit-missing");
  EXPECT_EQ(left("\nC: HELLO\nS: 260 OK\nC: DATA\n", {done}), "");
}

// Whoever gives up says so, or ends with another status; then something else is wrong.
TEST(Repetition, OfAClientThatGivesUpSuggestsNothing) {
  const std::string one = kTwoMessages + message(1) + "C: PASS\nS: 260 OK\nC: QUIT\n";
  const Event done{.kind = EventKind::kExited, .exit = ExitStatus{}};
  const Event failed{.kind = EventKind::kExited, .exit = ExitStatus{.value = 1}};
  const Event complaint{.kind = EventKind::kErrors, .bytes = "expected 260 OK"};
  for (const std::vector<Event>& events :
       {std::vector<Event>{}, std::vector{failed}, std::vector{done, complaint}}) {
    EXPECT_EQ(suggested_id(Role::kClient, one, FailureCode::kClosedEarly, events), "");
  }
}

}  // namespace
}  // namespace chatspec
