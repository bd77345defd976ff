// What docs/editors/ says of the language to editors, against the language itself: every word, and
// with the grammar of VS Code every line of the suite.

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include "harness/language_server/line_shape.h"
#include "harness/language_server/tests/text_mate_grammar.h"
#include "harness/scenario/source.h"
#include "harness/scenario/vocabulary.h"
#include "reference/tests/test_folder.h"

namespace chatspec::language_server {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAreArray;
using Words = std::vector<std::string>;

const fs::path kSources = CHATSPEC_SOURCE_DIR;

const fs::path kGrammar = kSources / "docs/editors/vscode/syntaxes/chatspec.tmLanguage.json";

Words split_words(std::string_view text, std::string_view between) {
  Words words;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(between, begin), text.size());
    if (end > begin) words.emplace_back(text.substr(begin, end - begin));
    begin = end + between.size();
  }
  return words;
}

// The words between which a pattern lets choose: `(a|b)`.
Words choices_in(const std::string& pattern) {
  static const RE2 kChoices(R"(\((?:\?:)?([a-z][a-z -]*(?:\|[a-z][a-z -]*)*)\))");
  Words words;
  std::string found;
  re2::StringPiece left(pattern);
  while (RE2::FindAndConsume(&left, kChoices, &found)) {
    for (std::string& word : split_words(found, "|")) words.push_back(std::move(word));
  }
  return words;
}

template <typename Table>
Words words_in(const Table& table) {
  Words words;
  for (const auto& entry : table) words.emplace_back(entry.word);
  return words;
}

Words modifiers() {
  return {kModifiers.begin(), kModifiers.end()};
}

TEST(VsCodeGrammar, HasTheWordsOfTheLanguage) {
  const TextMateGrammar grammar(kGrammar);
  Words directives;
  for (const char* rule : {"title", "text-directive", "word-directive"}) {
    for (std::string& word : choices_in(grammar.pattern_of(rule)))
      directives.push_back(std::move(word));
  }
  EXPECT_THAT(directives, UnorderedElementsAreArray(words_in(kDirectives)));
  EXPECT_THAT(choices_in(grammar.pattern_of("item")), UnorderedElementsAreArray(words_in(kTags)));
  EXPECT_THAT(choices_in(grammar.pattern_of("random")),
              UnorderedElementsAreArray(words_in(kAlphabets)));
  EXPECT_THAT(choices_in(grammar.pattern_of("modifier")), UnorderedElementsAreArray(modifiers()));
}

TEST(VsCodeExtension, HasTheVersionOfChatspec) {
  const auto package =
      nlohmann::json::parse(chat::content_of(kSources / "docs/editors/vscode/package.json"));
  EXPECT_EQ(package.at("version"), CHATSPEC_VERSION);
  EXPECT_THAT(chat::content_of(kSources / "docs/editors/README.md"),
              HasSubstr("chatspec-" CHATSPEC_VERSION ".vsix"));
}

// What stands between the two in a file; "" where they do not.
std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t at = text.find(begin);
  if (at == text.npos) return "";
  return text.substr(at + begin.size(), text.find(end, at + begin.size()) - at - begin.size());
}

TEST(VimSyntax, HasTheWordsOfTheLanguage) {
  const std::string file = chat::content_of(kSources / "docs/editors/vim/syntax/chatspec.vim");
  const auto keywords = [&](const std::string& group) {
    return split_words(between(file, "syntax keyword " + group + " contained ", "\n"), " ");
  };
  EXPECT_THAT(keywords("chatspecDirective"), UnorderedElementsAreArray(words_in(kDirectives)));
  EXPECT_THAT(keywords("chatspecModifier"), UnorderedElementsAreArray(modifiers()));
  EXPECT_THAT(split_words(between(file, R"(syntax match chatspecItem /<\()", R"(\))"), R"(\|)"),
              UnorderedElementsAreArray(words_in(kTags)));
}

TEST(EmacsMode, HasTheWordsOfTheLanguage) {
  const std::string file = chat::content_of(kSources / "docs/editors/emacs/chatspec-mode.el");
  const auto strings = [&](const std::string& variable) {
    Words words;
    const Words parts = split_words(between(file, "(defvar " + variable + "\n  '(", ")"), "\"");
    std::ranges::copy_if(parts, std::back_inserter(words), [](const std::string& part) {
      return part.find_first_not_of(" \n") != part.npos;
    });
    return words;
  };
  EXPECT_THAT(strings("chatspec-directives"), UnorderedElementsAreArray(words_in(kDirectives)));
  EXPECT_THAT(strings("chatspec-items"), UnorderedElementsAreArray(words_in(kTags)));
  EXPECT_THAT(strings("chatspec-modifiers"), UnorderedElementsAreArray(modifiers()));
}

// Which rule takes a line of each kind.
std::vector<std::string> rules_of(LineKind kind) {
  switch (kind) {
    case LineKind::kComment:
      return {"comment"};
    case LineKind::kRow:
      return {"row"};
    case LineKind::kText:
      return {"continuation"};
    case LineKind::kDirective:
      return {"title", "text-directive", "word-directive"};
    case LineKind::kTurn:
      return {"turn"};
    case LineKind::kAlternative:
    case LineKind::kContinued:
      return {"alternative"};
    case LineKind::kOther:
      break;
  }
  return {};
}

// Whether what is written in a way of its own has a colour of its own. A title and a text may hold
// anything, and of a row the bars are told by themselves.
bool is_told_apart(const Coloured& coloured) {
  const std::array<std::string_view, 3> may_hold_anything{"title", "text-directive", "row"};
  return std::ranges::find(may_hold_anything, coloured.rule) != may_hold_anything.end() ||
         coloured.rest.find_first_of("<>\"|") == std::string::npos;
}

TEST(VsCodeGrammar, ColoursEveryLineOfTheSuiteForWhatItIs) {
  const TextMateGrammar grammar(kGrammar);
  std::size_t lines = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSources / "scenarios")) {
    if (entry.path().extension() != kScenarioExtension) continue;
    for (const std::string& line : split_words(chat::content_of(entry.path()), "\n")) {
      ++lines;
      const Coloured coloured = grammar.colour(line);
      EXPECT_THAT(rules_of(shape_of(line).kind), Contains(coloured.rule)) << entry.path() << line;
      EXPECT_TRUE(is_told_apart(coloured)) << entry.path() << line << "\nleft: " << coloured.rest;
    }
  }
  EXPECT_GT(lines, 3000U) << "the test has looked in the wrong place";
}

TEST(VsCodeGrammar, TellsItemsFromColumns) {
  const TextMateGrammar grammar(kGrammar);
  for (const TagWord& tag : kTags) {
    EXPECT_THAT(grammar.colour("S: <" + std::string(tag.word) + ">").inner, ElementsAre("item"));
  }
  EXPECT_THAT(grammar.colour("S: <exit-code>").inner, ElementsAre("column"));
}

}  // namespace
}  // namespace chatspec::language_server
