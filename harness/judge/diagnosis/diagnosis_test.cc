#include "harness/judge/diagnosis/diagnosis.h"

#include <gtest/gtest.h>

#include "harness/judge/diagnosis/byte_finding.h"
#include "harness/judge/findings/matcher.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

Script script_of(std::vector<std::string> messages, std::vector<std::string> keys) {
  Script script;
  script.profile = *chat::find_profile("line");
  script.materials.messages = std::move(messages);
  script.materials.keys = std::move(keys);
  return script;
}

TEST(SignatureDiagnosis, RecognisesWhatWasHashedInstead) {
  const Script script = script_of({"one .\n two \\ ", "next"}, {"k1", "k2"});
  struct Row {
    std::string hashed;
    std::string_view cause;
  };
  for (const Row& row : {
           Row{"one .\n two \\ \nk1", "text-with-line-ends"},
           Row{"one .\r\n two \\ \r\nk1", "text-with-cr-lf"},
           Row{"one \\. two \\\\ k1", "text-still-escaped"},
           Row{"one . two \\\\ k1", "only-dots-unescaped"},
           Row{"one \\. two \\ k1", "only-backslashes-unescaped"},
           Row{"k1one . two \\ ", "key-before-text"},
           Row{"one . two \\ k2", "other-key"},
           Row{"nextk1", "other-message-signed"},
           Row{"one . two \\ ", "text-without-key"},
           Row{"one .k1 two \\ k1", "key-behind-each-line"},
           Row{" two \\ k1", "last-line-only"},
           Row{"one .two \\k1", "lines-stripped"},
           Row{"one . two \\ k1\n", "key-with-lf"},
           Row{"one . two \\ k1\r", "key-with-cr"},
           Row{"one . two \\ .k1", "text-with-terminator"},
           Row{"k1", "key-without-text"},
           Row{"", "nothing-hashed"},
       }) {
    const Cause cause = diagnose_signature(script, 1, 1, chat::sha256_hex(row.hashed));
    EXPECT_EQ(cause.id, row.cause) << cause.sentence;
  }
  EXPECT_FALSE(diagnose_signature(script, 1, 1, std::string(64, '0')).is_known());
}

TEST(SignatureDiagnosis, RecognisesWhatIsLeftOfMessagesBefore) {
  const Script script = script_of({"first", "second"}, {"k1", "k2"});
  EXPECT_EQ(diagnose_signature(script, 2, 2, chat::sha256_hex("firstk1secondk2")).id,
            "hash-not-reset");
  EXPECT_EQ(diagnose_signature(script, 2, 2, chat::sha256_hex("firstsecondk2")).id,
            "text-not-emptied");
  const Cause again = diagnose_signature(script, 2, 2, chat::sha256_hex("secondk1"));
  EXPECT_EQ(again.id, "first-key-again");
  EXPECT_EQ(again.parameters, (CauseParameters{{"due", "2"}}));
}

// A backslash before a letter need not be escaped, and a text says by itself which way it was sent.
TEST(SignatureDiagnosis, GoesByTheTextAsItWasSent) {
  Script script = script_of({"a\\nb"}, {"k"});
  script.steps.resize(2);
  script.steps.front().bytes = "HELLO\n";
  script.steps.back().bytes = "DATA\na\\nb\n.\n";
  EXPECT_EQ(diagnose_signature(script, 1, 1, chat::sha256_hex("a\nbk")).parameters.back().second,
            "unescaped-as-in-c");
  EXPECT_EQ(diagnose_signature(script, 1, 1, chat::sha256_hex("anbk")).parameters.back().second,
            "no-backslashes unescaped-before-anything");
  script.steps.back().bytes = "DATA\na\\\\nb\n.\n";
  EXPECT_FALSE(diagnose_signature(script, 1, 1, chat::sha256_hex("a\nbk")).is_known());
}

// Whatever else the case is about: where digits are to be lower-case (SIG-3), it is not to blame
// that there are too many of them.
TEST(SignatureDiagnosis, BlamesWhatASignatureIsForOneOfAnotherForm) {
  Script script = script_of({"text"}, {"k"});
  const std::string due = chat::sha256_hex("textk");
  script.steps.push_back({.action = Action::kExpect,
                          .shown = "<signature 1>",
                          .bytes = {},
                          .cuts = {},
                          .alternatives = {{.kind = ItemKind::kSignature,
                                            .subject = Subject::kSignature,
                                            .bytes = due + "\n",
                                            .message = 1,
                                            .key = 1,
                                            .requirement = {}}}});
  struct Row {
    std::string received;
    std::string_view requirement;
  };
  for (const Row& row : {
           Row{due.substr(0, 40) + "\n", "SIG-1"},
           Row{std::string(due.rbegin(), due.rend()) + "\n", "SIG-1"},
           Row{"b'" + due + "'\n", "SIG-1"},
           Row{std::string(65, '0') + "\n", "SIG-1"},
           Row{due + "\r\n", "FRAME-1"},
           Row{std::string(64, '0') + "\n", ""},
           Row{"no signature\n", ""},
           Row{"270 SIG\n", ""},
       }) {
    const Match seen = match(script.steps[0], script.profile, row.received, StreamState::kOpen);
    EXPECT_EQ(make_mismatch(script, 0, seen, row.received, 0).requirement, row.requirement)
        << row.received;
  }
}

TEST(TextDiagnosis, RecognisesHowATextWasEscaped) {
  const Script script = script_of({"a.b\\c\n.d"}, {"k"});
  struct Row {
    std::string received;
    std::string_view cause;
  };
  for (const Row& row : {
           Row{"a.b\\c\n.d\n", "text-not-escaped"},
           Row{"a\\.b\\c\n\\.d\n", "only-dots-escaped"},
           Row{"a.b\\\\c\n.d\n", "only-backslashes-escaped"},
           Row{"a\\\\.b\\\\c\n\\\\.d\n", "dots-escaped-first"},
           Row{"a\\\\\\.b\\\\\\\\c\n\\\\\\.d\n", "escaped-twice"},
           Row{"a.b\\c\n..d\n", "leading-dots-doubled"},
           Row{"a\\.b\\\\c\r\n\\.d\r\n", "other-line-ends"},
           Row{".\n", "text-ends-early"},
           // as far as it had come when the first wrong line was complete
           Row{"a.b\\c\n", "text-not-escaped"},
           Row{"a\\.b\\c\n\\", "only-dots-escaped"},
           Row{"a\\.b\\\\c\r\n\\", "other-line-ends"},
       }) {
    const Cause cause = diagnose_text(script, 1, row.received);
    EXPECT_EQ(cause.id, row.cause) << cause.sentence;
  }
  EXPECT_EQ(diagnose_text(script_of({".\na.b"}, {"k"}), 1, ".\n").id, "text-not-escaped");
}

TEST(TextDiagnosis, SpeaksOfTheProfilesOwnCharacters) {
  struct Row {
    std::string_view settings;
    std::string_view text, received;
    std::string_view cause;
  };
  constexpr std::string_view kPercent = "name c\nescape \"%\"\nescaped \"%#\"\nterminator \"#\"\n";
  constexpr std::string_view kThree = "name c\nescape ~\nescaped \"~.-\"\n";
  constexpr std::string_view kStuffing = "name c\nescape dot-stuffing\n";
  for (const Row& row : {
           Row{kPercent, "a#b%c", "a#b%c\n", "the text is not escaped"},
           Row{kPercent, "a#b%c", "a%#b%c\n", "only `#` are escaped, `%` are not"},
           Row{kPercent, "a#b%c", "a#b%%c\n", "only `%` are escaped, `#` are not"},
           Row{kPercent, "a#b%c", "a%%#b%%c\n",
               "`#` are escaped first and `%` after them, so the `%` of `%#` is escaped again"},
           Row{kPercent, "#b#", "%#b#\n", "only a `#` at the beginning of a line is escaped"},
           Row{kPercent, "a.b\\c", "a\\.b\\\\c\n",
               "with a backslash, which this profile does not do"},
           Row{kThree, "a~b.c-d", "a~~b~.c-d\n", "only `~` and dots are escaped, `-` are not"},
           Row{kStuffing, ".a.b", ".a.b\n", "a dot at the beginning of a line is not doubled"},
           Row{kStuffing, ".a.b", "..a..b\n", "all dots are doubled"},
           Row{kStuffing, ".a\n.", ".a\n..\n", "doubled only in a line that is the terminator"},
           Row{kStuffing, ".\n.a", "..\n.a\n", "doubled only in a line that is the terminator"},
           Row{kStuffing, "a.b", "a\\.b\n", "with a backslash, which this profile does not do"},
           Row{"name c\nescape none\nterminator END\n", "a.b", "a\\.b\n",
               "with a backslash, which this profile does not do"},
           Row{"name c\nescape none\nterminator END\n", ".b", "..b\n", "as in SMTP"},
       }) {
    Script script = script_of({std::string(row.text)}, {"k"});
    script.profile = *chat::parse_profile(row.settings, "p");
    const Cause cause = diagnose_text(script, 1, row.received);
    EXPECT_TRUE(cause.sentence.contains(row.cause))
        << row.received << "got: " << cause.sentence << ", wanted: " << row.cause;
  }
}

}  // namespace
}  // namespace chatspec
