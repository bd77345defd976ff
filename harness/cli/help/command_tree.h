// The command line as data: what completion scripts, man pages and hints are made from.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace chatspec {

// What a value may be, for a shell that completes it.
struct ValueChoice {
  enum class Paths { kNone, kFiles, kFolders };
  Paths paths = Paths::kNone;
  std::vector<std::string> words{};  // a few that are fixed
  std::string list{};                // or the name of a WordList; "" where there is none
  bool has_any() const { return paths != Paths::kNone || !words.empty() || !list.empty(); }
};

// An option or a positional argument.
struct CommandArgument {
  std::vector<std::string> names{};  // as they are typed, "-j" before "--jobs"; of a positional one
  std::string value{};               // what stands for its value, such as FILE; "" of a flag
  std::string description{};
  std::string group{};          // the heading under which help shows it
  std::string default_value{};  // as help shows it, "" where it shows none
  bool is_required = false;
  bool may_repeat = false;
  ValueChoice choice{};
};

struct CommandTree {
  std::string name{};
  std::string description{};
  std::string footer{};                     // what help says after the options
  std::vector<CommandArgument> options{};   // only its own, --help among them
  std::vector<CommandArgument> operands{};  // what stands without an option, in its order
  std::vector<CommandTree> commands{};
};

// `app` and its commands. What a value may be follows from its name, as kValueNames says.
CommandTree read_command_tree(const CLI::App& app);

// Without its full stop. A dot in an example, such as `\.`, has no blank behind it and ends
// nothing.
std::string_view first_sentence(std::string_view text);

// The part of a description that fits beside a name: of its first sentence what stands before a
// semicolon.
std::string_view brief(std::string_view description);

// Those of the first tree's options that may also stand after the command, as --color may.
std::vector<CommandArgument> options_with_inherited(const CommandTree& root,
                                                    const CommandTree& command);

}  // namespace chatspec
