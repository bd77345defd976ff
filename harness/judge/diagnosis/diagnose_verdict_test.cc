// What a wrong verdict tells of how signatures are compared.

#include "harness/judge/diagnosis/diagnose_verdict.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/judge/tests/script_of.h"

namespace chatspec {
namespace {

// A client whose file and whose server say these things of its only message.
Script script_of_signatures(const std::string& in_file, const std::string& sent,
                            std::string_view verdict = "C: FAIL\n") {
  return script_of(Role::kClient,
                   "message   hello\n" + in_file +
                       "\nC: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: " +
                       sent + "\n" + std::string(verdict));
}

struct VerdictRow {
  std::string in_file;
  std::string sent;
  std::string_view cause;
};

TEST(VerdictDiagnosis, TellsWhatIsTakenForTheSame) {
  for (const VerdictRow& row : {
           VerdictRow{"", "<signature 1 wrong>", "signature-not-compared"},
           VerdictRow{"signature wrong\n", "<signature 1>", "signature-not-compared"},
           VerdictRow{"", "<signature 1 all-zero>", "signature-not-compared"},
           VerdictRow{"", "<signature 1 wrong-first>", "signature-compared-in-part"},
           VerdictRow{"", "<signature 1 wrong-last>", "signature-compared-in-part"},
           VerdictRow{"", "<signature 1 upper-case-wrong-last>", "signature-compared-in-part"},
           VerdictRow{"", "<signature 1 reversed>", "signature-order-ignored"},
           VerdictRow{"", "<signature 1 halves-swapped>", "signature-order-ignored"},
           VerdictRow{"", "<signature 1 half>", "signature-begin-enough"},
           VerdictRow{"", "\"\"", "signature-begin-enough"},
           VerdictRow{"", "<signature 1 twice>", "signature-rest-ignored"},
           VerdictRow{"", "<signature 1 one-more>", "signature-rest-ignored"},
           VerdictRow{"", "<signature 1 blank-before>", "signature-blanks-ignored"},
           VerdictRow{"", "<signature 1 blank-within>", "signature-blanks-ignored"},
           VerdictRow{"", "<signature 1 hex-prefix>", "signature-found-within"},
           VerdictRow{"", "<signature 1 other-letter>", "signature-compared-in-part"},
       }) {
    const Script script = script_of_signatures(row.in_file, row.sent);
    const Cause cause = diagnose_verdict(script, last_expectation(script), "PASS");
    EXPECT_EQ(cause.id, row.cause) << row.sent << ": " << cause.sentence;
  }
}

TEST(VerdictDiagnosis, TellsWhatIsTakenForAnother) {
  for (const VerdictRow& row : {
           VerdictRow{"", "<signature 1>", "signature-compared-too-strictly"},
           VerdictRow{"signature-file crlf\n", "<signature 1>", "with CR LF"},
           VerdictRow{"signature-file trailing-blanks\n", "<signature 1>", "with blanks:"},
           VerdictRow{"signature-file crlf trailing-blanks\n", "<signature 1>",
                      "with blanks and CR LF"},
           VerdictRow{"signature-file no-last-line-end\n", "<signature 1>", "without a line end"},
           VerdictRow{"signature upper-case\n", "<signature 1>", "signature-letters-compared"},
           VerdictRow{"", "<signature 1 mixed-case>", "signature-letters-compared"},
       }) {
    const Script script = script_of_signatures(row.in_file, row.sent, "C: PASS\n");
    const Cause cause = diagnose_verdict(script, last_expectation(script), "FAIL");
    EXPECT_TRUE(cause.id == row.cause || cause.sentence.contains(row.cause))
        << row.in_file << row.sent << ": " << cause.sentence;
  }
}

TEST(VerdictDiagnosis, KnowsTheSignaturesOfOtherMessages) {
  const Script script = script_of(
      Role::kClient,
      "message   one\nmessage   two\n\nC: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\n"
      "S: 270 SIG\nS: <signature 1>\nC: PASS\nS: 260 OK\nC: DATA\nC: <message 2>\nC: .\n"
      "S: 270 SIG\nS: <signature 1>\nC: FAIL\n");
  EXPECT_EQ(diagnose_verdict(script, last_expectation(script), "PASS").sentence,
            "the file has this signature for message 1, and another one for message 2: is it "
            "compared with that of its own message?");
}

TEST(VerdictDiagnosis, SaysInWhatTheTwoDiffer) {
  const Script first = script_of_signatures("", "<signature 1 wrong-first>");
  EXPECT_EQ(diagnose_verdict(first, last_expectation(first), "PASS").sentence,
            "the signature in the file differs in digit 1: are all digits compared?");
}

// Where the two signatures ask for the verdict that came, it is the scenario that asks for another.
TEST(VerdictDiagnosis, NamesNothingWhereItCannotTellWhatWasCompared) {
  const Script same = script_of_signatures("", "<signature 1>");
  EXPECT_FALSE(diagnose_verdict(same, last_expectation(same), "PASS").is_known());
  const Script different = script_of_signatures("", "<signature 1 wrong>", "C: PASS\n");
  EXPECT_FALSE(diagnose_verdict(different, last_expectation(different), "FAIL").is_known());
  Script no_file = script_of_signatures("", "<signature 1>", "C: PASS\n");
  no_file.materials.signature_file.reset();
  EXPECT_FALSE(diagnose_verdict(no_file, last_expectation(no_file), "FAIL").is_known());
}

}  // namespace
}  // namespace chatspec
