#include "harness/cli/program_plan.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>

#include "harness/cell/program.h"
#include "harness/cli/program_files.h"
#include "harness/cli/run_options.h"
#include "harness/cli/suite_location.h"

namespace chatspec {
namespace {

// The program may see neither what it will be asked, nor what came of it.
SandboxPolicy plan_sandbox(const RunArguments& arguments, const Command& command,
                           const std::string& program) {
  std::vector<std::filesystem::path> secrets{std::filesystem::temp_directory_path()};
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
  const std::filesystem::path here = std::filesystem::current_path();
  auto command = Command::parse(role == Role::kServer ? arguments.server : arguments.client, role);
  if (!command) return std::unexpected(command.error());
  if (auto unusable = find_unusable_file(command->words(), here, here)) {
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
