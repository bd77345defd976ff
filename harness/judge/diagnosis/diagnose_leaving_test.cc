#include "harness/judge/diagnosis/diagnose_leaving.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/judge/tests/script_of.h"

namespace chatspec {
namespace {

std::string cause_of_leaving(const std::string& transcript, FailureCode code,
                             const std::string& output = "") {
  const Script script = script_of(Role::kServer, "message   hello\n\n" + transcript);
  return suggest_for_leaving({.code = code, .step = last_expectation(script)}, script,
                             {{.kind = EventKind::kOutput, .bytes = output}})
      .id;
}

TEST(Leaving, IsExplainedByWhatWasSentLast) {
  using enum FailureCode;
  const std::string text =
      "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\n";
  EXPECT_EQ(cause_of_leaving(text + "C: FAIL\nS: 260 OK\n", kClosedEarly),
            "verdict-ends-connection");
  EXPECT_EQ(
      cause_of_leaving(text + "C: FAIL\nS: 260 OK\n", kClosedEarly, "HELLO\nDATA\nhello\n.\n"),
      "signature-ends-connection");
  EXPECT_EQ(cause_of_leaving(text + "C: FAIL\nS: 260 OK\n", kClosedEarly,
                             "HELLO\nDATA\nhello\n.\nFAIL\n"),
            "verdict-ends-connection");
  EXPECT_EQ(cause_of_leaving(text + "C: FAIL\nS: 260 OK\n", kNoAnswer), "");
  EXPECT_EQ(cause_of_leaving("C: raw \"HELLO\\r\\n\"\nS: 260 OK\n", kClosedEarly),
            "cr-taken-for-text");
  EXPECT_EQ(cause_of_leaving("C: raw \"HELLO\\r\\n\"\nS: 260 OK\nC: raw \"DATA\\r\\n\"\n"
                             "C: raw \".\\r\\n\"\nS: 270 SIG\n",
                             kClosedEarly),
            "")
      << "it took HELLO with CR LF";
  EXPECT_EQ(cause_of_leaving("C: HELLO\nS: 260 OK\n", kClosedEarly), "");
}

TEST(Leaving, BeforeAWordIsWhatWrongArgumentsAndFilesAskFor) {
  const Script files = script_of(Role::kServer, "key-file  <absent>\n\nS: <nothing>\n");
  const Script arguments = script_of(Role::kServer, "argument  keys <absent>\n\nS: <nothing>\n");
  const Script right = script_of(Role::kServer, "\nC: HELLO\nS: 260 OK\n");
  const Finding listened{.code = FailureCode::kListened};
  EXPECT_EQ(suggest_refusal(listened, files, {}).id, "files-not-checked");
  EXPECT_EQ(suggest_refusal(listened, arguments, {}).id, "arguments-not-checked");
  EXPECT_EQ(suggest_refusal({.code = FailureCode::kWrongExit}, arguments, {}).id, "");
  EXPECT_EQ(suggest_refusal({.code = FailureCode::kUnexpectedData}, right, {}).id, "");
}

}  // namespace
}  // namespace chatspec
