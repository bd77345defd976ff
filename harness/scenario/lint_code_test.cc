#include "harness/scenario/lint_code.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/vocabulary.h"

namespace chatspec {
namespace {

std::vector<std::string> words_of_codes() {
  std::vector<std::string> words;
  for (const LintCodeWord& entry : kLintCodes) words.emplace_back(entry.word);
  return words;
}

// A code's row in a table of Markdown.
std::string row_of(const LintCodeWord& entry) {
  std::string row = "| `" + std::string(entry.word) + "` | ";
  if (entry.severity == Severity::kWarning) row += "warning: ";
  for (const char c : entry.meaning) row += c == '|' ? "\\|" : std::string(1, c);
  return row + " |";
}

// The rows of the document's table of mistakes.
std::vector<std::string> rows_in_readme() {
  std::ifstream file(std::filesystem::path(CHATSPEC_SOURCE_DIR) / "scenarios/README.md");
  std::vector<std::string> rows;
  bool is_in_section = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) is_in_section = line == "## Mistakes";
    if (is_in_section && line.starts_with("| `")) rows.push_back(line);
  }
  return rows;
}

TEST(LintCodes, AreExplainedInTheReadmeInTheSameWords) {
  std::vector<std::string> rows;
  for (const LintCodeWord& entry : kLintCodes) rows.push_back(row_of(entry));
  EXPECT_EQ(rows_in_readme(), rows);
}

TEST(LintCodes, AreWordsOfTheirOwn) {
  const std::vector<std::string> words = words_of_codes();
  for (const std::string& word : words) EXPECT_TRUE(is_identifier(word)) << word;
  EXPECT_EQ(std::set(words.begin(), words.end()).size(), words.size());
}

TEST(LintCodes, ThatAreWarningsSaySo) {
  EXPECT_EQ(entry_of(LintCode::kLooksLikeComment).severity, Severity::kWarning);
  EXPECT_EQ(entry_of(LintCode::kUnknownItem).severity, Severity::kError);
  EXPECT_EQ(entry_of(LintCode::kUnknownItem).word, "unknown-item");
}

}  // namespace
}  // namespace chatspec
