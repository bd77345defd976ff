#include "harness/cli/options/assignment_file.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/isolation/sandbox.h"
#include "harness/cell/supervisor/launcher.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/assigned_parts.h"
#include "harness/cli/options/mistaken_file.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/options/tier_choice.h"
#include "harness/play/command.h"
#include "harness/scenario/source.h"
#include "reference/profile_settings.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxAssignmentBytes = std::size_t{1} << 20;

// In the tier of the assignment, while nobody lives in it.
std::expected<void, std::string> try_tier(const std::string& wanted) {
  const auto temporary = find_temporary_folder();
  if (!temporary) return std::unexpected(temporary.error());
  auto launcher = Launcher::fork();
  if (!launcher) return std::unexpected(launcher.error().to_string());
  const auto choice = choose_tier(
      wanted,
      {.policy = make_sandbox_policy({}), .temporary = *temporary, .launcher = launcher->get()});
  if (!choice) return std::unexpected(fmt::format("isolation: {}", choice.error()));
  return {};
}

// What is wrong with the command lines that start programs.
std::vector<chat::FileError> find_bad_commands(const std::string& file,
                                               const Assignment& assignment) {
  std::vector<chat::FileError> wrong;
  for (const Recipe& recipe : assignment.recipes) {
    for (const Role role : assignment.roles) {
      const auto command = Command::parse(recipe.start(role), role);
      if (!command)
        wrong.push_back({.file = file,
                         .line = recipe.line,
                         .message = fmt::format("language {}: {}: {}", recipe.name,
                                                chat::to_string(role), command.error())});
    }
  }
  return wrong;
}

// What keeps anything from being played in a role, a sentence each.
std::vector<std::string> find_unplayable(Role role, const Choice& choice) {
  std::vector<std::string> wrong = choice.unmatched;
  wrong.insert(wrong.end(), choice.unplayable.begin(), choice.unplayable.end());
  if (wrong.empty() && !choice.has_wanted())
    wrong.push_back(
        fmt::format("nothing of what is selected can be played with a {}", chat::to_string(role)));
  return wrong;
}

// The paths among the scenarios become absolute. The error is a sentence.
std::expected<void, std::string> find_scenarios(const std::string& path, Assignment& assignment) {
  const fs::path folder = fs::absolute(path).parent_path();
  for (std::string& word : assignment.scenarios) {
    std::error_code failure;
    const bool is_path =
        word.ends_with(kScenarioExtension) || word.starts_with('.') || word.starts_with('/');
    if (is_path) word = (folder / word).lexically_normal().string();
    if (is_path && !fs::exists(word, failure))
      return std::unexpected(fmt::format("scenarios: {} is not there", word));
  }
  return {};
}

// That by which cases are chosen before it is known what programs speak.
std::expected<chat::Profile, std::string> read_profile(const Assignment& assignment) {
  return find_or_read_profile(assignment.profile == "auto" ? "line" : assignment.profile);
}

std::string hash_of(const Suite& suite, const chat::Profile& profile) {
  std::string text = hash_suite(suite);
  for (const auto& [name, value] : chat::list_settings(profile))
    text += fmt::format(" {} {}:{}", name, value.size(), value);
  return chat::sha256_hex(text);
}

}  // namespace

std::expected<Assignment, std::string> read_assignment(const std::string& path) {
  const auto text = read_whole_file(path, kMaxAssignmentBytes);
  if (!text) return std::unexpected(text.error());
  if (const auto fits = refuse_other_kinds(*text, path, "an assignment"); !fits)
    return std::unexpected(fits.error());
  auto assignment = parse_assignment(*text, path);
  if (!assignment) return std::unexpected(chat::to_string(assignment.error()));
  return *std::move(assignment);
}

std::optional<AssignedSuite> prepare_assignment(const std::string& path, Assignment& assignment,
                                                Console& console) {
  const auto fail = [&](std::string_view message) {
    console.complain(fmt::format("{}: {}", path, message));
    return std::nullopt;
  };
  if (assignment.recipes.empty())
    return fail("no `language NAME` says how submissions are built and started");
  if (const auto found = find_scenarios(path, assignment); !found) return fail(found.error());
  const auto profile = read_profile(assignment);
  if (!profile) return fail(profile.error());
  const auto wanted = load_wanted(assignment.scenarios, "", console, {.needed_too = true});
  if (!wanted) return std::nullopt;
  const std::vector<Case> cases = list_cases(wanted->suite);
  const Choices choices = choose_assigned(assignment, *wanted, cases, *profile);
  std::vector<chat::FileError> mistakes = find_bad_commands(path, assignment);
  std::ranges::move(find_mistaken_parts(path, assignment, {cases, choices}),
                    std::back_inserter(mistakes));
  std::ranges::stable_sort(mistakes, {}, &chat::FileError::line);
  if (!mistakes.empty()) console.complain(chat::to_string(mistakes));
  std::vector<std::string> wrong;
  for (const auto& [role, choice] : choices)
    std::ranges::move(find_unplayable(role, choice), std::back_inserter(wrong));
  for (const std::string& sentence : wrong) fail(sentence);
  if (!wrong.empty() || !mistakes.empty()) return std::nullopt;
  if (const auto tried = try_tier(assignment.isolation); !tried) return fail(tried.error());
  if (const std::string note = list_partless(assignment, choices); !note.empty())
    console.warn(fmt::format("{}: {}", path, note));
  AssignedSuite suite{.hash = hash_of(wanted->suite, *profile),
                      .constants = find_known_constants(cases, *profile)};
  for (const fs::path& one : paths_among(assignment.scenarios))
    suite.paths.push_back(fs::absolute(one).string());
  return suite;
}

bool check_parts(const std::string& path, Assignment assignment, std::span<const SettledRun> played,
                 Console& console) {
  if (have_all_been_played(assignment, played)) return true;
  const auto fail = [&](std::string_view message) {
    console.complain(fmt::format("{}: {}", path, message));
    return false;
  };
  if (const auto found = find_scenarios(path, assignment); !found) return fail(found.error());
  const auto profile = read_profile(assignment);
  if (!profile) return fail(profile.error());
  const auto wanted = load_wanted(assignment.scenarios, "", console, {.needed_too = true});
  if (!wanted) return false;
  const std::vector<Case> cases = list_cases(wanted->suite);
  const Choices choices = choose_assigned(assignment, *wanted, cases, *profile);
  const auto mistakes = find_mistaken_parts(path, assignment, {cases, choices}, played);
  if (!mistakes.empty()) console.complain(chat::to_string(mistakes));
  return mistakes.empty();
}

}  // namespace chatspec
