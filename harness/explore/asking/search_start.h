// How a program is started where it is searched for what others, started by their command alone,
// are then seen to do.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chatspec {

struct SearchStart {
  // Words that stand before those of the command: env(1), and what it is to set.
  std::vector<std::string> before{};
  // Whether that has a server fork for each client (loaded/fork_at_accept.cc).
  bool forks = false;
  // Whether that has the program tell which of its lines it reaches (reached_lines.h).
  bool tells_lines = false;

  // Whether it is by the command alone.
  bool is_plain() const { return before.empty(); }

  // The whole command line, in a cell with this folder.
  std::vector<std::string> complete(const std::vector<std::string>& command,
                                    const std::filesystem::path& folder) const;
};

}  // namespace chatspec
