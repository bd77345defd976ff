// What is taken for what it is not.

#include "harness/judge/diagnosis/diagnose_violation.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/judge/tests/script_of.h"

namespace chatspec {
namespace {

struct ViolationRow {
  std::string transcript;
  std::string_view answer;
  std::string_view sentence;
};

void expect_sentences(Role role, const std::vector<ViolationRow>& rows) {
  for (const ViolationRow& row : rows) {
    const Script script = script_of(role, "message   hello\n\n" + row.transcript);
    EXPECT_EQ(diagnose_violation(script, last_expectation(script), row.answer).sentence,
              row.sentence)
        << row.transcript;
  }
}

TEST(Violation, OfAClientIsTakenByHowItIsCompared) {
  const std::string opened = "C: HELLO\nS: 260 OK\n";
  const std::string signed_text =
      opened + "C: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\n";
  expect_sentences(
      Role::kServer,
      {
          {"C: hello\nS: <close>\n", "260 OK",
           "is `hello` taken for `HELLO`? Here upper and lower case are told apart."
           " Or is the reply sent unasked?"},
          {"C: \"HELLO \"\nS: <close>\n", "260 OK",
           "is `HELLO ` taken for `HELLO`? Here blanks around a word count."
           " Or is the reply sent unasked?"},
          {"C: HELLO there\nS: <close>\n", "260 OK",
           "is `HELLO there` taken for `HELLO`? Here a word is compared to its end."
           " Or is the reply sent unasked?"},
          {"C: HEL\nS: <close>\n", "260 OK",
           "is `HEL` taken for `HELLO`? Here a word is compared as a whole."
           " Or is the reply sent unasked?"},
          {"C: nonsense\nS: <close>\n", "260 OK",
           "`nonsense` is answered like `HELLO`: is it compared at all?"
           " Or is the reply sent unasked?"},
          {opened + "C: \"DATA \"\nS: <close>\n", "",
           "is `DATA ` taken for `DATA`? Here blanks around a word count. Or is it passed over?"},
          {opened + "C: PASS\nS: <close>\n", "260 OK",
           "is `PASS` taken where only `DATA` or `QUIT` is right?"},
          {signed_text + "C: PASSED\nS: <close>\n", "260 OK",
           "is `PASSED` taken for `PASS`? Here a word is compared to its end"},
      });
}

TEST(Violation, OfAServerIsTakenByHowItIsCompared) {
  expect_sentences(
      Role::kClient,
      {
          {"C: HELLO\nS: 500 No\nC: <close>\n", "DATA",
           "`500 No` is answered like `260 OK`: is it compared at all?"
           " Or does it go on before it has read the reply?"},
          {"C: HELLO\nS: 500 No\nC: <close>\n", "QUIT", ""},
          {"C: HELLO\nS: 270 SIG\nC: <close>\n", "DATA",
           "is `270 SIG` taken where only `260 OK` is right?"
           " Or does it go on before it has read the reply?"},
          {"C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 sig\nC: <close>\n", "FAIL",
           "is `270 sig` taken for `270 SIG`? Here upper and lower case are told apart"},
      });
}

// Another answer is no sign that it was taken, and silence is one only of what is not answered.
TEST(Violation, IsNotExplainedWhereItWasNotTaken) {
  expect_sentences(Role::kServer,
                   {
                       {"C: hello\nS: <close>\n", "500 ERR",
                        "whoever meets a violation closes without a reply: nothing "
                        "is sent"},
                       {"C: hello\nS: <close>\n", "", ""},
                       {"C: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\n", "", ""},
                       {"C: HELLO\nS: 260 OK\nC: nonsense\nS: <close>\n", "", ""},
                       {"C: raw \"HEL\"\nC: <half-close>\nS: <close>\n", "260 OK", ""},
                   });
}

}  // namespace
}  // namespace chatspec
