#include "harness/cli/help/help_footer.h"

#include <algorithm>

namespace chatspec {
namespace {

std::string_view without_blanks_before(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace

HelpFooter take_footer_apart(std::string_view footer) {
  HelpFooter parts;
  std::vector<std::string>* part = &parts.text;
  while (!footer.empty()) {
    const std::size_t end = std::min(footer.find('\n'), footer.size());
    std::string_view line = footer.substr(0, end);
    footer.remove_prefix(std::min(end + 1, footer.size()));
    const bool begins_examples = line.starts_with("Examples:") || line.starts_with("Example:");
    if (begins_examples || line.starts_with("Exit status:")) {
      part = begins_examples ? &parts.examples : &parts.exit_status;
      line = without_blanks_before(line.substr(line.find(':') + 1));
      if (line.empty()) continue;
    }
    if (line.empty()) part = &parts.text;
    if (part != &parts.text) line = without_blanks_before(line);
    if (!line.empty() || !part->empty()) part->emplace_back(line);
  }
  while (!parts.text.empty() && parts.text.back().empty()) parts.text.pop_back();
  return parts;
}

}  // namespace chatspec
