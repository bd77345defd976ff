// What help says after the options, taken apart into what a manual has in sections of its own.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// Lines without their line ends. In a footer, a line that begins with "Example" (or "Examples")
// and a colon begins the examples, one that begins with "Exit status:" the exit statuses; each
// ends at an empty line. All else is text, in which indented lines are shown as they are.
struct HelpFooter {
  std::vector<std::string> examples{};
  std::vector<std::string> exit_status{};
  std::vector<std::string> text{};
};

HelpFooter take_footer_apart(std::string_view footer);

}  // namespace chatspec
