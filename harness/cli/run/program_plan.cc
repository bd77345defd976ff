#include "harness/cli/run/program_plan.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/folders/tree_copy.h"
#include "harness/cell/program/program.h"
#include "harness/cli/options/program_files.h"
#include "harness/cli/options/suite_location.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// The program may see neither what it will be asked, nor what came of it.
std::vector<fs::path> list_secrets(const RunArguments& arguments) {
  std::vector<fs::path> secrets;
  const auto own = find_own_suite();
  const fs::path suite = arguments.selection.suite;
  if (own || !suite.empty()) secrets.push_back(suite.empty() ? *own : suite);
  std::ranges::copy(paths_among(arguments.selection.words), std::back_inserter(secrets));
  if (!arguments.log.empty()) secrets.push_back(arguments.log);
  return secrets;
}

SandboxPolicy plan_sandbox(const RunArguments& arguments, const Command& command,
                           const std::string& program) {
  std::vector<fs::path> secrets = list_secrets(arguments);
  if (const auto temporary = find_temporary_folder()) secrets.push_back(*temporary);
  std::error_code gone;
  // Where one log lies, there may be those of others.
  if (!arguments.log.empty()) secrets.push_back(fs::absolute(arguments.log, gone).parent_path());
  SandboxPolicy policy = make_sandbox_policy(std::move(secrets));
  std::vector<std::string> words = command.words();
  words.push_back(program);
  for (const std::string& one : arguments.readable) {
    std::error_code failure;
    words.push_back(fs::absolute(one, failure));
  }
  allow_command(policy, words);
  return policy;
}

// The program's file, where it is looked up; "" where it lies in the folder that it starts in.
std::expected<std::string, std::string> locate_program(const ProgramPlan& plan) {
  const std::string& name = plan.command.program();
  if (plan.folder && name.find('/') != std::string::npos && !name.starts_with('/')) return "";
  const char* path = std::getenv("PATH");
  auto program = find_program(name, path ? path : "");
  if (!program) return std::unexpected(program.error().message);
  return *std::move(program);
}

}  // namespace

std::optional<std::string> ProgramPlan::find_unusable_file(const std::string& folder_name) const {
  if (!folder) {
    std::error_code gone;  // where the folder was removed, no relative word names a file
    const fs::path here = fs::current_path(gone);
    return chatspec::find_unusable_file(
        command.words(), here,
        gone ? "the folder in which chatspec was started, which is gone" : here.native());
  }
  auto unusable = chatspec::find_unusable_file(command.words(), folder->path(), folder_name);
  if (unusable && folder->contents().left_out_count > 0) {
    *unusable += "; left out of the copy of it: " + describe_left_out(folder->contents());
  }
  return unusable;
}

std::expected<ProgramPlan, std::string> plan_program(const RunArguments& arguments, Role role) {
  const std::string option = role == Role::kServer ? "--server: " : "--client: ";
  auto command = Command::parse(role == Role::kServer ? arguments.server : arguments.client, role);
  if (!command) return std::unexpected(option + command.error());
  ProgramPlan plan{.command = *std::move(command), .sandbox = {}};
  if (arguments.folder) {
    const auto temporary = find_temporary_folder();
    if (!temporary) return std::unexpected(temporary.error());
    auto folder = ProgramFolder::copy_of(*arguments.folder, *temporary, list_secrets(arguments));
    if (!folder) return std::unexpected("--folder: " + folder.error());
    plan.folder = *std::move(folder);
  }
  if (arguments.build.empty()) {
    const auto unusable = plan.find_unusable_file(arguments.folder.value_or(""));
    if (unusable) return std::unexpected(option + *unusable);
  }
  std::error_code gone;
  if (!plan.folder) plan.command.make_paths_absolute(fs::current_path(gone));
  const auto program = locate_program(plan);
  if (!program) return std::unexpected(option + program.error());
  plan.sandbox = plan_sandbox(arguments, plan.command, *program);
  return plan;
}

}  // namespace chatspec
