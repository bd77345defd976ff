#include "harness/cli/grid/grid_roster.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/assignment_file.h"
#include "harness/cli/options/mistaken_file.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/run/run_arguments.h"
#include "harness/grade/intake/take_in.h"
#include "harness/grade/recipe_of_submission.h"
#include "harness/play/command.h"
#include "harness/report/text/shell_words.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostGridBytes = std::size_t{1} << 20;

// What is wrong with the command lines of an implementation, if anything is. Without a folder of
// its own, its words are looked up from that of the file.
std::optional<std::string> settle_command(GridImplementation& one, Role role,
                                          const fs::path& folder) {
  std::string& text = role == Role::kServer ? one.server : one.client;
  if (text.empty()) return std::nullopt;
  auto command = Command::parse(text, role);
  if (!command)
    return fmt::format("implementation {}: {}: {}", one.name, chat::to_string(role),
                       command.error());
  if (one.folder.empty()) {
    command->make_paths_absolute(folder);
    text = quote_words(command->words());
  }
  return std::nullopt;
}

std::expected<Grid, std::string> read_grid(const std::string& file) {
  const auto text = read_whole_file(file, kMostGridBytes);
  if (!text) return std::unexpected(text.error());
  if (const auto fits = refuse_other_kinds(*text, file, "a grid"); !fits)
    return std::unexpected(fits.error());
  auto grid = parse_grid(*text, file);
  if (!grid) return std::unexpected(chat::to_string(grid.error()));
  std::vector<chat::FileError> errors;
  const fs::path folder = fs::absolute(file).parent_path();
  for (GridImplementation& one : grid->implementations) {
    for (const Role role : {Role::kServer, Role::kClient}) {
      if (auto wrong = settle_command(one, role, folder))
        errors.push_back({.file = file, .line = one.line, .message = *std::move(wrong)});
    }
  }
  if (!errors.empty()) return std::unexpected(chat::to_string(errors));
  return *std::move(grid);
}

void add_submission(const Submission& submission, const Assignment& assignment,
                    GridRoster& roster) {
  const auto recipe = choose_recipe(assignment, submission.names);
  const bool is_taken =
      std::ranges::count(roster.grid.implementations, submission.id, &GridImplementation::name) > 0;
  if (!recipe || is_taken) {
    roster.left_out.push_back(
        fmt::format("{}: {}", submission.id,
                    recipe ? "an implementation of this name is there" : recipe.error()));
    return;
  }
  roster.grid.implementations.push_back({.name = submission.id,
                                         .folder = submission.folder,
                                         .build = (*recipe)->build,
                                         .server = (*recipe)->server,
                                         .client = (*recipe)->client});
}

std::expected<void, std::string> add_submissions(const std::vector<std::string>& sources,
                                                 const Assignment& assignment,
                                                 const fs::path& unpacked, GridRoster& roster) {
  for (const std::string& source : sources) {
    std::error_code failure;
    if (!fs::exists(source, failure))
      return std::unexpected(fmt::format("{}: there is no such folder or archive", source));
  }
  const Intake intake = take_in({sources.begin(), sources.end()}, unpacked,
                                [&](const std::vector<std::string>& names) {
                                  return find_recipe(assignment, names) != nullptr;
                                });
  for (const RefusedSubmission& one : intake.refused)
    roster.left_out.push_back(fmt::format("{}: {}", one.id, one.why));
  for (const Submission& one : intake.submissions) add_submission(one, assignment, roster);
  return {};
}

}  // namespace

std::expected<GridRoster, std::string> call_roster(const std::string& file,
                                                   const std::vector<std::string>& submissions,
                                                   const fs::path& unpacked) {
  auto grid = read_grid(file);
  if (!grid) return std::unexpected(grid.error());
  GridRoster roster{.grid = *std::move(grid)};
  std::optional<Assignment> assignment;
  if (!roster.grid.assignment.empty()) {
    auto read = read_assignment(roster.grid.assignment.string());
    if (!read) return std::unexpected(read.error());
    assignment = *std::move(read);
  }
  if (!submissions.empty() && !assignment) {
    return std::unexpected(
        fmt::format("{}: expected `assignment FILE`, which says how submissions are built and "
                    "started, since there are some",
                    file));
  }
  std::string profile = roster.grid.profile;
  if (profile.empty() && assignment && assignment->profile != kAutomaticProfile)
    profile = assignment->profile;
  auto found = find_or_read_profile(profile.empty() ? "line" : profile);
  if (!found) return std::unexpected(found.error());
  roster.profile = *std::move(found);
  if (!submissions.empty()) {
    if (auto added = add_submissions(submissions, *assignment, unpacked, roster); !added)
      return std::unexpected(added.error());
  }
  return roster;
}

}  // namespace chatspec
