#include "harness/language_server/tests/text_mate_grammar.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec::language_server {
namespace {

std::vector<std::string> read_includes(const nlohmann::json& patterns) {
  std::vector<std::string> names;
  for (const auto& one : patterns) {
    if (one.contains("include")) names.push_back(one["include"].get<std::string>().substr(1));
  }
  return names;
}

}  // namespace

TextMateGrammar::TextMateGrammar(const std::filesystem::path& path)
    : source_(nlohmann::json::parse(chat::content_of(path))),
      on_top_(read_includes(source_.at("patterns"))) {
  for (const auto& [name, source] : source_.at("repository").items()) {
    Rule& rule = rules_[name];
    rule.pattern = std::make_unique<RE2>(pattern_of(name));
    EXPECT_TRUE(rule.pattern->ok()) << name << ": " << rule.pattern->error();
    if (!source.contains("begin")) continue;
    EXPECT_EQ(source.at("end"), "$") << name;
    rule.inner = read_includes(source.at("patterns"));
  }
}

std::string TextMateGrammar::pattern_of(const std::string& rule) const {
  const auto& source = source_.at("repository").at(rule);
  return source.at(source.contains("begin") ? "begin" : "match");
}

TextMateGrammar::Match TextMateGrammar::find_first(const std::vector<std::string>& rules,
                                                   std::string_view line, std::size_t from) const {
  Match first{.begin = line.size(), .end = line.size()};
  for (const std::string& name : rules) {
    re2::StringPiece found;
    const RE2& pattern = *rules_.at(name).pattern;
    if (!pattern.Match(line, from, line.size(), RE2::UNANCHORED, &found, 1)) continue;
    const auto begin = static_cast<std::size_t>(found.data() - line.data());
    if (first.rule.empty() || begin < first.begin) first = {name, begin, begin + found.size()};
  }
  return first;
}

Coloured TextMateGrammar::colour(std::string_view line) const {
  const Match whole = find_first(on_top_, line, 0);
  Coloured coloured{.rule = whole.rule};
  if (whole.rule.empty()) return coloured;
  std::size_t at = whole.end;
  while (at < line.size()) {
    Match next = find_first(rules_.at(whole.rule).inner, line, at);
    coloured.rest += line.substr(at, next.begin - at);
    at = std::max(next.end, at + 1);
    if (!next.rule.empty()) coloured.inner.push_back(std::move(next.rule));
  }
  return coloured;
}

}  // namespace chatspec::language_server
