// For each command a call of zsh's _arguments, which takes a word of its own for each option:
// (NAMES THAT EXCLUDE IT)NAME[DESCRIPTION]:VALUE:ACTION.

#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/help/completion_scripts.h"
#include "harness/report/text/shell_words.h"

namespace chatspec {
namespace {

// With a backslash before what ends a part of such a word.
std::string escape_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ':' || c == '[' || c == ']') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string zsh_quote(const std::string& word) {
  return quote_words(std::span(&word, 1));
}

// What zsh does to complete a value. A blank at the beginning keeps it from adding words of its
// own.
std::string action_of(const std::string& program, const ValueChoice& choice) {
  const std::string_view paths = choice.paths == ValueChoice::Paths::kNone      ? ""
                                 : choice.paths == ValueChoice::Paths::kFolders ? "_files -/"
                                                                                : "_files";
  if (!choice.words.empty())
    return fmt::format("({})", fmt::join(only_plain_words(choice.words), " "));
  if (choice.list.empty()) return paths.empty() ? " " : std::string(paths);
  return fmt::format(" _{}_offer {} {}", program, zsh_quote(choice.list), paths);
}

std::vector<std::string> option_specs(const std::string& program, const CommandArgument& option) {
  std::vector<std::string> specs;
  for (const std::string& name : option.names) {
    std::string spec = option.may_repeat ? "*" : fmt::format("({})", fmt::join(option.names, " "));
    spec += name;
    if (!option.value.empty()) spec += name.starts_with("--") ? "=" : "+";
    spec += fmt::format("[{}]", escape_part(brief(option.description)));
    if (!option.value.empty())
      spec += fmt::format(":{}:{}", escape_part(option.value), action_of(program, option.choice));
    specs.push_back(spec);
  }
  return specs;
}

std::string call_arguments(const CommandTree& root, const CommandTree& command) {
  std::string text = "_arguments -S";
  for (const CommandArgument& option : options_with_inherited(root, command)) {
    for (const std::string& spec : option_specs(root.name, option))
      text += " \\\n        " + zsh_quote(spec);
  }
  for (std::size_t i = 0; i < command.operands.size(); ++i) {
    const CommandArgument& operand = command.operands[i];
    const std::string place = operand.may_repeat ? "*" : std::to_string(i + 1);
    text += " \\\n        " + zsh_quote(fmt::format("{}:{}:{}", place, operand.names.front(),
                                                    action_of(root.name, operand.choice)));
  }
  return text;
}

}  // namespace

std::string render_zsh_completion(const CommandTree& tree, std::span<const WordList> lists) {
  const std::string& program = tree.name;
  std::string text = fmt::format(
      "#compdef {0}\n# How zsh completes {0}. Made by `{0} completion zsh`.\n\n"
      "typeset -gA _{0}_lists=(\n",
      program);
  for (const WordList& list : lists)
    text += fmt::format("  {} '{}'\n", zsh_quote(list.name),
                        fmt::join(only_plain_words(list.words), " "));
  text += fmt::format(
      ")\n\n# Offers the words of the list $1, and what the rest of the arguments completes.\n"
      "_{0}_offer() {{\n"
      "  local -a words=(${{=_{0}_lists[$1]}})\n"
      "  compadd -a words\n"
      "  (($# > 1)) && \"${{@:2}}\"\n"
      "}}\n\n"
      "_{0}_commands() {{\n  local -a commands=(\n",
      program);
  for (const CommandTree& command : tree.commands)
    text += fmt::format("    {}\n",
                        zsh_quote(command.name + ":" + escape_part(brief(command.description))));
  text += fmt::format(
      "  )\n  _describe command commands\n}}\n\n"
      "_{0}() {{\n"
      "  local curcontext=$curcontext state line\n"
      "  typeset -A opt_args\n"
      "  _arguments -C",
      program);
  for (const CommandArgument& option : tree.options) {
    for (const std::string& spec : option_specs(program, option))
      text += " \\\n    " + zsh_quote(spec);
  }
  text += fmt::format(
      " \\\n    '1:command:_{0}_commands' '*::argument:->argument'\n"
      "  [[ $state == argument ]] || return\n"
      "  case $words[1] in\n",
      program);
  for (const CommandTree& command : tree.commands)
    text += fmt::format("    {})\n      {} ;;\n", command.name, call_arguments(tree, command));
  return text + fmt::format("  esac\n}}\n\n_{0} \"$@\"\n", program);
}

}  // namespace chatspec
