#include "harness/cli/help/command_tree.h"

#include <algorithm>
#include <array>

#include <CLI/CLI.hpp>

namespace chatspec {
namespace {

using Paths = ValueChoice::Paths;

// What the word that stands for a value says of it.
struct ValueName {
  std::string_view name;
  Paths paths;
  std::string_view list;
};
constexpr std::array kValueNames{
    ValueName{"ASSIGNMENT", Paths::kFiles, ""},
    ValueName{"COMMAND", Paths::kFiles, ""},
    ValueName{"DIR", Paths::kFolders, ""},
    ValueName{"FILE", Paths::kFiles, ""},
    ValueName{"FOLDER", Paths::kFolders, ""},
    ValueName{"GRID", Paths::kFiles, ""},
    ValueName{"ID", Paths::kNone, "ID"},
    ValueName{"LOG", Paths::kFiles, ""},
    ValueName{"NAME|TAG", Paths::kNone, "NAME|TAG"},
    ValueName{"NEW", Paths::kFiles, ""},
    ValueName{"OLD", Paths::kFiles, ""},
    ValueName{"OLD NEW", Paths::kFiles, ""},
    ValueName{"PAGE", Paths::kNone, "PAGE"},
    ValueName{"PATH", Paths::kFiles, ""},
    ValueName{"PROFILE", Paths::kFiles, "PROFILE"},
    ValueName{"REQUIREMENT", Paths::kNone, "REQUIREMENT"},
    ValueName{"SCENARIO", Paths::kFiles, "SCENARIO"},
    ValueName{"SUBMISSIONS", Paths::kFiles, ""},
    ValueName{"TAG", Paths::kNone, "TAG"},
    ValueName{"TOPIC", Paths::kNone, "TOPIC"},
};

// CLI11's words for a set of values: {ONE,OTHER}.
std::vector<std::string> words_of_set(std::string_view set) {
  std::vector<std::string> words;
  if (!set.starts_with('{') || !set.ends_with('}')) return words;
  set = set.substr(1, set.size() - 2);
  while (!set.empty()) {
    const std::size_t end = std::min(set.find(','), set.size());
    words.emplace_back(set.substr(0, end));
    set.remove_prefix(std::min(end + 1, set.size()));
  }
  return words;
}

ValueChoice choice_of(std::string_view value, std::string_view set) {
  ValueChoice choice{.words = words_of_set(set)};
  const auto known = std::ranges::find(kValueNames, value, &ValueName::name);
  if (!choice.words.empty() || known == kValueNames.end()) return choice;
  choice.paths = known->paths;
  choice.list = known->list;
  return choice;
}

CommandArgument read_argument(const CLI::Option& option) {
  CommandArgument argument{.description = option.get_description(),
                           .group = option.get_group(),
                           .default_value = option.get_default_str(),
                           .is_required = option.get_required()};
  for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  const bool is_operand = argument.names.empty();
  if (is_operand) argument.names.push_back(option.get_name(true));
  // NAME:{ONE,OTHER}, for instance.
  const std::string type = option.get_type_name();
  const std::size_t end = std::min(type.find(':'), type.size());
  const bool is_flag = option.get_items_expected_max() == 0;
  argument.may_repeat =
      !is_flag && option.get_items_expected_max() >= CLI::detail::expected_max_vector_size;
  if (!is_flag) argument.value = is_operand ? argument.names.front() : type.substr(0, end);
  const std::string set = end < type.size() ? type.substr(end + 1) : "";
  argument.choice = choice_of(argument.value, set);
  return argument;
}

}  // namespace

CommandTree read_command_tree(const CLI::App& app) {
  CommandTree tree{
      .name = app.get_name(), .description = app.get_description(), .footer = app.get_footer()};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->nonpositional() ? tree.options : tree.operands).push_back(read_argument(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    tree.commands.push_back(read_command_tree(*command));
  return tree;
}

std::string_view first_sentence(std::string_view text) {
  const std::size_t end = std::min({text.find(". "), text.find(": "), text.find('\n')});
  text = text.substr(0, end);
  if (text.ends_with('.') || text.ends_with(':')) text.remove_suffix(1);
  return text;
}

std::string_view brief(std::string_view description) {
  return first_sentence(description.substr(0, description.find("; ")));
}

std::vector<CommandArgument> options_with_inherited(const CommandTree& root,
                                                    const CommandTree& command) {
  std::vector<CommandArgument> options = command.options;
  for (const CommandArgument& option : root.options) {
    const bool is_there = std::ranges::any_of(command.options, [&](const CommandArgument& own) {
      return own.names.back() == option.names.back();
    });
    if (!is_there && option.names.back() != "--version") options.push_back(option);
  }
  return options;
}

}  // namespace chatspec
