// A function of fixed code around three tables: the words of lists, what may follow an option, and
// what a command knows.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/help/completion_scripts.h"

namespace chatspec {
namespace {

// PROGRAM stands for the program's name, and TABLES for what is made.
constexpr std::string_view kScript =
    R"(# How bash completes PROGRAM. Made by `PROGRAM completion bash`.

LISTS
_PROGRAM_words() { mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$word"); }

_PROGRAM_paths() {
  ((${#COMPREPLY[@]} > 0)) && return
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -A "$1" -- "$word")
}

_PROGRAM() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
  COMPREPLY=()
  # bash takes --option=value for three words.
  [[ $word == '=' ]] && word=''
  [[ $before == '=' ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${COMP_WORDS[i]} in
      --) _PROGRAM_paths file; return ;;
      COMMANDS) [[ $command ]] || command=${COMP_WORDS[i]} ;;
    esac
  done
  case "$command $before" in
VALUES  esac
  case "$command $word" in
OPTIONS  esac
  case $command in
OPERANDS  esac
}

complete -F _PROGRAM PROGRAM
)";

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
  for (std::size_t at = text.find(mark); at != std::string::npos;
       at = text.find(mark, at + by.size()))
    text.replace(at, mark.size(), by);
  return text;
}

// A shell variable's name for the list of that name.
std::string variable_of(const std::string& program, std::string name) {
  return fmt::format("_{}_{}", program, replaced(std::move(name), "|", "_"));
}

std::string offer(const std::string& program, const ValueChoice& choice) {
  std::string text;
  if (!choice.words.empty())
    text +=
        fmt::format("_{}_words '{}'; ", program, fmt::join(only_plain_words(choice.words), " "));
  if (!choice.list.empty())
    text += fmt::format("_{}_words \"${}\"; ", program, variable_of(program, choice.list));
  if (choice.paths != ValueChoice::Paths::kNone)
    text += fmt::format("_{}_paths {}; ", program,
                        choice.paths == ValueChoice::Paths::kFolders ? "directory" : "file");
  return text;
}

// What may follow each option that wants a value; nothing where it could be anything.
std::string values_of(const std::string& program, const CommandTree& command,
                      const std::string& command_name) {
  std::string text;
  for (const CommandArgument& option : command.options) {
    if (option.value.empty()) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : option.names)
      patterns.push_back(fmt::format("{}' {}'", command_name, name));
    text += fmt::format("    {}) {}return ;;\n", fmt::join(patterns, " | "),
                        offer(program, option.choice));
  }
  return text;
}

std::string option_words(const CommandTree& root, const CommandTree& command) {
  std::vector<std::string> names;
  for (const CommandArgument& option : options_with_inherited(root, command))
    names.insert(names.end(), option.names.begin(), option.names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace

std::string render_bash_completion(const CommandTree& tree, std::span<const WordList> lists) {
  std::string words;
  for (const WordList& list : lists)
    words += fmt::format("{}='{}'\n", variable_of(tree.name, list.name),
                         fmt::join(only_plain_words(list.words), " "));
  std::vector<std::string> commands;
  std::string values = values_of(tree.name, tree, "*");
  std::string options;
  std::string operands;
  for (const CommandTree& command : tree.commands) {
    commands.push_back(command.name);
    values += values_of(tree.name, command, command.name);
    options += fmt::format("    {}' '-*) _{}_words '{}'; return ;;\n", command.name, tree.name,
                           option_words(tree, command));
    std::string offered;
    for (const CommandArgument& operand : command.operands)
      offered += offer(tree.name, operand.choice);
    if (!offered.empty()) operands += fmt::format("    {}) {};;\n", command.name, offered);
  }
  options +=
      fmt::format("    ' '-*) _{}_words '{}'; return ;;\n", tree.name, option_words(tree, tree));
  operands += fmt::format("    '') _{}_words '{}' ;;\n", tree.name, fmt::join(commands, " "));
  std::string script(kScript);
  script = replaced(std::move(script), "PROGRAM", tree.name);
  script = replaced(std::move(script), "COMMANDS", fmt::format("{}", fmt::join(commands, " | ")));
  script = replaced(std::move(script), "LISTS\n", words);
  script = replaced(std::move(script), "VALUES", values);
  script = replaced(std::move(script), "OPTIONS", options);
  return replaced(std::move(script), "OPERANDS", operands);
}

}  // namespace chatspec
