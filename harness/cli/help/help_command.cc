// help: what --help says of a command, and what there is to say of other topics.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/help/command_tree.h"
#include "harness/cli/help/help_commands.h"
#include "harness/cli/help/help_topics.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

// What --help says of it. `app.help()` would be that of the command that was typed, which is
// `help`.
std::string help_of(const CLI::App& app, const std::string& name) {
  return app.get_formatter()->make_help(&app, name, CLI::AppFormatMode::Normal);
}

// `; did you mean "NAME"?` of the name that is close, or else of the first that begins so: its
// first word is what people remember.
std::string guess_topic(const std::string& topic, const std::vector<std::string_view>& known) {
  std::string guess = chat::did_you_mean(topic, known);
  const auto longer =
      std::ranges::find_if(known, [&](std::string_view name) { return name.starts_with(topic); });
  if (!guess.empty() || longer == known.end()) return guess;
  return fmt::format("; did you mean {}?", chat::quote(*longer));
}

ExitCode help(const CLI::App& app, const std::string& topic, Console& console) {
  if (topic.empty()) {
    console.say(help_of(app, app.get_name()));
    return ExitCode::kGood;
  }
  const CommandTree tree = read_command_tree(app);
  std::vector<std::string_view> known;
  for (const CommandTree& command : tree.commands) {
    if (command.name == topic) {
      console.say(help_of(*app.get_subcommand(topic), fmt::format("{} {}", app.get_name(), topic)));
      return ExitCode::kGood;
    }
    known.push_back(command.name);
  }
  if (const HelpTopic* found = find_help_topic(topic)) {
    console.say(found->render(tree));
    return ExitCode::kGood;
  }
  for (const HelpTopic& one : help_topics()) known.push_back(one.name);
  console.complain(fmt::format("there is no command or topic {}{}", chat::quote(topic),
                               guess_topic(topic, known)));
  console.warn("`chatspec help --help` shows the topics\n");
  return ExitCode::kUsage;
}

}  // namespace

void add_help_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("help", "Tell of a command, or of another topic");
  auto topic = std::make_shared<std::string>();
  command->add_option("TOPIC", *topic, "A command or a topic; chatspec itself if none is given");
  std::string footer =
      "Examples:\n  chatspec help run\n  chatspec help profiles\n\nTopics besides commands:\n";
  for (const HelpTopic& one : help_topics())
    footer += fmt::format("  {:<16} {}\n", one.name, one.about);
  command->footer(footer);
  command->callback([&app, &chosen, topic] {
    chosen = [&app, topic](Console& console) { return help(app, *topic, console); };
  });
}

}  // namespace chatspec
