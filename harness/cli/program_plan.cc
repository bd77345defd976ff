#include "harness/cli/program_plan.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>

#include "harness/cell/program.h"
#include "harness/cell/scratch_folder.h"
#include "harness/cli/program_files.h"
#include "harness/cli/run_options.h"
#include "harness/cli/suite_location.h"

namespace chatspec {
namespace {

// The program may see neither what it will be asked, nor what came of it.
SandboxPolicy plan_sandbox(const RunArguments& arguments, const Command& command,
                           const std::string& program) {
  std::vector<std::filesystem::path> secrets;
  if (const auto temporary = find_temporary_folder()) secrets.push_back(*temporary);
  const auto own = find_own_suite();
  const std::filesystem::path suite = arguments.selection.suite;
  if (own || !suite.empty()) secrets.push_back(suite.empty() ? *own : suite);
  std::ranges::copy(paths_among(arguments.selection.words), std::back_inserter(secrets));
  if (!arguments.log.empty()) secrets.push_back(arguments.log);
  SandboxPolicy policy = make_sandbox_policy(std::move(secrets));
  std::vector<std::string> words = command.words();
  words.push_back(program);
  for (const std::string& one : arguments.readable) {
    std::error_code failure;
    words.push_back(std::filesystem::absolute(one, failure));
  }
  allow_command(policy, words);
  return policy;
}

}  // namespace

std::expected<ProgramPlan, std::string> plan_program(const RunArguments& arguments, Role role) {
  std::error_code gone;  // where the folder was removed, no relative word names a file
  const std::filesystem::path here = std::filesystem::current_path(gone);
  auto command = Command::parse(role == Role::kServer ? arguments.server : arguments.client, role);
  if (!command) return std::unexpected(command.error());
  const std::string name = gone ? "the folder in which chatspec was started, which is gone" : here;
  if (auto unusable = find_unusable_file(command->words(), here, name)) {
    return std::unexpected(*std::move(unusable));
  }
  command->make_paths_absolute(here);
  const char* path = std::getenv("PATH");
  const auto program = find_program(command->program(), path ? path : "");
  if (!program) return std::unexpected(program.error().message);
  SandboxPolicy sandbox = plan_sandbox(arguments, *command, *program);
  return ProgramPlan{.command = *std::move(command), .sandbox = std::move(sandbox)};
}

}  // namespace chatspec
