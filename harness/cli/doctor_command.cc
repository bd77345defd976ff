// doctor: what this machine offers to cells, and how to get the rest.

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "harness/cell/isolation.h"
#include "harness/cli/commands.h"

namespace chatspec {
namespace {

void print_obstacle(const Obstacle& obstacle) {
  fmt::print("             {}\n", obstacle.what);
  if (!obstacle.remedy.empty()) fmt::print("             to mend it: {}\n", obstacle.remedy);
}

// Gives whether all is well.
bool examine(const IsolationWord& word, const SandboxPolicy& policy, Launcher& launcher) {
  const std::filesystem::path temporary = std::filesystem::temp_directory_path();
  const auto obstacle = find_obstacle(word.isolation, policy, temporary, launcher);
  fmt::print("{:<10} {}  {}\n", word.word, obstacle ? "no " : "yes", word.meaning);
  if (obstacle) {
    print_obstacle(*obstacle);
    return false;
  }
  const auto blindness = find_obstacle_to_observing(word.isolation, policy, temporary, launcher);
  if (!blindness) return true;
  fmt::print("             but silence cannot be proven there and rests on deadlines:\n");
  print_obstacle(*blindness);
  return false;
}

ExitCode doctor() {
  auto launcher = Launcher::fork();
  if (!launcher) {
    complain(launcher.error().to_string());
    return ExitCode::kInternal;
  }
  const SandboxPolicy policy = make_sandbox_policy({});
  bool well = true;
  for (const IsolationWord& word : kIsolations) {
    if (word.isolation != Isolation::kRemote) well &= examine(word, policy, **launcher);
  }
  fmt::print("{:<10} yes  {}\n", to_string(Isolation::kRemote),
             "a server that somebody else started; its silence rests on deadlines");
  return well ? ExitCode::kGood : ExitCode::kFailed;
}

}  // namespace

void add_doctor_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("doctor", "Tell what this machine offers to isolate and observe programs");
  command->callback([&chosen] { chosen = [] { return doctor(); }; });
}

}  // namespace chatspec
