#include "harness/cli/options/program_words.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "harness/report/text/shell_words.h"

namespace chatspec {

std::vector<std::string> join_program_words(std::vector<std::string> arguments) {
  const auto dashes = std::ranges::find(arguments, "--");
  if (dashes == arguments.end() || std::next(dashes) == arguments.end()) return arguments;
  // The option whose value is not there: what follows it is another option, or the dashes.
  const auto option = std::adjacent_find(
      arguments.begin(), std::next(dashes), [](const std::string& one, const std::string& next) {
        return (one == "--server" || one == "--client") && next.starts_with('-');
      });
  if (option == std::next(dashes)) return arguments;
  *option += "=" + quote_words(std::span(std::next(dashes), arguments.end()));
  arguments.erase(dashes, arguments.end());
  return arguments;
}

}  // namespace chatspec
