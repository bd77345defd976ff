// The verdict of a whole transcript. What an expectation makes of bytes is in matcher_test.cc, what
// is said of the program in program_judge_test.cc.

#include "harness/judge/judge.h"

#include <array>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

// C: HELLO, S: 260 OK, S: <close>
Script opening() {
  Script script;
  script.profile = *chat::find_profile("line");
  script.steps.push_back({.action = Action::kSend,
                          .shown = "HELLO",
                          .bytes = "HELLO\n",
                          .cuts = {},
                          .alternatives = {}});
  script.steps.push_back({.action = Action::kExpect,
                          .shown = "260 OK",
                          .bytes = {},
                          .cuts = {},
                          .alternatives = {{.kind = ItemKind::kUnit,
                                            .subject = Subject::kReply,
                                            .bytes = "260 OK\n",
                                            .requirement = {}}}});
  script.steps.push_back(
      {.action = Action::kExpect,
       .shown = "<close>",
       .bytes = {},
       .cuts = {},
       .alternatives = {{.kind = ItemKind::kClose, .bytes = {}, .requirement = {}}}});
  return script;
}

// "VERDICT CODE", or the verdict alone.
std::string judged(chat::Level level, const std::vector<Event>& events) {
  Transcript transcript;
  for (const Event& event : events) transcript.append(event);
  const Judgement judgement = judge(opening(), level, transcript);
  std::string text(to_string(judgement.verdict));
  if (judgement.failure) text += " " + std::string(to_string(judgement.failure->code));
  for (const Finding& one : judgement.deviations) text += " " + std::string(to_string(one.code));
  return text;
}

const Event kStart{.kind = EventKind::kStarted};
const Event kListening{.kind = EventKind::kListening, .bytes = "127.0.0.1:1"};
const Event kConnected{.kind = EventKind::kConnected, .connection = 1};
const Event kSent{.kind = EventKind::kSent, .connection = 1, .bytes = "HELLO\n"};
Event received(std::string bytes) {
  return {.kind = EventKind::kReceived, .step = 1, .connection = 1, .bytes = std::move(bytes)};
}
Event at(EventKind kind, std::size_t step) {
  return {.kind = kind, .step = step, .connection = 1, .bytes = "evidence"};
}
Event exited(bool by_signal, int value, std::size_t step) {
  return {.kind = EventKind::kExited,
          .step = step,
          .exit = ExitStatus{.by_signal = by_signal, .value = value}};
}

TEST(Judge, TheVerdictIsThatOfTheFirstThingThatIsWrong) {
  struct Row {
    std::string_view verdict;
    std::vector<Event> events;
  };
  const Event ok = received("260 OK\n");
  for (const Row& row : {
           Row{"pass", {kStart, kListening, kConnected, kSent, ok, at(EventKind::kEndOfStream, 2)}},
           Row{"deviates reset-at-end",
               {kStart, kListening, kConnected, kSent, ok, at(EventKind::kReset, 2)}},
           Row{"hang not-closed",
               {kStart, kListening, kConnected, kSent, ok, at(EventKind::kQuiet, 2)}},
           Row{"fail unexpected-data",
               {kStart, kListening, kConnected, kSent, ok, received("260 OK\n"),
                at(EventKind::kEndOfStream, 2)}},
           Row{"fail reply-text", {kStart, kListening, kConnected, kSent, received("260 Okay\n")}},
           Row{"fail wrong-reply", {kStart, kListening, kConnected, kSent, received("500 NO\n")}},
           Row{"hang no-answer", {kStart, kListening, kConnected, kSent, at(EventKind::kQuiet, 1)}},
           Row{"hang partial-answer",
               {kStart, kListening, kConnected, kSent, received("26"), at(EventKind::kQuiet, 1)}},
           Row{"fail closed-early",
               {kStart, kListening, kConnected, kSent, at(EventKind::kEndOfStream, 1)}},
           Row{"fail reset-early",
               {kStart, kListening, kConnected, kSent, at(EventKind::kReset, 1)}},
           Row{"crash killed",
               {kStart, kListening, kConnected, kSent, at(EventKind::kReset, 1),
                exited(true, 11, 3)}},
           Row{"fail exited-early", {kStart, exited(false, 1, 0)}},
           Row{"crash killed", {kStart, exited(true, 6, 0)}},
       }) {
    EXPECT_EQ(judged(chat::Level::kMust, row.events), row.verdict);
  }
}

TEST(Judge, WhoeverWasNotStartedByUsIsNotBlamedForNotListening) {
  EXPECT_EQ(judged(chat::Level::kMust, {kStart, at(EventKind::kQuiet, 0)}), "hang never-listened");
  EXPECT_EQ(judged(chat::Level::kMust, {kStart, kListening, at(EventKind::kQuiet, 0)}),
            "fail refused");
  EXPECT_EQ(judged(chat::Level::kMust, {at(EventKind::kQuiet, 0)}), "fail refused");
}

TEST(Judge, WhatIsNoMustIsWeighedLessUnlessTheProgramDied) {
  const std::vector<Event> wrong{kStart, kListening, kConnected, kSent, received("500 NO\n")};
  const std::vector<Event> dead{
      kStart, kListening, kConnected, kSent, at(EventKind::kEndOfStream, 1), exited(true, 11, 3)};
  EXPECT_EQ(judged(chat::Level::kShould, wrong), "deviates wrong-reply");
  EXPECT_EQ(judged(chat::Level::kMay, wrong), "skipped wrong-reply");
  EXPECT_EQ(judged(chat::Level::kShould, dead), "crash killed");
  EXPECT_EQ(judged(chat::Level::kMay, dead), "crash killed");
}

// What cannot be seen is not evidence.
TEST(Judge, BlamesNobodyForAHangWhereItIsUnknownWhatKeepsTheProgram) {
  Event unknown = at(EventKind::kQuiet, 1);
  unknown.grade = QuietGrade::kUnknown;
  Event not_listening = unknown;
  not_listening.step = 0;
  const Event wrong = received("500 NO\n");
  EXPECT_EQ(judged(chat::Level::kMust, {kStart, kListening, kConnected, kSent, unknown}), "error");
  EXPECT_EQ(judged(chat::Level::kMay, {kStart, kListening, kConnected, kSent, unknown}), "error");
  EXPECT_EQ(judged(chat::Level::kMust, {kStart, not_listening}), "error");
  EXPECT_EQ(judged(chat::Level::kMust, {kStart, kListening, kConnected, kSent, wrong, unknown}),
            "fail wrong-reply");
  EXPECT_EQ(judged(chat::Level::kMust,
                   {kStart, kListening, kConnected, kSent, unknown, exited(true, 11, 3)}),
            "crash killed");
}

TEST(Judge, OurOwnTroubleIsNeverItsFault) {
  const std::vector<Event> events{
      kStart, kListening,           kConnected,
      kSent,  received("500 NO\n"), {.kind = EventKind::kTrouble, .bytes = "no memory"}};
  EXPECT_EQ(judged(chat::Level::kMust, events), "error");
}

// One may come from a log, and be of another script or of nobody's making.
TEST(Judge, HasAWordForWhateverEventsFollowEachOther) {
  constexpr std::array<std::string_view, 6> kBytes{"",   "260 OK\n", "26",
                                                   "\n", "500 NO\n", "Traceback (most recent"};
  std::mt19937 random(1);  // the same in each run
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random()) % end; };
  std::set<Verdict> seen;
  for (int i = 0; i < 5000; ++i) {
    Transcript transcript;
    const std::size_t events = below(8);
    for (std::size_t k = 0; k < events; ++k) {
      Event event{.kind = static_cast<EventKind>(below(20))};
      event.step = below(5);
      event.connection = static_cast<int>(below(4)) - 1;
      event.bytes = kBytes[below(kBytes.size())];
      event.grade = static_cast<QuietGrade>(below(5));
      if (below(2) == 0)
        event.exit = ExitStatus{.by_signal = below(2) == 0, .value = static_cast<int>(below(200))};
      event.evidence = below(40);
      transcript.append(std::move(event));
    }
    const Judgement judgement =
        judge(opening(), static_cast<chat::Level>(below(3)), transcript,
              {.served_last = below(2) == 0 ? "a/b" : "", .is_gone = below(2) == 0});
    seen.insert(judgement.verdict);
    EXPECT_EQ(judgement.verdict == Verdict::kSkipped, judgement.skip.has_value());
    EXPECT_TRUE(judgement.trouble.empty() || judgement.verdict == Verdict::kError);
    EXPECT_TRUE(judgement.failure || !is_failure(judgement.verdict));
  }
  EXPECT_GE(seen.size(), 5U) << "they are too much alike";
}

// A hint, and only where nothing else is known of its end.
TEST(Judge, WhoeverEndsWithoutAWordIsAskedAboutItsStandardInput) {
  const auto cause = [](const std::vector<Event>& events) {
    Transcript transcript;
    for (const Event& event : events) transcript.append(event);
    return judge(opening(), chat::Level::kMust, transcript).failure->cause.id;
  };
  const Event reset = at(EventKind::kReset, 1);
  const Event python{.kind = EventKind::kErrors, .bytes = "EOFError: EOF when reading a line\n"};
  const Event other{.kind = EventKind::kErrors, .bytes = "usage: server PORT KEYS\n"};
  Event busy = at(EventKind::kQuiet, 0);
  busy.grade = QuietGrade::kBusy;
  EXPECT_NE(cause({kStart, exited(false, 0, 0)}), "");
  EXPECT_NE(cause({kStart, exited(false, 1, 0), python}), "");
  EXPECT_NE(cause({kStart, kListening, kConnected, kSent, reset, exited(false, 0, 2)}), "");
  EXPECT_NE(cause({kStart, busy}), "");
  for (const QuietGrade grade : {QuietGrade::kProven, QuietGrade::kDeadline}) {
    busy.grade = grade;
    EXPECT_EQ(cause({kStart, busy}), "");
  }
  EXPECT_EQ(cause({kStart, exited(false, 1, 0), other}), "");
  EXPECT_EQ(
      cause({kStart, kListening, kConnected, kSent, received("260"), reset, exited(false, 0, 2)}),
      "");
}

TEST(Judge, ExplainsAPartOfAnAnswerOnlyWhereItIsKnownThatNoMoreComes) {
  using enum QuietGrade;
  for (const QuietGrade grade : {kProven, kSettled, kBusy, kDeadline, kUnknown}) {
    Event quiet = at(EventKind::kQuiet, 1);
    quiet.grade = grade;
    Transcript transcript;
    for (const Event& event : {kStart, kListening, kConnected, kSent, received("260 O"), quiet})
      transcript.append(event);
    const Judgement judgement = judge(opening(), chat::Level::kMust, transcript);
    const bool is_known = grade == kProven || grade == kSettled;
    if (judgement.failure) {
      EXPECT_EQ(judgement.failure->cause.id, is_known ? "cut-off" : "");
    } else {
      EXPECT_EQ(grade, kUnknown);
    }
  }
}

TEST(Judge, TellsWhatWasDueWhatCameAndWhereTheyDiffer) {
  Script script = opening();
  script.steps[1].line = 12;
  Transcript transcript;
  for (const Event& event : {kStart, kListening, kConnected, kSent, received("260 OKAY\n")})
    transcript.append(event);
  const Judgement judgement = judge(script, chat::Level::kMust, transcript);
  ASSERT_TRUE(judgement.failure);
  EXPECT_EQ(judgement.failure->scenario_line, 12U);
  EXPECT_EQ(judgement.failure->expected_bytes, "260 OK\n");
  EXPECT_EQ(judgement.failure->received, "260 OKAY\n");
  EXPECT_EQ(judgement.failure->offset, 6U);
  EXPECT_EQ(judgement.failure->cause.id, "surplus-behind");
  EXPECT_FALSE(judgement.failure->evidence);
}

TEST(Judge, TellsOnWhatAFindingOfSilenceRests) {
  Transcript transcript;
  Event quiet = at(EventKind::kQuiet, 1);
  quiet.grade = QuietGrade::kProven;
  quiet.last_seen = {.activity = Activity::kReading, .system_call = "recv", .bytes_read = 6};
  for (const Event& event : {kStart, kListening, kConnected, kSent, quiet})
    transcript.append(event);
  const Judgement judgement = judge(opening(), chat::Level::kMust, transcript);
  ASSERT_TRUE(judgement.failure && judgement.failure->evidence);
  EXPECT_EQ(judgement.failure->evidence->grade, QuietGrade::kProven);
  EXPECT_EQ(judgement.failure->evidence->last_seen, quiet.last_seen);
  EXPECT_EQ(judgement.failure->evidence->connection, 1);
  EXPECT_EQ(judgement.failure->evidence->sentence, "evidence");
  EXPECT_EQ(judgement.failure->expected_bytes, "260 OK\n");
  EXPECT_EQ(judgement.failure->offset, std::nullopt) << "nothing came that could differ";
}

TEST(Judge, SkipsForAReasonThatIsData) {
  const auto skip = [](chat::Level level, const std::vector<Event>& events) {
    Transcript transcript;
    for (const Event& event : events) transcript.append(event);
    return judge(opening(), level, transcript).skip.value().kind;
  };
  const Event wrong = received("500 NO\n");
  EXPECT_EQ(skip(chat::Level::kMay, {kStart, kListening, kConnected, kSent, wrong}),
            SkipKind::kOptional);
  EXPECT_EQ(skip(chat::Level::kMust, {kStart, at(EventKind::kInterrupted, 0)}),
            SkipKind::kInterrupted);
  for (const auto& row : kSkipKinds) EXPECT_EQ(parse_skip_kind(to_string(row.value)), row.value);
  EXPECT_EQ(parse_skip_kind("tired"), std::nullopt);
}

// By role and delivery, the requirement that a failure is told with, and the sentence about it.
TEST(Judge, WhatDependsOnHowBytesAreCutIsAMatterOfStreams) {
  struct Row {
    Role role;
    Circumstances circumstances;
    std::string_view requirement, sentence;
  };
  const Cut cut{.step = 0, .place = 2};
  for (const Row& row : {
           Row{Role::kServer, {}, "", ""},
           Row{Role::kServer, {.segmentation = Segmentation::kBytes}, "", ""},
           Row{Role::kServer,
               {.segmentation = Segmentation::kBytes, .otherwise = Verdict::kPass},
               "STREAM-1",
               "pass unit by unit, fail byte by byte"},
           Row{Role::kServer,
               {.segmentation = Segmentation::kBytes, .otherwise = Verdict::kFail},
               "",
               ""},
           Row{Role::kServer,
               {.segmentation = Segmentation::kJoined, .otherwise = Verdict::kDeviates},
               "STREAM-2",
               "deviates unit by unit, fail in one segment"},
           Row{Role::kServer,
               {.segmentation = Segmentation::kCuts, .otherwise = Verdict::kPass},
               "STREAM-2",
               "pass unit by unit, fail whole"},
           Row{Role::kServer,
               {.segmentation = Segmentation::kCuts, .cut = cut, .otherwise = Verdict::kPass},
               "STREAM-1",
               "pass whole, fail cut after byte 2 of \"HELLO\\n\""},
           Row{Role::kClient,
               {.segmentation = Segmentation::kCuts, .cut = cut, .otherwise = Verdict::kPass},
               "STREAM-3",
               "pass whole, fail cut after byte 2 of \"HELLO\\n\""},
       }) {
    Script script = opening();
    script.role = row.role;
    Transcript transcript;
    for (const Event& event : {kStart, kListening, kConnected, kSent, received("500 NO\n")})
      transcript.append(event);
    const Judgement judgement = judge(script, chat::Level::kMust, transcript, row.circumstances);
    EXPECT_EQ(judgement.verdict, Verdict::kFail);
    EXPECT_EQ(judgement.failure->requirement, row.requirement);
    EXPECT_EQ(judgement.delivery ? judgement.delivery->sentence : "", row.sentence);
    EXPECT_TRUE(!judgement.delivery || judgement.delivery->cut == row.circumstances.cut);
  }
}

// LIFE-2. Whoever answered was there.
TEST(Judge, WhatComesAfterAServerHasGoneSaysNothingOfIt) {
  const auto judged = [](const std::vector<Event>& events, const Circumstances& circumstances) {
    Transcript transcript;
    for (const Event& event : events) transcript.append(event);
    const Judgement judgement = judge(opening(), chat::Level::kMust, transcript, circumstances);
    std::string text(to_string(judgement.verdict));
    if (judgement.failure) text += fmt::format(" {}", to_string(judgement.failure->code));
    if (judgement.skip)
      text += fmt::format(" {} {}", to_string(judgement.skip->kind), judgement.skip->case_id);
    return text;
  };
  const std::vector<Event> refused{at(EventKind::kQuiet, 0)};
  const std::vector<Event> reset{kConnected, kSent, at(EventKind::kReset, 1)};
  const std::vector<Event> answered{kConnected, kSent, received("500 NO\n")};
  const std::vector<Event> good{kConnected, kSent, received("260 OK\n"),
                                at(EventKind::kEndOfStream, 2)};
  const Circumstances served{.served_last = "a/b"};
  const Circumstances gone{.served_last = "a/b", .is_gone = true};
  EXPECT_EQ(judged(refused, {}), "fail refused");
  EXPECT_EQ(judged(refused, served), "skipped server-gone a/b");
  EXPECT_EQ(judged(reset, {}), "fail reset-early");
  EXPECT_EQ(judged(reset, served), "fail reset-early");
  EXPECT_EQ(judged(reset, gone), "skipped server-gone a/b");
  EXPECT_EQ(judged(answered, gone), "fail wrong-reply");
  EXPECT_EQ(judged(good, gone), "pass");
}

// What lies beyond what is kept of it is not missing.
TEST(Judge, WhetherALineIsMissingIsNotKnownWhereNotAllOutputWasKept) {
  Script script = opening();
  script.steps.push_back(
      {.action = Action::kExpect,
       .shown = "<prints \"served\">",
       .bytes = {},
       .cuts = {},
       .alternatives = {
           {.kind = ItemKind::kPrints, .bytes = {}, .pattern = {{"served"}}, .requirement = {}}}});
  const auto verdict = [&](std::string output, bool truncated, int signal) {
    Transcript transcript;
    for (const Event& event : {kStart, kListening, kConnected, kSent, received("260 OK\n"),
                               at(EventKind::kEndOfStream, 2), exited(signal != 0, signal, 3)}) {
      transcript.append(event);
    }
    transcript.append({.kind = EventKind::kOutput,
                       .step = 3,
                       .bytes = std::move(output),
                       .truncated = truncated});
    return judge(script, chat::Level::kMust, transcript).verdict;
  };
  EXPECT_EQ(verdict("served\n", true, 0), Verdict::kPass);
  EXPECT_EQ(verdict("other\n", true, 0), Verdict::kSkipped);
  EXPECT_EQ(verdict("other\n", false, 0), Verdict::kFail);
  EXPECT_EQ(verdict("other\n", true, 11), Verdict::kCrash);
}

}  // namespace
}  // namespace chatspec
