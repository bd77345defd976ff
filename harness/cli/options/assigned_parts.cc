#include "harness/cli/options/assigned_parts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/suite/selection.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// Whether a word of `points` or `hidden` means the case.
bool means_case(const std::string& word, const Case& one) {
  return is_named(one, word) || std::ranges::count(one.tags(), word) > 0 ||
         covers(one, word, std::nullopt);
}

bool was_played(const std::string& word, std::span<const SettledRun> played) {
  const CaseWords words{{word}};
  return std::ranges::any_of(played, [&](const SettledRun& run) {
    return std::ranges::any_of(run.cases, [&](const CaseRecord* one) { return words.fits(*one); });
  });
}

// A word, and where it stands.
struct PlacedWord {
  std::string_view setting;
  const std::string& word;
  std::size_t line = 0;
};

std::vector<PlacedWord> list_words(const Assignment& assignment) {
  std::vector<PlacedWord> words;
  for (const PointsPart& part : assignment.parts)
    for (const std::string& word : part.cases.words) words.push_back({"points", word, part.line});
  for (const HiddenPart& part : assignment.hidden)
    for (const std::string& word : part.cases.words) words.push_back({"hidden", word, part.line});
  return words;
}

std::vector<chat::FileError> find_meaningless(const std::string& file, const Assignment& assignment,
                                              const std::vector<Case>& cases,
                                              std::span<const SettledRun> played) {
  std::vector<chat::FileError> wrong;
  for (const PlacedWord& one : list_words(assignment)) {
    const bool is_there =
        std::ranges::any_of(cases, [&](const Case& each) { return means_case(one.word, each); });
    if (is_there || was_played(one.word, played)) continue;
    wrong.push_back({.file = file,
                     .line = one.line,
                     .message = fmt::format(
                         "{}: no scenario, chapter, tag or requirement is called {}; `chatspec "
                         "list` shows what there is",
                         one.setting, chat::quote(one.word))});
  }
  return wrong;
}

// A part, by its index, in a role.
using UsedParts = std::set<std::pair<std::size_t, Role>>;

// The part to which a case belongs, by its index.
std::optional<std::size_t> find_part_of(const Assignment& assignment, const Case& one, Role role) {
  const auto part = std::ranges::find_if(assignment.parts, [&](const PointsPart& each) {
    return each.is_of(role) && std::ranges::any_of(each.cases.words, [&](const std::string& word) {
             return means_case(word, one);
           });
  });
  if (part == assignment.parts.end()) return std::nullopt;
  return static_cast<std::size_t>(part - assignment.parts.begin());
}

// Those to which something that is chosen belongs.
UsedParts find_chosen_parts(const Assignment& assignment, const Choices& choices) {
  UsedParts used;
  for (const auto& [role, choice] : choices) {
    for (const Case* one : choice.cases) {
      if (const auto part = find_part_of(assignment, *one, role)) used.emplace(*part, role);
    }
  }
  return used;
}

UsedParts find_played_parts(const Assignment& assignment, std::span<const SettledRun> played) {
  UsedParts used;
  for (const SettledRun& run : played) {
    for (const CaseRecord* one : run.cases) {
      if (const auto part = assignment.find_part(*one, run.role)) used.emplace(*part, run.role);
    }
  }
  return used;
}

// The roles in which nobody could earn a point of a part.
std::vector<Role> find_empty_roles(const Assignment& assignment, std::size_t at,
                                   const UsedParts& used) {
  const PointsPart& part = assignment.parts[at];
  if (part.role && !assignment.has_role(*part.role)) return {*part.role};
  std::vector<Role> empty;
  std::ranges::copy_if(assignment.roles, std::back_inserter(empty),
                       [&](Role role) { return part.is_of(role) && !used.contains({at, role}); });
  return empty;
}

std::vector<chat::FileError> find_empty_parts(const std::string& file, const Assignment& assignment,
                                              const UsedParts& used) {
  std::vector<chat::FileError> wrong;
  for (std::size_t at = 0; at < assignment.parts.size(); ++at) {
    const PointsPart& part = assignment.parts[at];
    const std::vector<Role> empty = find_empty_roles(assignment, at, used);
    if (empty.empty()) continue;
    const bool is_half = !part.role && empty.size() < assignment.roles.size();
    const std::string played =
        is_half ? fmt::format("played with a {}", chat::to_string(empty.front())) : "played";
    wrong.push_back(
        {.file = file,
         .line = part.line,
         .message = fmt::format("points: no case that is {} belongs to {}: either none is selected "
                                "(scenarios, tag, exclude), or each belongs to a part above",
                                played, part.cases.to_string())});
  }
  return wrong;
}

}  // namespace

Choices choose_assigned(const Assignment& assignment, const WantedSuite& wanted,
                        const std::vector<Case>& cases, const chat::Profile& profile) {
  Choices choices;
  for (const Role role : assignment.roles) {
    const Selection selection{.names = wanted.names,
                              .tags = assignment.tags,
                              .excluded = assignment.exclude,
                              .role = role,
                              .profile = &profile};
    choices.emplace(role, choose_cases(cases, selection, wanted.needed));
  }
  return choices;
}

std::string list_partless(const Assignment& assignment, const Choices& choices) {
  std::map<std::string, std::size_t> by_chapter;
  std::size_t all = 0;
  for (const auto& [role, choice] : choices) {
    for (const Case* one : choice.cases) {
      const std::string scenario = one->id.substr(0, one->id.find('['));
      if (choice.needed.contains(scenario) || find_part_of(assignment, *one, role)) continue;
      ++by_chapter[scenario.substr(0, scenario.find('/'))];
      ++all;
    }
  }
  if (all == 0) return {};
  std::vector<std::string> counts;
  for (const auto& [chapter, count] : by_chapter)
    counts.push_back(fmt::format("{} of {}", count, chapter));
  return fmt::format("{} to no part, and what fails there costs nothing: {}\n",
                     all == 1 ? "one case that is played belongs"
                              : fmt::format("{} cases that are played belong", all),
                     fmt::join(counts, ", "));
}

bool have_all_been_played(const Assignment& assignment, std::span<const SettledRun> played) {
  const UsedParts used = find_played_parts(assignment, played);
  for (std::size_t at = 0; at < assignment.parts.size(); ++at)
    if (!find_empty_roles(assignment, at, used).empty()) return false;
  return std::ranges::all_of(list_words(assignment),
                             [&](const PlacedWord& one) { return was_played(one.word, played); });
}

std::vector<chat::FileError> find_mistaken_parts(const std::string& file,
                                                 const Assignment& assignment,
                                                 const AssignedCases& cases,
                                                 std::span<const SettledRun> played) {
  std::vector<chat::FileError> wrong = find_meaningless(file, assignment, cases.all, played);
  // A word that means nothing leaves its part without cases, which need not be said, too.
  if (!wrong.empty()) return wrong;
  UsedParts used = find_chosen_parts(assignment, cases.choices);
  used.merge(find_played_parts(assignment, played));
  return find_empty_parts(file, assignment, used);
}

}  // namespace chatspec
