#include "harness/cli/help/help_topics.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cell/isolation/isolation.h"
#include "harness/cli/help/help_footer.h"
#include "harness/cli/options/suite_location.h"
#include "reference/profile.h"
#include "reference/text/counted_things.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// A command's options of these names, as its help describes them.
std::string describe_options(const CommandTree& tree, std::string_view command,
                             const std::vector<std::string>& names) {
  std::string text;
  const auto owner = std::ranges::find(tree.commands, command, &CommandTree::name);
  if (owner == tree.commands.end()) return text;
  for (const CommandArgument& option : owner->options) {
    if (std::ranges::find(names, option.names.back()) == names.end()) continue;
    text +=
        fmt::format("  {} {}\n      {}\n", option.names.back(), option.value, option.description);
  }
  return text;
}

std::string tell_of_profiles(const CommandTree& tree) {
  std::string text =
      "A profile says how the protocol is spoken: what ends a line, how a text is escaped and\n"
      "hashed, which words commands have. These come with chatspec:\n\n";
  for (const chat::Profile& profile : chat::builtin_profiles())
    text += fmt::format("  {:<6} {}\n", profile.name,
                        profile.has_line_ends()
                            ? "lines end with " + chat::quote(profile.line_end_bytes())
                            : "units without line ends");
  return text + "\n`chatspec explain --profile NAME` shows the whole protocol in one, or in that " +
         "of a file of your own:\n\n" + describe_options(tree, "run", {"--profile"});
}

std::string tell_of_scenarios(const CommandTree& tree) {
  std::string text =
      "A scenario is a conversation in a text file (.chat), played with a server or a client.\n";
  std::map<std::string, std::size_t> chapters;
  const auto folder = find_own_suite();
  const Suite suite = folder ? load_suite({*folder}) : Suite();
  for (const ScenarioFile& file : suite.files) ++chapters[file.id.substr(0, file.id.find('/'))];
  if (!chapters.empty()) text += "chatspec's own suite has these chapters:\n\n";
  for (const auto& [chapter, count] : chapters)
    text += fmt::format("  {:<14} {}\n", chapter, chat::count_things(count, "scenario"));
  text +=
      "\nWhat is played is chosen by name or by what it covers:\n\n" +
      describe_options(tree, "run", {"--suite", "--tag", "--requirement", "--level", "--exclude"});
  return text + "\n`chatspec list CHAPTER` shows them, `chatspec lint FILE` checks one of yours.\n";
}

std::string tell_of_exit_statuses(const CommandTree& tree) {
  std::string text =
      fmt::format("{}\n", fmt::join(take_footer_apart(tree.footer).exit_status, "\n"));
  for (const CommandTree& command : tree.commands) {
    const auto own = take_footer_apart(command.footer).exit_status;
    if (!own.empty())
      text += fmt::format("\n{} {}:\n  {}\n", tree.name, command.name, fmt::join(own, "\n  "));
  }
  return text;
}

std::string tell_of_known_failures(const CommandTree& tree) {
  return "What is known to fail need not stop whoever did not cause it: a list of it goes with\n"
         "each run, and a run before can write it.\n\n" +
         describe_options(tree, "run",
                          {"--known", "--known-flaky", "--write-known", "--write-known-flaky"});
}

std::string tell_of_isolation(const CommandTree& tree) {
  std::string text = "Each program under test lives in a cell of one of these tiers:\n\n";
  for (const IsolationWord& word : kIsolations)
    text += fmt::format("  {:<9} {}\n", word.word, word.meaning);
  return text + "\n`chatspec doctor` tells which of them this machine offers.\n\n" +
         describe_options(tree, "run", {"--isolation", "--readable", "--memory", "--connect"});
}

constexpr std::array kTopics{
    HelpTopic{"exit-status", "what chatspec's exit statuses mean", tell_of_exit_statuses},
    HelpTopic{"isolation", "where programs under test live", tell_of_isolation},
    HelpTopic{"known-failures", "runs in which some cases may fail", tell_of_known_failures},
    HelpTopic{"profiles", "ways in which the protocol is spoken", tell_of_profiles},
    HelpTopic{"scenarios", "what is played, and how it is chosen", tell_of_scenarios},
};

}  // namespace

std::span<const HelpTopic> help_topics() {
  return kTopics;
}

const HelpTopic* find_help_topic(std::string_view name) {
  const auto found = std::ranges::find(kTopics, name, &HelpTopic::name);
  return found == kTopics.end() ? nullptr : &*found;
}

}  // namespace chatspec
