#include "harness/cli/options/word_lists.h"

#include <algorithm>
#include <set>

#include "harness/cli/options/suite_location.h"
#include "harness/judge/findings/cause.h"
#include "harness/judge/findings/verdict.h"
#include "harness/scenario/lint_code.h"
#include "harness/suite/case.h"
#include "reference/profile.h"
#include "reference/requirements.h"

namespace chatspec {
namespace {

bool is_plain(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || std::string_view("-_./").contains(c);
}

std::vector<std::string> words_of(const std::set<std::string>& words) {
  return only_plain_words({words.begin(), words.end()});
}

// The requirements, and their chapters.
std::set<std::string> requirement_words() {
  std::set<std::string> words;
  for (const chat::Requirement& requirement : chat::requirements()) {
    words.emplace(requirement.id);
    words.emplace(requirement.id.substr(0, requirement.id.rfind('-')));
  }
  return words;
}

std::set<std::string> explained_words() {
  std::set<std::string> words = requirement_words();
  for (const VerdictWord& verdict : kVerdicts) words.emplace(verdict.word);
  for (const FailureWord& failure : kFailures) words.emplace(failure.word);
  for (const CauseWord& cause : kCauses) words.emplace(cause.id);
  for (const LintCodeWord& mistake : kLintCodes) words.emplace(mistake.word);
  return words;
}

}  // namespace

std::vector<std::string> only_plain_words(std::vector<std::string> words) {
  std::erase_if(words, [](const std::string& word) {
    return word.empty() || word.starts_with('-') || !std::ranges::all_of(word, is_plain);
  });
  return words;
}

std::vector<WordList> collect_word_lists() {
  std::set<std::string> profiles;
  for (const chat::Profile& profile : chat::builtin_profiles()) profiles.emplace(profile.name);
  std::set<std::string> scenarios;
  std::set<std::string> tags;
  const auto folder = find_own_suite();
  const Suite suite = folder ? load_suite({*folder}) : Suite();
  for (const ScenarioFile& file : suite.files) {
    scenarios.insert(file.id);
    scenarios.insert(file.id.substr(0, file.id.find('/')));
  }
  if (suite.problems.empty()) {
    for (const Case& one : list_cases(suite)) {
      const auto own = one.tags();
      tags.insert(own.begin(), own.end());
    }
  }
  std::set<std::string> names_and_tags = scenarios;
  names_and_tags.insert(tags.begin(), tags.end());
  return {{"ID", words_of(explained_words())}, {"NAME|TAG", words_of(names_and_tags)},
          {"PROFILE", words_of(profiles)},     {"REQUIREMENT", words_of(requirement_words())},
          {"SCENARIO", words_of(scenarios)},   {"TAG", words_of(tags)}};
}

}  // namespace chatspec
