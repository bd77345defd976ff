#include <gtest/gtest.h>

#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

using namespace std::string_literals;

Script script_of_lines(Role role, std::string_view lines) {
  const std::string source = "scenario  t\ncovers    FRAME-3\nrole      " +
                             std::string(to_string(role)) + "\nmessage   \"hi there\"\n\n" +
                             std::string(lines);
  Scenario scenario;
  EXPECT_EQ(check_source(source, "t", scenario), "");
  return make_script(scenario, "t", {.role = role, .profile = *chat::find_profile("line")});
}

// What a server is asked, and what a client, up to some point.
constexpr std::string_view kGreeted = "C: HELLO\nS: 260 OK\n";
constexpr std::string_view kText = "C: DATA\nC: <message 1>\nC: .\n";
constexpr std::string_view kSigned = "S: 270 SIG\nS: <signature 1>\n";

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

struct UnitRow {
  std::string lines;     // of a scenario
  std::size_t step;      // the one at which something else came
  std::string received;  // in its place
  std::string_view cause;
};

void expect_causes(Role role, const std::vector<UnitRow>& rows) {
  for (const UnitRow& row : rows) {
    const Script script = script_of_lines(role, row.lines);
    ASSERT_LT(row.step, script.steps.size()) << row.lines;
    const Step& step = script.steps[row.step];
    ASSERT_EQ(step.action, Action::kExpect) << row.lines << step.shown;
    const Cause cause = diagnose_unit(script, row.step, step.alternatives.front(), {row.received});
    EXPECT_EQ(cause.id, row.cause) << chat::quote(row.received) << ": " << cause.sentence;
  }
}

TEST(UnitMistakes, OfTheWayInWhichAUnitIsWrittenAreRecognised) {
  const std::string hello(kGreeted);
  expect_causes(Role::kServer,
                {
                    {hello, 1, "260 OK\r\n", "other-line-end"},
                    {hello, 1, "260 OK", "other-line-end"},
                    {hello, 1, "\r\n260 OK\n", "line-end-in-front"},
                    {hello, 1, "\0"s + "260 OK\n", "nul-in-front"},
                    {hello, 1, "260 OK\0\n"s, "nul-behind"},
                    {hello, 1, "260 OK\0\0\0"s, "nul-behind"},
                    {hello, 1, "\0\x06"s + "260 OK", "length-in-front"},
                    {hello, 1, "\0\0\0\x07"s + "260 OK\n", "length-in-front"},
                    {hello, 1, "\x07\0\0\0"s + "260 OK\n", "length-in-front"},
                    {hello, 1, "\0\x16"s + "260 OK", "nul-in-front"},  // which is not its length
                    {hello, 1, "\xac\xed\0\x05t\0\x06"s + "260 OK", "sent-as-java-object"},
                    {hello, 1, "2\0006\0000\0 \0O\0K\0\n\0"s, "sent-as-utf-16"},
                    {hello, 1, "\xff\xfe"s + "2\0006\0000\0 \0O\0K\0\n\0"s, "sent-as-utf-16"},
                    {hello, 1, "\0002\0006\0000\0 \0O\0K\0\n"s, "sent-as-utf-16"},
                    {hello, 1, "\xef\xbb\xbf" + "260 OK\n"s, "byte-order-mark"},
                    {hello, 1, "260 ok\n", "letter-case"},
                    {hello, 1, "b'260 OK'\n", "in-quotes"},
                    {hello, 1, "\"260 OK\\n\"", "in-quotes"},
                    {hello, 1, "260 OK\\n", "line-end-spelt-out"},
                    {hello, 1, "260 OK\\r\\n", "line-end-spelt-out"},
                    {hello, 1, "260 OK \n", "other-blanks"},
                    {hello, 1, "260OK\n", "other-blanks"},
                    {hello, 1, "260 O", "cut-off"},
                    {hello, 1, "260 OK and more\n", "surplus-behind"},
                    {hello, 1, "server: 260 OK\n", "surplus-in-front"},
                    {hello, 1, "nonsense\n", ""},
                    {hello, 1, "250", ""},
                });
}

TEST(UnitMistakes, OfARepliesWordsAreRecognised) {
  const std::string hello(kGreeted);
  const std::string text = joined({kGreeted, kText, kSigned});
  expect_causes(
      Role::kServer,
      {
          {hello, 1, "260 Okay\n", "other-reply-text"},
          {hello, 1, "260\n", "reply-without-text"},
          {hello, 1, "200 OK\n", "other-reply-code"},
          {hello, 1, "HELLO\n", "echoed"},
          {text, 4, "270 SIG ab\n", "signature-behind-reply"},
          {text, 4, std::string(64, 'a') + "\n", "announcement-missing"},
          {text, 4, "260 OK\n", "reply-sent-twice"},
          {text, 5, "270 SIG\n", "reply-sent-twice"},
          {text, 5, "260 OK\n", "signature-missing"},
          {text + "C: PASS\nS: 260 OK\n", 7, std::string(64, 'a') + "\n", "signature-sent-twice"},
          {text + "C: PASS\nS: 260 OK\n", 7, "270 SIG\n", "signature-announced-early"},
      });
}

TEST(UnitMistakes, OfAServerThatShouldBeSilentOrCloseAreRecognised) {
  const std::string waits = "S: <silence>\nC: HELLO\nS: 260 OK\n";
  const std::string twice = joined({kGreeted, "S: <silence>\n"});
  const std::string data = joined({kGreeted, "C: DATA\nS: <silence>\n"});
  const std::string quit = joined({kGreeted, "C: QUIT\nS: <close>\n"});
  const std::string line = joined({kGreeted, "C: DATA\nC: one\nS: <silence>\n"});
  expect_causes(Role::kServer, {
                                   {waits, 0, "220 Welcome\n", "greeting"},
                                   {waits, 0, "260 OK\n", "reply-before-command"},
                                   {twice, 2, "260 OK\n", "reply-sent-twice"},
                                   {twice, 2, "\0"s, "nul-in-front"},
                                   {twice, 2, "hello\n", ""},
                                   {data, 3, "354 go on\n", "reply-to-data"},
                                   {data, 3, "270 SIG\n", "signature-before-text"},
                                   {line, 4, "270 SIG\n", "signature-announced-early"},
                                   {quit, 3, "221 Bye\n", "reply-to-quit"},
                                   {"C: HELO\nS: <close>\n", 1, "500 ERR\n", "violation-answered"},
                               });
}

TEST(UnitMistakes, OfAClientAreRecognised) {
  const std::string text = joined({kGreeted, kText});
  const std::string verdict = joined({kGreeted, kText, kSigned, "C: PASS\nS: 260 OK\nC: QUIT\n"});
  expect_causes(Role::kClient, {
                                   {text, 0, "DATA\n", "hello-missing"},
                                   {text, 0, "HELLO \n", "other-blanks"},
                                   {text, 2, "DATAhi there\n", "next-in-same-line"},
                                   {text, 2, "DATA hi there\n", "next-in-same-line"},
                                   {text, 2, "DATA some\n", "surplus-behind"},
                                   {text, 2, "QUIT\n", "message-left-out"},
                                   {text, 2, "HELLO\n", "command-sent-twice"},
                                   {text, 2, "260 OK\n", "echoed"},
                                   {verdict, 7, "FAIL\n", "signature-compared-too-strictly"},
                                   {verdict, 7, "QUIT\n", "verdict-missing"},
                                   {verdict, 9, "DATA\n", "message-too-many"},
                                   {verdict, 9, "PASS\n", "verdict-sent-twice"},
                                   {"C: HELLO\nC: <silence>\nS: 260 OK\nC: DATA\n", 1, "DATA\n",
                                    "reply-not-awaited"},
                                   {"C: HELLO\nC: <silence>\nS: 260 OK\nC: DATA\n", 1, "x\n", ""},
                               });
}

// What had come before the last unit was sent does not answer it.
TEST(UnitMistakes, AreToldByWhenWhatCameCame) {
  struct Row {
    Role role;
    std::string lines;
    std::string received;
    std::size_t sent_before;
    std::string_view sentence;
  };
  const std::string failed =
      joined({kGreeted, kText, kSigned, "C: FAIL\nS: 500 Go away\nC: <close>\n"});
  const std::size_t signature = std::string_view("260 OK\n270 SIG\n").size() + 65;
  for (const Row& row : {
           Row{Role::kClient, failed, "DATA\n", signature + 1,
               "`500 Go away` is answered like `260 OK`: is it compared at all?"
               " Or does it go on before it has read the reply?"},
           Row{Role::kClient, failed, "DATA\n", signature,
               "it sends `DATA` before it has received `260 OK`"},
           Row{Role::kServer, "C: HELO\nS: <close>\n", "260 OK\n", 0,
               "it sends `260 OK` before it has received `HELLO`"},
           Row{Role::kServer, "C: raw \"HEL\"\nC: <half-close>\nS: <close>\n", "260 OK\n", 3, ""},
       }) {
    const Script script = script_of_lines(row.role, row.lines);
    std::size_t step = script.steps.size() - 1;
    while (script.steps[step].action != Action::kExpect) --step;
    EXPECT_EQ(diagnose_unit(script, step, script.steps[step].alternatives.front(),
                            {row.received, row.sent_before})
                  .sentence,
              row.sentence)
        << row.lines << row.sent_before;
  }
}

TEST(UnitMistakes, OfRepliesOfAnotherProfileAreRecognised) {
  struct Row {
    std::string_view settings, expected, received, cause;
  };
  constexpr std::string_view kVerdicts = "name c\npass-reply \"261 YES\"\nfail-reply \"262 NO\"\n";
  for (const Row& row : {
           Row{"", "270 SIG\n", "270 SIG ab\n", "signature-position behind-reply"},
           Row{"name c\nsignature-position behind-reply\n", "270 SIG ", "270 SIG\n",
               "follows `270 SIG` and a blank in the same line"},
           Row{kVerdicts, "261 YES\n", "262 NO\n", "this is the reply to FAIL"},
           Row{kVerdicts, "262 NO\n", "261 YES\n", "this is the reply to PASS"},
           Row{"", "270 SIG\n", "260 OK\n", "sent twice"},
       }) {
    Script script = script_of_lines(Role::kServer, kGreeted);
    script.profile = *chat::parse_profile(row.settings, "p");
    const Expectation reply{.kind = ItemKind::kUnit,
                            .subject = Subject::kReply,
                            .bytes = std::string(row.expected),
                            .requirement = {}};
    const Cause cause = diagnose_unit(script, 0, reply, {row.received});
    EXPECT_TRUE(cause.sentence.contains(row.cause)) << row.received << "got: " << cause.sentence;
  }
}

TEST(UnitMistakes, OfAVerdictAreRecognised) {
  const Script script = script_of_lines(Role::kServer, kGreeted);
  struct Row {
    std::string expected, received;
    std::string_view cause;
  };
  for (const Row& row : {
           Row{"PASS\n", ".\n", "terminator-sent-twice"},
           Row{"PASS\n", "pass\n", "letter-case"},
           Row{"PASS\n", "PASS\r\n", "other-line-end"},
           Row{"PASS\n", "PASSED\n", "surplus-behind"},
       }) {
    const Expectation verdict{.kind = ItemKind::kUnit,
                              .subject = Subject::kVerdict,
                              .bytes = row.expected,
                              .requirement = {}};
    const Cause cause = diagnose_unit(script, 0, verdict, {row.received});
    EXPECT_EQ(cause.id, row.cause) << cause.sentence;
  }
}

TEST(UnitMistakes, AreToldWithWhatWasSeen) {
  struct Row {
    Role role;
    std::string lines;
    std::size_t step;
    std::string received;
    std::string_view sentence;
  };
  for (const Row& row :
       {Row{Role::kClient, "C: HELLO\nC: <silence>\nS: 260 OK\n", 1, "DATA\n",
            "it sends `DATA` before it has received `260 OK`"},
        Row{Role::kServer, std::string(kGreeted), 1, "260 O",
            "5 of its 7 bytes have come: is it sent with a length that is too small?"},
        Row{Role::kServer, std::string(kGreeted), 1, "260  OK\n",
            "only blanks differ: those within it"},
        Row{Role::kServer, std::string(kGreeted), 1, "260 OK \n",
            "only blanks differ: those after it"}}) {
    const Script script = script_of_lines(row.role, row.lines);
    EXPECT_EQ(
        diagnose_unit(script, row.step, script.steps[row.step].alternatives.front(), {row.received})
            .sentence,
        row.sentence);
  }
}

TEST(UnitMistakes, OfAnswersBeforeTheEndOfATextAreToldApart) {
  const Script script = script_of_lines(Role::kServer, kGreeted);
  EXPECT_EQ(diagnose_early_answer(script, "270 SIG\n", false).id, "one-receive-for-a-text");
  EXPECT_EQ(diagnose_early_answer(script, "270 SIG\n", true).sentence,
            "the signature is announced when nothing but `DATA` has come: is the text read "
            "before?");
  EXPECT_EQ(diagnose_early_answer(script, "354 go on\n", true).sentence,
            "`354 go on` comes before the text has ended: neither DATA nor a line of a text has a "
            "reply");
}

}  // namespace
}  // namespace chatspec
