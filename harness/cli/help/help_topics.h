// What `chatspec help` tells of besides commands: texts made from the tables that rule.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/cli/help/command_tree.h"

namespace chatspec {

struct HelpTopic {
  std::string_view name;
  std::string_view about;
  std::string (*render)(const CommandTree& tree);  // of chatspec's commands
};

std::span<const HelpTopic> help_topics();

// The topic of that name, or null.
const HelpTopic* find_help_topic(std::string_view name);

}  // namespace chatspec
