// A call of fish's `complete` for each command, option and operand.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/help/completion_scripts.h"

namespace chatspec {
namespace {

// Within single quotes fish takes only \\ and \' for more than themselves.
std::string fish_quote(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "'";
}

std::string variable_of_list(const std::string& program, std::string name) {
  for (char& c : name) {
    if (c == '|') c = '_';
  }
  return fmt::format("__{}_{}", program, name);
}

// What `complete` is told of a value: -F files too, -f none, -a words or a command for them.
std::string words_of_value(const std::string& program, const ValueChoice& choice) {
  std::string text = choice.paths == ValueChoice::Paths::kFiles ? " -F" : " -f";
  if (choice.paths == ValueChoice::Paths::kFolders) text += " -a '(__fish_complete_directories)'";
  if (!choice.words.empty())
    text += fmt::format(" -a '{}'", fmt::join(only_plain_words(choice.words), " "));
  if (!choice.list.empty())
    text += fmt::format(" -a \"${}\"", variable_of_list(program, choice.list));
  return text;
}

std::string complete_option(const std::string& program, const std::string& condition,
                            const CommandArgument& option) {
  std::string line = fmt::format("complete -c {}{}", program, condition);
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    line += fmt::format(" -{} {}", is_long ? "l" : "s", name.substr(is_long ? 2 : 1));
  }
  if (!option.value.empty()) line += " -r" + words_of_value(program, option.choice);
  return line + " -d " + fish_quote(brief(option.description)) + "\n";
}

std::string complete_command(const CommandTree& root, const CommandTree& command) {
  const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
  std::string text = fmt::format("\ncomplete -c {} -n __fish_use_subcommand -f -a {} -d {}\n",
                                 root.name, command.name, fish_quote(brief(command.description)));
  for (const CommandArgument& option : command.options)
    text += complete_option(root.name, condition, option);
  for (const CommandArgument& operand : command.operands)
    text += fmt::format("complete -c {}{}{}\n", root.name, condition,
                        words_of_value(root.name, operand.choice));
  return text;
}

}  // namespace

std::string render_fish_completion(const CommandTree& tree, std::span<const WordList> lists) {
  std::string text =
      fmt::format("# How fish completes {0}. Made by `{0} completion fish`.\n\n", tree.name);
  for (const WordList& list : lists)
    text += fmt::format("set -g {} '{}'\n", variable_of_list(tree.name, list.name),
                        fmt::join(only_plain_words(list.words), " "));
  text += fmt::format("\ncomplete -c {} -f\n", tree.name);
  for (const CommandArgument& option : tree.options) {
    const bool is_help = option.names.back() == "--help";  // which each command has
    text += complete_option(tree.name, is_help ? " -n __fish_use_subcommand" : "", option);
  }
  for (const CommandTree& command : tree.commands) text += complete_command(tree, command);
  return text;
}

}  // namespace chatspec
