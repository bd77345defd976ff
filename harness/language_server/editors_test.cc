// What docs/editors/ says of the language to editors, against the language itself: every word, and
// with the grammar of VS Code every line of the suite.

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include "harness/language_server/line_shape.h"
#include "harness/scenario/source.h"
#include "harness/scenario/vocabulary.h"
#include "reference/tests/test_folder.h"

namespace chatspec::language_server {
namespace {

namespace fs = std::filesystem;
using ::testing::UnorderedElementsAreArray;
using Words = std::vector<std::string>;

const fs::path kSources = CHATSPEC_SOURCE_DIR;

nlohmann::json read_grammar() {
  return nlohmann::json::parse(
      chat::content_of(kSources / "docs/editors/vscode/syntaxes/chatspec.tmLanguage.json"));
}

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
  const auto rules = read_grammar().at("repository");
  Words directives;
  for (const char* rule : {"title", "text-directive", "word-directive"}) {
    for (std::string& word : choices_in(rules.at(rule).at("begin")))
      directives.push_back(std::move(word));
  }
  EXPECT_THAT(directives, UnorderedElementsAreArray(words_in(kDirectives)));
  EXPECT_THAT(choices_in(rules.at("item").at("match")), UnorderedElementsAreArray(words_in(kTags)));
  EXPECT_THAT(choices_in(rules.at("random").at("match")),
              UnorderedElementsAreArray(words_in(kAlphabets)));
  EXPECT_THAT(choices_in(rules.at("modifier").at("match")), UnorderedElementsAreArray(modifiers()));
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

// A rule of the grammar, as far as this one has them: it matches in a line, or begins there and
// ends with it.
struct Rule {
  std::string name{};
  std::unique_ptr<RE2> pattern{};
  std::vector<std::string> inner{};  // the names of rules that match behind its beginning
};

std::map<std::string, Rule> read_rules() {
  std::map<std::string, Rule> rules;
  for (const auto& [name, source] : read_grammar().at("repository").items()) {
    Rule& rule = rules[name];
    rule.name = name;
    const bool begins = source.contains("begin");
    rule.pattern = std::make_unique<RE2>(
        "(?:" + source.at(begins ? "begin" : "match").get<std::string>() + ")");
    EXPECT_TRUE(rule.pattern->ok()) << name << ": " << rule.pattern->error();
    if (!begins) continue;
    EXPECT_EQ(source.at("end"), "$") << name;
    for (const auto& one : source.at("patterns")) {
      if (one.contains("include"))
        rule.inner.push_back(one.at("include").get<std::string>().substr(1));
    }
  }
  return rules;
}

// The line with what the rules match taken out, and which of them matched: always the first
// that matches at the earliest place, as in an editor.
struct Coloured {
  std::string rest{};
  std::vector<std::string> matched{};
};

Coloured colour(const std::map<std::string, Rule>& rules, const Rule& whole,
                std::string_view line) {
  Coloured coloured{.matched = {whole.name}};
  re2::StringPiece begin;
  EXPECT_TRUE(whole.pattern->Match(line, 0, line.size(), RE2::UNANCHORED, &begin, 1));
  std::size_t at = begin.size();
  // A blank in front of a bar may belong to what the beginning took.
  while (true) {
    std::size_t earliest = line.size();
    std::size_t length = 0;
    std::string name;
    for (const std::string& inner : whole.inner) {
      re2::StringPiece found;
      if (!rules.at(inner).pattern->Match(line, at, line.size(), RE2::UNANCHORED, &found, 1))
        continue;
      const auto place = static_cast<std::size_t>(found.data() - line.data());
      if (place >= earliest) continue;
      earliest = place;
      length = found.size();
      name = inner;
    }
    coloured.rest += line.substr(at, earliest - at);
    if (name.empty()) return coloured;
    coloured.matched.push_back(name);
    at = earliest + std::max<std::size_t>(length, 1);
  }
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

TEST(VsCodeGrammar, ColoursEveryLineOfTheSuiteForWhatItIs) {
  const auto rules = read_rules();
  Words on_top;
  for (const auto& one : read_grammar().at("patterns"))
    on_top.push_back(one.at("include").get<std::string>().substr(1));
  std::size_t lines = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSources / "scenarios")) {
    if (entry.path().extension() != kScenarioExtension) continue;
    for (const std::string& line : split_words(chat::content_of(entry.path()), "\n")) {
      ++lines;
      const auto rule = std::ranges::find_if(on_top, [&](const std::string& name) {
        return RE2::PartialMatch(line, *rules.at(name).pattern);
      });
      ASSERT_NE(rule, on_top.end()) << entry.path() << ": " << line;
      EXPECT_THAT(rules_of(shape_of(line).kind), ::testing::Contains(*rule)) << line;
      if (*rule == "comment" || *rule == "continuation") continue;
      const Coloured coloured = colour(rules, rules.at(*rule), line);
      // Nothing is left that is written in a way of its own.
      const bool is_text = *rule == "title" || *rule == "text-directive";
      if (!is_text && *rule != "row") {
        EXPECT_EQ(coloured.rest.find_first_of("<>\"|"), std::string::npos)
            << entry.path() << ": " << line << "\nleaves: " << coloured.rest;
      }
      for (const TagWord& tag : kTags) {
        if (*rule != "turn" || line.find("<" + std::string(tag.word) + ">") == line.npos) continue;
        EXPECT_THAT(coloured.matched, ::testing::Contains(::testing::AnyOf("item", "string")))
            << line;
      }
    }
  }
  EXPECT_GT(lines, 3000U) << "the test has looked in the wrong place";
}

}  // namespace
}  // namespace chatspec::language_server
