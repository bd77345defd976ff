#include "harness/judge/faults/fault_judge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/judge/judge.h"

namespace chatspec {
namespace {

constexpr std::string_view kTraceback =
    "Traceback (most recent call last):\n"
    "  File \"server.py\", line 3, in go\n"
    "IndexError: list index out of range\n";
constexpr std::string_view kReset =
    "Traceback (most recent call last):\n"
    "  File \"server.py\", line 3, in go\n"
    "ConnectionResetError: [Errno 104] Connection reset by peer\n";
constexpr std::string_view kOverflow =
    "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\n"
    "    #0 0x5 in go server.c:7\n";
constexpr std::string_view kThread =
    "Exception in thread \"Thread-0\" java.lang.Error: x\n\tat S.go(S.java:1)\n";

Step send(std::string bytes) {
  return {.action = Action::kSend,
          .shown = {},
          .bytes = std::move(bytes),
          .cuts = {},
          .alternatives = {}};
}
Step act(Action action) {
  return {.action = action, .shown = {}, .bytes = {}, .cuts = {}, .alternatives = {}};
}
Step expect(Expectation expectation) {
  return {.action = Action::kExpect,
          .shown = {},
          .bytes = {},
          .cuts = {},
          .alternatives = {std::move(expectation)}};
}
Expectation close_expected() {
  return {.kind = ItemKind::kClose, .bytes = {}, .requirement = {}};
}

// C: `sent`, S: <close>
Script script_of(std::string sent) {
  Script script;
  script.profile = *chat::find_profile("line");
  script.steps = {send(std::move(sent)), expect(close_expected())};
  return script;
}

// Everything went as written; the program ended with `exit`, if any.
std::vector<Event> events_of(std::string sent, std::string_view errors,
                             std::optional<ExitStatus> exit) {
  std::vector<Event> events{{.kind = EventKind::kStarted},
                            {.kind = EventKind::kConnected, .connection = 1},
                            {.kind = EventKind::kSent, .connection = 1, .bytes = std::move(sent)},
                            {.kind = EventKind::kEndOfStream, .step = 1, .connection = 1}};
  if (exit) events.push_back({.kind = EventKind::kExited, .step = 2, .exit = exit});
  events.push_back({.kind = EventKind::kErrors, .step = 2, .bytes = std::string(errors)});
  return events;
}

// "VERDICT CODE: MESSAGE"
std::string judged(const Script& script, const std::vector<Event>& events,
                   chat::Level level = chat::Level::kMust) {
  Transcript transcript;
  for (const Event& event : events) transcript.append(event);
  const Judgement judgement = judge(script, level, transcript);
  std::string text(to_string(judgement.verdict));
  for (const Finding& one : judgement.deviations) {
    text += fmt::format(" {} {}", one.requirement, to_string(one.code));
  }
  if (judgement.failure) {
    text += fmt::format(" {}: {}", to_string(judgement.failure->code), judgement.failure->message);
    const Cause& cause = judgement.failure->cause;
    if (cause.is_known()) text += ", because " + cause.sentence;
  }
  return text;
}

constexpr ExitStatus exit_of(int status) {
  return {.by_signal = false, .value = status};
}

TEST(FaultJudge, AnOrdinaryConversationDoesNotExcuseAFault) {
  const auto told = [](std::string_view errors, std::optional<ExitStatus> exit) {
    return judged(script_of("HELLO\nQUIT\n"), events_of("HELLO\nQUIT\n", errors, exit));
  };
  EXPECT_EQ(told("bye\n", exit_of(0)), "pass");
  EXPECT_EQ(told(kTraceback, exit_of(1)),
            "crash uncaught-exception: it died of an exception that nothing caught: "
            "\"IndexError: list index out of range\" (server.py:3, in go)");
  EXPECT_EQ(told(kThread, std::nullopt),
            "fail thread-exception: one of its threads, tasks or requests ended by an exception "
            "that nothing caught: \"java.lang.Error: x\" (S.java:1, in S.go)");
  EXPECT_EQ(told(kOverflow, exit_of(1)),
            "crash sanitizer-abort: a sanitizer found an error in it, and ended it: "
            "\"AddressSanitizer: heap-buffer-overflow\" (server.c:7, in go)");
  EXPECT_EQ(told("s.c:1:2: runtime error: overflow\n", std::nullopt),
            "fail sanitizer-report: a sanitizer or Valgrind found an error in it, and it went on: "
            "\"runtime error: overflow\" (s.c:1:2)");
  EXPECT_EQ(told("Segmentation fault\n", exit_of(0)),
            "crash child-killed: one of its processes was killed by a signal: "
            "\"Segmentation fault\"");
}

TEST(FaultJudge, ToGiveUpByAnExceptionDeviates) {
  const auto told = [](std::string_view errors, std::optional<ExitStatus> exit) {
    return judged(script_of("HULLO\n"), events_of("HULLO\n", errors, exit));
  };
  EXPECT_EQ(told("violation\n", exit_of(1)), "pass");
  EXPECT_EQ(told(kTraceback, exit_of(1)), "deviates STATE-6 uncaught-exception");
  EXPECT_EQ(told(kThread, std::nullopt), "deviates STATE-6 thread-exception");
  EXPECT_TRUE(told(kOverflow, exit_of(1)).starts_with("crash sanitizer-abort")) << "never good";
  EXPECT_EQ(judged(script_of("QUIT\n"), events_of("QUIT\n", kTraceback, exit_of(1))),
            "deviates STATE-6 uncaught-exception")
      << "a QUIT that may not come yet";
}

TEST(FaultJudge, WhichScenariosMakeAProgramGiveUpAndWhatSaysHow) {
  Script script = script_of("HELLO\n");
  script.steps.pop_back();
  EXPECT_EQ(find_reason_to_give_up(script), std::nullopt);
  for (const Action action : {Action::kClose, Action::kHalfClose, Action::kReset}) {
    Script ended = script;
    ended.steps.push_back(act(action));
    EXPECT_EQ(find_reason_to_give_up(ended), "END-2");
    Step quit = script.steps.front();
    quit.bytes = "QUIT\n";
    ended.steps.insert(ended.steps.begin() + 1, quit);
    EXPECT_EQ(find_reason_to_give_up(ended), std::nullopt);
    ended.steps.erase(ended.steps.begin());
    EXPECT_EQ(find_reason_to_give_up(ended), "END-2") << "a QUIT that may not come yet";
  }
  EXPECT_EQ(find_reason_to_give_up(script_of("HELLO\nQUIT\n")), std::nullopt);
  EXPECT_EQ(find_reason_to_give_up(script_of("HELLO\nDATA\nPASS\nQUIT\n")), "STATE-6")
      << "they are lines of a text";
  EXPECT_EQ(find_reason_to_give_up(script_of("HELLO\nDATA\nx\n.\nPASS\nQUIT\n")), std::nullopt);
  Script in_pieces = script_of("HELLO\nQU");
  in_pieces.steps.insert(in_pieces.steps.begin() + 1, send("IT\n"));
  EXPECT_EQ(find_reason_to_give_up(in_pieces), std::nullopt);
  EXPECT_EQ(find_reason_to_give_up(script_of("HULLO\n")), "STATE-6");
  Script complains = script_of("QUIT\n");
  complains.steps.push_back(expect({.kind = ItemKind::kComplains, .bytes = {}, .requirement = {}}));
  EXPECT_EQ(find_reason_to_give_up(complains), "STATE-6");
}

TEST(FaultJudge, AnExceptionOverAFileOrAnArgumentIsNoWayOfSayingWhatIsWrongWithIt) {
  Script script;
  script.role = Role::kServer;
  script.profile = *chat::find_profile("line");
  for (const ItemKind kind : {ItemKind::kNothing, ItemKind::kComplains}) {
    script.steps.push_back(expect({.kind = kind, .bytes = {}, .requirement = {}}));
  }
  const std::vector<Event> events{
      {.kind = EventKind::kStarted},
      {.kind = EventKind::kExited, .exit = exit_of(1)},
      {.kind = EventKind::kErrors, .step = 1, .bytes = std::string(kTraceback)}};
  EXPECT_EQ(judged(script, events), "deviates FILE-6 uncaught-exception");
  script.materials.arguments["port"] = "http";
  EXPECT_EQ(judged(script, events), "deviates CLI-3 uncaught-exception");
}

TEST(FaultJudge, ALostConnectionIsOursUnlessTheScenarioIsAboutThat) {
  EXPECT_EQ(judged(script_of("QUIT\n"), events_of("QUIT\n", kReset, exit_of(1))), "pass");
  Script resets = script_of("HELLO\n");
  resets.steps = {send("HELLO\n"), act(Action::kReset)};
  EXPECT_EQ(judged(resets, events_of("HELLO\n", kReset, exit_of(1))),
            "deviates END-2 uncaught-exception");
}

TEST(FaultJudge, WhatCameAfterWeEndedItIsNoEvidence) {
  std::vector<Event> events = events_of("QUIT\n", kTraceback, exit_of(1));
  events.back().evidence = 20;
  EXPECT_EQ(judged(script_of("QUIT\n"), events), "pass");
}

TEST(FaultJudge, WhatWeSentIsNoReport) {
  const std::string text = "Traceback (most recent call last):\nQUIT\n";
  Script script = script_of("QUIT\n");
  EXPECT_EQ(judged(script, events_of(text, kTraceback, exit_of(1))), "pass");
  script.materials.message_file = "18\nSegmentation fault\n";
  EXPECT_EQ(judged(script, events_of("QUIT\n", "Segmentation fault\n", exit_of(0))), "pass");
}

TEST(FaultJudge, AnotherProcessThatWasKilledIsACrashAtAnyLevel) {
  std::vector<Event> events = events_of("HULLO\n", "", std::nullopt);
  events.pop_back();
  events.push_back({.kind = EventKind::kDied,
                    .step = 2,
                    .bytes = "server",
                    .exit = ExitStatus{.by_signal = true, .value = 11}});
  events.push_back({.kind = EventKind::kErrors, .step = 2, .bytes = "Segmentation fault\n"});
  for (const chat::Level level : {chat::Level::kMust, chat::Level::kShould, chat::Level::kMay}) {
    EXPECT_EQ(judged(script_of("HULLO\n"), events, level),
              "crash child-killed: one of its processes (server) was killed by signal 11 "
              "(Segmentation fault)");
  }
}

TEST(FaultJudge, AShellsStatusForAProgramThatWasKilledIsACrash) {
  EXPECT_EQ(judged(script_of("QUIT\n"), events_of("QUIT\n", "", exit_of(139))),
            "crash child-killed: it ended with status 139, as a shell or another wrapper does "
            "when its program was killed by signal 11 (Segmentation fault)");
}

TEST(FaultJudge, ADeathOfTheFirstProcessIsToldWithItsReason) {
  EXPECT_EQ(judged(script_of("QUIT\n"), events_of("QUIT\n", "free(): invalid pointer\n",
                                                  ExitStatus{.by_signal = true, .value = 6})),
            "crash killed: it was killed by signal 6 (Aborted), because \"free(): invalid "
            "pointer\"");
}

TEST(FaultJudge, WhereSomethingElseFailedAnExceptionIsItsReason) {
  Script script = script_of("HELLO\n");
  script.steps.back() = expect({.kind = ItemKind::kUnit,
                                .subject = Subject::kReply,
                                .bytes = "260 OK\n",
                                .requirement = {}});
  EXPECT_EQ(judged(script, events_of("HELLO\n", kTraceback, exit_of(1))),
            "fail closed-early: it closed the connection too early: it ended with status 1, "
            "because it died of an exception that nothing caught: \"IndexError: list index out of "
            "range\" (server.py:3, in go)");
  EXPECT_EQ(judged(script, events_of("HELLO\n", kOverflow, exit_of(1))),
            "crash sanitizer-abort: a sanitizer found an error in it, and ended it: "
            "\"AddressSanitizer: heap-buffer-overflow\" (server.c:7, in go)");
}

}  // namespace
}  // namespace chatspec
