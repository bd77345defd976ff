#include "harness/cli/help/unknown_word.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/text/shell_words.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

constexpr std::string_view kEndOfOptions = "--";

// The command that is named first, if one is.
const CommandTree* find_command(const CommandTree& tree,
                                const std::vector<std::string>& arguments) {
  const auto end = std::ranges::find(arguments, kEndOfOptions);
  const auto name = std::ranges::find_first_of(arguments.begin(), end, tree.commands.begin(),
                                               tree.commands.end(), {}, {}, &CommandTree::name);
  if (name == end) return nullptr;
  return &*std::ranges::find(tree.commands, *name, &CommandTree::name);
}

const CommandArgument* find_option(const std::vector<CommandArgument>& options,
                                   std::string_view name) {
  const auto found = std::ranges::find_if(options, [&](const CommandArgument& option) {
    return std::ranges::find(option.names, name) != option.names.end();
  });
  return found == options.end() ? nullptr : &*found;
}

std::string unknown(std::string_view name, const std::vector<std::string_view>& known) {
  const std::string_view near = chat::closest_name(name, known);
  return fmt::format("{} is not known{}", chat::quote(name),
                     near.empty() ? "" : fmt::format("; did you mean {}?", near));
}

std::string unknown_command(const CommandTree& tree, std::string_view name) {
  std::vector<std::string_view> known;
  for (const CommandTree& command : tree.commands) known.push_back(command.name);
  return unknown(name, known);
}

// "--server belongs to `chatspec run`: what it does", where other commands have the option.
std::string misplaced_option(const CommandTree& tree, std::string_view name) {
  std::vector<std::string> owners;
  const CommandArgument* option = nullptr;
  for (const CommandTree& command : tree.commands) {
    const CommandArgument* found = find_option(command.options, name);
    if (!found) continue;
    owners.push_back(fmt::format("`{} {}`", tree.name, command.name));
    if (!option) option = found;
  }
  if (!option) return "";
  if (owners.size() > 1) return fmt::format("{} belongs to {}", name, fmt::join(owners, ", "));
  return fmt::format("{} belongs to {}: {}", name, owners.front(), brief(option->description));
}

}  // namespace

std::string explain_unknown_word(const CommandTree& tree, const std::vector<std::string>& arguments,
                                 std::string otherwise) {
  const CommandTree* command = find_command(tree, arguments);
  const std::vector<CommandArgument> options =
      command ? options_with_inherited(tree, *command) : tree.options;
  const auto end = std::ranges::find(arguments, kEndOfOptions);
  for (auto word = arguments.begin(); word != end; ++word) {
    if (!word->starts_with("--")) {
      if (word == arguments.begin() && !command) return unknown_command(tree, *word);
      continue;
    }
    const std::string name = word->substr(0, word->find('='));
    if (find_option(options, name)) continue;
    std::string misplaced = misplaced_option(tree, name);
    if (!misplaced.empty()) return misplaced;
    std::vector<std::string_view> known;
    for (const CommandArgument& option : options)
      known.insert(known.end(), option.names.begin(), option.names.end());
    return unknown(name, known);
  }
  return otherwise;
}

std::string explain_left_over(const CommandTree& tree, const std::vector<std::string>& arguments,
                              const std::vector<std::string>& left_over) {
  // As they stand: each is taken once, from the end on.
  std::vector<std::string> left = left_over;
  std::vector<std::string> words;
  for (const std::string& word : std::views::reverse(arguments)) {
    const auto found = std::ranges::find(left, word);
    if (word == kEndOfOptions || found == left.end()) continue;
    left.erase(found);
    words.insert(words.begin(), word);
  }
  std::string what = fmt::format("not expected here: {}", show_words(words));
  const CommandTree* command = find_command(tree, arguments);
  const auto end = std::ranges::find(arguments, kEndOfOptions);
  if (!command || end == arguments.end() || !find_option(command->options, "--server")) return what;
  return fmt::format("{}; is it the program? It is named as `--server -- {}`, or with --client",
                     what, show_words(std::vector(end + 1, arguments.end())));
}

std::string name_help(const CommandTree& tree, const std::vector<std::string>& arguments) {
  const CommandTree* command = find_command(tree, arguments);
  return command ? fmt::format("{} {} --help", tree.name, command->name)
                 : fmt::format("{} --help", tree.name);
}

}  // namespace chatspec
