// The command line of an implementation, as the user gives it: 'python3 server.py {port} {keys}'.

#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/script.h"

namespace chatspec {

// Words of a command line, with {placeholders} in them. Quotes and backslashes work as in a shell;
// nothing else of a shell does.
class Command {
 public:
  // The error is a sentence that names what is wrong: a quote without an end, an unknown
  // placeholder, or one that the role must have and that is missing.
  static std::expected<Command, std::string> parse(std::string_view text, Role role);

  // The program runs in a folder of its own. Words that name something that exists in `folder`,
  // where the user typed them, become its absolute path. Not so the name of a module, as in
  // `python3 -m NAME`.
  void make_paths_absolute(const std::filesystem::path& folder);

  // The arguments with every placeholder replaced. A word whose placeholder has no value is left
  // out.
  std::vector<std::string> fill(
      const std::map<std::string, std::optional<std::string>>& values) const;

  const std::vector<std::string>& words() const { return words_; }
  const std::string& program() const { return words_.front(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::vector<std::string> words_;
};

}  // namespace chatspec
