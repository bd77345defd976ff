#include "harness/judge/diagnosis/text_search.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reference/profile.h"

namespace chatspec {
namespace {

const std::vector<std::string> kOneKey{"k"};

Cause search_text(const std::string& message, std::string_view received) {
  const std::vector<std::string> messages{message, "another"};
  return search_text_mistakes({*chat::find_profile("line"), messages, kOneKey, 0, 0}, received);
}

std::string text_mistakes_of(const Cause& cause) {
  const auto found =
      std::ranges::find(cause.parameters, "mistakes", &CauseParameters::value_type::first);
  return found == cause.parameters.end() ? "" : found->second;
}

TEST(TextSearch, NamesWhatWasMadeOfTheText) {
  struct Row {
    std::string message;
    std::string received;
    std::string_view mistakes;  // the first of them
  };
  for (const Row& row : {
           Row{"one\ntwo\nthree", "one two three\n.\n", "blank-between"},
           Row{"one\ntwo\nthree", "onetwothree\n.\n", "nothing-between"},
           Row{"one\ntwo", "one\ntwo.\n", "terminator-glued"},
           Row{"one\ntwo", "onetwo.\n", "all-glued"},
           Row{"one\ntwo", "one\n\ntwo\n\n.\n", "line-end-twice"},
           Row{"one\ntwo", "one\ntwo\n\n.\n", "empty-line-behind"},
           Row{"one\ntwo", "one two \n.\n", "empty-line-behind+blank-between"},
           Row{"a.b\nc", "a.b c\n.\n", "blank-between+text-not-escaped"},
           Row{"a\vb\nc", "a\nb\nc\n.\n", "split-at-all-line-ends"},
           Row{" a \nb", " a\nb\n.\n", "lines-right-stripped"},
           Row{"a\n\n\nb", "a\n\nb\n.\n", "empty-lines-joined"},
           Row{"a\n\n \nb", "a\n \nb\n.\n", "no-empty-lines"},
           Row{"a\n\n \nb", "a\nb\n.\n", "no-blank-lines"},
           Row{"two words\nc", "two\nwords\nc\n.\n", "words-as-lines"},
           Row{"a\rb\vc", "a\nb\vc\n.\n", "split-at-cr"},
           Row{std::string("a\0b\nc", 5), "a\n.\n", "up-to-first-nul"},
           Row{std::string(300, 'x') + "\ny", std::string(44, 'x') + "\ny\n.\n",
               "lines-cut-by-256s"},
           Row{std::string(800, 'x') + "\n" + std::string(800, 'y'),
               std::string(800, 'x') + "\n" + std::string(223, 'y') + "\n.\n", "text-cut-to-1023"},
           Row{"a\nb\n\nc", "a\nb\n.\n", "up-to-empty-line"},
           Row{"one\ntwo", "one\ntw\n.\n", "cut-by-one"},
           Row{std::string("a\0b", 3), "a\n.\n", "up-to-nul"},
           Row{"a\x01"
               "b\nc",
               "ab\nc\n.\n", "no-controls"},
           Row{std::string(2000, 'x'), std::string(1024, 'x') + "\n.\n", "lines-cut-to-1024"},
       }) {
    const Cause cause = search_text(row.message, row.received);
    const std::string mistakes = text_mistakes_of(cause);
    EXPECT_EQ(mistakes.substr(0, mistakes.find(' ')), row.mistakes) << cause.sentence;
  }
}

TEST(TextSearch, SaysItInWords) {
  EXPECT_EQ(search_text(".a.b\\\nc", ".a.b\\ c\n.\n").sentence,
            "what it sends is the text, with its lines joined by blanks, and the text is not "
            "escaped");
}

// A line that is wrong ends the play, whatever would have come behind it.
TEST(TextSearch, TellsWhatABeginningCannotTellApart) {
  const Cause cause = search_text(" \nb", "\n");
  EXPECT_TRUE(cause.is_known());
  EXPECT_TRUE(cause.sentence.contains("as far as it came")) << cause.sentence;
}

TEST(TextSearch, NamesNothingForWhatIsRightOrUnknown) {
  for (const char* received : {"one\ntwo\n.\n", "one\n", "one\ntwo", "", "other\n", "one\nother\n"})
    EXPECT_FALSE(search_text("one\ntwo", received).is_known()) << received;
}

}  // namespace
}  // namespace chatspec
