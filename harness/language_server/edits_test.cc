#include "harness/language_server/edits.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "harness/language_server/tests/fake_files.h"
#include "harness/scenario/source.h"
#include "reference/tests/test_folder.h"

namespace chatspec::language_server {
namespace {

namespace fs = std::filesystem;

std::string after(const Document& document, const Edit& edit) {
  Text text = document.text;
  text.replace(edit.replaced, edit.by);
  return text.bytes();
}

class Edits : public ::testing::Test {
 protected:
  const Document& open(std::string text) {
    workspace_.open("untitled:x", std::move(text));
    return *workspace_.find_open("untitled:x");
  }

  FakeFiles files_;
  Workspace workspace_{files_, ""};
};

TEST_F(Edits, FormatInOnePieceWithoutWhatIsRightAlready) {
  const Document& document = open("scenario  t\ncovers HELLO-2\nrole      server\n\nC: HELLO\n");
  const auto edit = format_document(document);
  ASSERT_TRUE(edit && *edit);
  EXPECT_EQ((*edit)->by, "covers    HELLO-2\n");
  EXPECT_EQ(document.text.part((*edit)->replaced), "covers HELLO-2\n");
  const Document& formatted = open(after(document, **edit));
  EXPECT_EQ(*format_document(formatted), std::nullopt);
}

TEST_F(Edits, FormatWhatHasNoLastLineEndAndWhatHasTooMuch) {
  for (const char* text : {"scenario  t", "\n\nscenario  t\n", "scenario  t\n\n\n",
                           "scenario  t\r\nC: HELLO\r\n", "C:  a\nC:  a\nC:  a\n"}) {
    const Document& document = open(text);
    const auto edit = format_document(document);
    ASSERT_TRUE(edit && *edit) << text;
    EXPECT_EQ(*format_document(open(after(document, **edit))), std::nullopt) << text;
  }
}

TEST_F(Edits, FormatNothingThatHasAMistake) {
  const auto edit = format_document(open("scenario  t\nC: <clsoe\n"));
  ASSERT_FALSE(edit);
  EXPECT_TRUE(edit.error().starts_with("it is not formatted before line 2 is mended: "))
      << edit.error();
}

// Of every scenario that is kept as an example of a mistake.
TEST_F(Edits, FixWhatIsMistypedAsTheHintSays) {
  std::size_t count = 0;
  const fs::path folder = fs::path(CHATSPEC_SOURCE_DIR) / "harness/scenario/rejected";
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != kScenarioExtension) continue;
    const Document before = open(chat::content_of(entry.path()));
    const auto& findings = before.diagnostics.entries();
    for (const QuickFix& fix : find_fixes(before, findings, {0, before.text.bytes().size()})) {
      ++count;
      const Document& mended = open(after(before, fix.edit));
      const auto& left = mended.diagnostics.entries();
      EXPECT_EQ(std::ranges::find(left, fix.mended), left.end()) << entry.path();
      const bool is_known = std::ranges::none_of(left, [&](const Diagnostic& one) {
        return one.place.line == fix.mended.place.line && one.code == fix.mended.code;
      });
      EXPECT_TRUE(is_known) << entry.path() << ": " << fix.mended.message;
    }
  }
  EXPECT_GE(count, 5U) << "the test has looked in the wrong place";
}

}  // namespace
}  // namespace chatspec::language_server
