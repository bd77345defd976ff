// What the protocol has a client do, and what it leaves open.

#include "harness/explore/protocol/reference_client.h"

#include <gtest/gtest.h>

#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/protocol/planned_client_conversation.h"

namespace chatspec {
namespace {

const chat::Profile& line() {
  return *chat::find_profile("line");
}

const std::vector<std::string>& file_signatures() {
  static const std::vector<std::string> signatures = make_said_signatures(line());
  return signatures;
}

std::string file_signature(std::size_t number) {
  return file_signatures()[number - 1] + "\n";
}

Said tells(std::string bytes, SaidEnd end = SaidEnd::kNone) {
  if (bytes.empty()) return {.end = end};
  return {.segments = {std::move(bytes)}, .end = end};
}

PlannedConversation plan(std::vector<Said> steps, std::vector<std::string> messages = {"a", "b"}) {
  return plan_client_conversation(line(), file_signatures(),
                                  {.steps = std::move(steps), .messages = std::move(messages)});
}

struct OpenToClient {
  std::string name;
  std::vector<Said> steps;
  std::string came;  // in answer to the last
  bool is_allowed;
};

class OpenAnswersOfClients : public ::testing::TestWithParam<OpenToClient> {};

TEST_P(OpenAnswersOfClients, AreAllowedWhereTheProtocolLeavesThemOpen) {
  const auto planned = plan(GetParam().steps);
  ASSERT_EQ(planned.steps.size(), GetParam().steps.size() + 1);
  EXPECT_EQ(planned.steps.back().next.expected.allows(GetParam().came), GetParam().is_allowed)
      << planned.steps.back().next.expected.answer;
}

const Said kAnnouncement = tells("270 SIG\n");

INSTANTIATE_TEST_SUITE_P(
    All, OpenAnswersOfClients,
    ::testing::Values(
        OpenToClient{"text", {tells("260 OK\n")}, "DATA, text right", true},
        OpenToClient{"wrong_text", {tells("260 OK\n")}, "DATA, text wrong", false},
        OpenToClient{"crlf", {tells("260 OK\r\n")}, "DATA, text right", true},
        OpenToClient{"wrong_code", {tells("261 OK\n")}, "closed", true},
        OpenToClient{"wrong_code_ignored", {tells("261 OK\n")}, "DATA, text right", false},
        OpenToClient{"more_digits", {tells("2600 OK\n")}, "DATA, text right", false},
        OpenToClient{"code_behind", {tells("OK 260\n")}, "DATA, text right", false},
        OpenToClient{"other_words", {tells("260 Okay\n")}, "DATA, text right", true},
        OpenToClient{"other_words_refused", {tells("260 Okay\n")}, "closed", true},
        OpenToClient{"blank_before", {tells(" 260 OK\n")}, "DATA, text right", true},
        OpenToClient{
            "signal_even_there", {tells("260 Okay\n")}, "signal 11 (SEGV), crashed", false},
        OpenToClient{"exception", {tells("500 No\n")}, "exception, crashed", true},
        OpenToClient{"exception_all_is_well", {tells("260 OK\n")}, "exception, crashed", false},
        OpenToClient{"half_a_reply", {tells("26")}, "nothing", true},
        OpenToClient{"half_a_reply_taken", {tells("26")}, "DATA, text right", false},
        OpenToClient{"half_a_reply_refused", {tells("26")}, "closed", false},
        OpenToClient{"no_reply_any_more", {tells("5")}, "closed", true},
        OpenToClient{"waits_for_its_end", {tells("5")}, "nothing", true},
        OpenToClient{"too_early", {tells("260 OK\n270 SIG\n")}, "closed", true},
        OpenToClient{"too_early_taken", {tells("260 OK\n270 SIG\n")}, "DATA, text right", true},
        OpenToClient{"waits_for_signature", {tells("260 OK\n"), kAnnouncement}, "nothing", true},
        OpenToClient{"does_not_wait", {tells("260 OK\n"), kAnnouncement}, "FAIL", false},
        OpenToClient{
            "right", {tells("260 OK\n"), tells("270 SIG\n" + file_signature(1))}, "PASS", true},
        OpenToClient{"right_refused",
                     {tells("260 OK\n"), tells("270 SIG\n" + file_signature(1))},
                     "FAIL",
                     false},
        OpenToClient{"of_another",
                     {tells("260 OK\n"), tells("270 SIG\n" + file_signature(2))},
                     "FAIL",
                     true},
        OpenToClient{"of_another_taken",
                     {tells("260 OK\n"), tells("270 SIG\n" + file_signature(2))},
                     "PASS",
                     false},
        OpenToClient{"of_another_closes",
                     {tells("260 OK\n"), tells("270 SIG\n" + file_signature(2))},
                     "closed",
                     false},
        OpenToClient{"none", {tells("260 OK\n"), kAnnouncement, tells("none\n")}, "FAIL", true},
        OpenToClient{
            "none_closes", {tells("260 OK\n"), kAnnouncement, tells("none\n")}, "closed", true},
        OpenToClient{
            "none_taken", {tells("260 OK\n"), kAnnouncement, tells("none\n")}, "PASS", false},
        OpenToClient{"no_end_of_it",
                     {tells("260 OK\n"), kAnnouncement, tells(std::string(9000, 'x') + "\n")},
                     "FAIL",
                     true},
        OpenToClient{"end", {tells("", SaidEnd::kHalfClose)}, "closed", true},
        OpenToClient{"end_not_noticed", {tells("", SaidEnd::kHalfClose)}, "not closed", false},
        OpenToClient{
            "end_never_ends", {tells("", SaidEnd::kHalfClose)}, "closed, does not end", false},
        OpenToClient{"end_behind_half",
                     {tells("26", SaidEnd::kHalfClose)},
                     "DATA, text right, closed",
                     false},
        OpenToClient{"end_behind_whole", {tells("260 OK", SaidEnd::kHalfClose)}, "closed", true},
        OpenToClient{"end_behind_whole_taken",
                     {tells("260 OK", SaidEnd::kHalfClose)},
                     "DATA, text right, closed",
                     true},
        OpenToClient{"end_with_reply", {tells("260 OK\n", SaidEnd::kHalfClose)}, "closed", true},
        OpenToClient{"end_with_reply_left_open",
                     {tells("260 OK\n", SaidEnd::kHalfClose)},
                     "DATA, text right, not closed",
                     false},
        OpenToClient{"closed", {tells("", SaidEnd::kClose)}, "closed", true},
        OpenToClient{
            "closed_runs_on", {tells("", SaidEnd::kClose)}, "closed, does not end", false}),
    [](const auto& one) { return one.param.name; });

TEST(ReferenceClients, BeginByThemselvesAndSayEachMessage) {
  const auto planned =
      plan({tells("260 OK\n"), tells("270 SIG\n" + file_signature(1)), tells("260 OK\n"),
            tells("270 SIG\n" + file_signature(1)), tells("260 OK\n"), tells("260 OK\n")});
  std::vector<std::string> answers;
  for (const PlannedStep& step : planned.steps) answers.push_back(step.next.expected.answer);
  EXPECT_EQ(answers, (std::vector<std::string>{"HELLO", "DATA, text right", "PASS",
                                               "DATA, text right", "FAIL", "QUIT, closed"}))
      << "and the last step is left out";
  EXPECT_EQ(planned.steps[2].due, "the answer to a text");
  EXPECT_EQ(plan_client_conversation(line(), file_signatures(), planned.said).said, planned.said);
}

TEST(ReferenceClients, NameWhatAnAnswerRestsOn) {
  const auto first = [&](std::vector<Said> steps, std::string message = "a") {
    const auto planned = plan(std::move(steps), {std::move(message)});
    return find_client_requirements(line(), file_signatures(), planned.said).front();
  };
  EXPECT_EQ(first({}), "HELLO-1");
  EXPECT_EQ(first({tells("260 OK\n")}), "DATA-1");
  EXPECT_EQ(first({tells("260 OK\n")}, "a.b"), "ESC-1");
  EXPECT_EQ(first({tells("260 OK\n")}, ""), "DATA-6");
  EXPECT_EQ(first({tells("260 OK\n")}, "a\n\nb"), "DATA-5");
  EXPECT_EQ(first({tells("260 OK\n")}, "\xff."), "BYTE-1");
  EXPECT_EQ(first({tells("260 OK\n")}, std::string(2000, 'x')), "LIMIT-1");
  EXPECT_EQ(first({tells("260 OK\r\n")}), "FRAME-2");
  EXPECT_EQ(first({{.segments = {"260", " OK\n"}}}), "STREAM-3");
  EXPECT_EQ(first({tells("26")}), "STREAM-3");
  EXPECT_EQ(first({tells("500 No\n")}), "STATE-5");
  EXPECT_EQ(first({tells("", SaidEnd::kHalfClose)}), "END-2");
  EXPECT_EQ(first({tells("260 OK\n"), tells("270 SIG\n" + file_signature(1))}), "STREAM-3");
  EXPECT_EQ(first({tells("260 OK\n"), kAnnouncement, tells(file_signature(1))}), "VERDICT-1");
  EXPECT_EQ(first({tells("260 OK\n"), kAnnouncement, tells(file_signature(1)), tells("260 OK\n")}),
            "QUIT-1");
}

}  // namespace
}  // namespace chatspec
