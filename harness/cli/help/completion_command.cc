// completion: the script by which a shell completes chatspec's command line.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "harness/cli/help/command_tree.h"
#include "harness/cli/help/completion_scripts.h"
#include "harness/cli/help/help_commands.h"
#include "harness/cli/help/help_topics.h"
#include "harness/cli/options/word_lists.h"

namespace chatspec {
namespace {

struct Shell {
  std::string name;
  std::string (*render)(const CommandTree& tree, std::span<const WordList> lists);
};
const std::array kShells{
    Shell{"bash", render_bash_completion},
    Shell{"zsh", render_zsh_completion},
    Shell{"fish", render_fish_completion},
};

ExitCode print_script(const CLI::App& app, const std::string& shell, Console& console) {
  const auto chosen = std::ranges::find(kShells, shell, &Shell::name);
  const CommandTree tree = read_command_tree(app);
  std::vector<WordList> lists = collect_word_lists();
  std::vector<std::string> topics;
  for (const CommandTree& command : tree.commands) topics.push_back(command.name);
  lists.push_back({"PAGE", topics});
  for (const HelpTopic& topic : help_topics()) topics.emplace_back(topic.name);
  lists.push_back({"TOPIC", topics});
  console.say(chosen->render(tree, lists));
  return ExitCode::kGood;
}

}  // namespace

void add_completion_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "completion", "Print the script by which a shell completes chatspec's commands");
  auto shell = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const Shell& one : kShells) names.push_back(one.name);
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember(names));
  command->footer(
      "Examples:\n"
      "  source <(chatspec completion bash)\n"
      "  chatspec completion zsh >~/.zsh/_chatspec    # a folder that $fpath names\n"
      "  chatspec completion fish >~/.config/fish/completions/chatspec.fish\n"
      "\n"
      "Where chatspec is installed, the shells find them already.");
  command->callback([&app, &chosen, shell] {
    chosen = [&app, shell](Console& console) { return print_script(app, *shell, console); };
  });
}

}  // namespace chatspec
