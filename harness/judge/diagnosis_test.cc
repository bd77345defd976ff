#include "harness/judge/diagnosis.h"

#include <gtest/gtest.h>

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
           Row{"one .\n two \\ \nk1", "line ends"},
           Row{"one .\r\n two \\ \r\nk1", "CR LF"},
           Row{"one \\. two \\\\ k1", "still escaped"},
           Row{"one . two \\\\ k1", "only `\\.` was unescaped"},
           Row{"one \\. two \\ k1", "only `\\\\` was unescaped"},
           Row{"k1one . two \\ ", "key before the text"},
           Row{"one . two \\ k2", "key 2 instead of key 1"},
           Row{"nextk1", "message 2 instead of message 1"},
           Row{"one . two \\ ", "without a key"},
           Row{"one .k1 two \\ k1", "each followed by the key"},
           Row{" two \\ k1", "last line only"},
           Row{"one .two \\k1", "blanks"},
           Row{"one . two \\ k1\n", "key with its line end"},
           Row{"one . two \\ k1\r", "CR of its line end"},
           Row{"one . two \\ .k1", "terminator"},
           Row{"k1", "key alone"},
           Row{"", "nothing at all"},
       }) {
    const std::string cause = diagnose_signature(script, 1, 1, chat::sha256_hex(row.hashed));
    EXPECT_NE(cause.find(row.cause), std::string::npos)
        << "got: " << cause << ", wanted: " << row.cause;
  }
  EXPECT_EQ(diagnose_signature(script, 1, 1, std::string(64, '0')), "");
}

TEST(SignatureDiagnosis, RecognisesWhatIsLeftOfMessagesBefore) {
  const Script script = script_of({"first", "second"}, {"k1", "k2"});
  EXPECT_NE(diagnose_signature(script, 2, 2, chat::sha256_hex("firstk1secondk2")).find("not reset"),
            std::string::npos);
  EXPECT_NE(diagnose_signature(script, 2, 2, chat::sha256_hex("firstsecondk2")).find("not emptied"),
            std::string::npos);
  EXPECT_NE(
      diagnose_signature(script, 2, 2, chat::sha256_hex("secondk1")).find("key 1 instead of key 2"),
      std::string::npos);
}

TEST(TextDiagnosis, RecognisesHowATextWasEscaped) {
  const Script script = script_of({"a.b\\c\n.d"}, {"k"});
  struct Row {
    std::string received;
    std::string_view cause;
  };
  for (const Row& row : {
           Row{"a.b\\c\n.d\n", "not escaped"},
           Row{"a\\.b\\c\n\\.d\n", "only dots"},
           Row{"a.b\\\\c\n.d\n", "only backslashes"},
           Row{"a\\\\.b\\\\c\n\\\\.d\n", "dots are escaped first"},
           Row{"a.b\\c\n..d\n", "SMTP"},
           Row{"a\\.b\\\\c\r\n\\.d\r\n", "end with CR LF"},
           Row{".\n", "ends before"},
           // as far as it had come when the first wrong line was complete
           Row{"a.b\\c\n", "not escaped"},
           Row{"a\\.b\\c\n\\", "only dots"},
           Row{"a\\.b\\\\c\r\n\\", "end with CR LF"},
       }) {
    const std::string cause = diagnose_text(script, 1, row.received);
    EXPECT_NE(cause.find(row.cause), std::string::npos)
        << "got: " << cause << ", wanted: " << row.cause;
  }
  EXPECT_EQ(diagnose_text(script_of({".\na.b"}, {"k"}), 1, ".\n"), "the text is not escaped");
}

TEST(UnitDiagnosis, RecognisesWhyAnotherUnitThanTheVerdictCame) {
  const Script script = script_of({"hi"}, {"k"});
  struct Row {
    std::string expected, received;
    std::string_view cause;
  };
  for (const Row& row : {
           Row{"FAIL\n", "PASS\n", "is it compared at all"},
           Row{"PASS\n", "FAIL\n", "left out of the comparison"},
           Row{"PASS\n", ".\n", "terminator sent twice"},
           Row{"PASS\n", "pass\n", "upper and lower case"},
           Row{"PASS\n", "PASS\r\n", "ends with CR LF"},
           Row{"PASS\n", "PASSED\n", "behind the right text"},
       }) {
    const Expectation verdict{.kind = ItemKind::kUnit,
                              .subject = Subject::kVerdict,
                              .bytes = row.expected,
                              .requirement = {}};
    const std::string cause = diagnose_unit(script, verdict, row.received);
    EXPECT_NE(cause.find(row.cause), std::string::npos)
        << row.received << "got: " << cause << ", wanted: " << row.cause;
  }
}

}  // namespace
}  // namespace chatspec
