#include "harness/report/style.h"

#include <fmt/format.h>

namespace chatspec {

bool obeys_controls(const char* term) {
  return term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

bool wants_colour(const char* no_color, const char* clicolor_force, bool is_able_terminal) {
  const auto is_set = [](const char* value) { return value != nullptr && *value != '\0'; };
  if (is_set(no_color)) return false;
  if (is_set(clicolor_force) && std::string_view(clicolor_force) != "0") return true;
  return is_able_terminal;
}

std::string Style::paint(Emphasis emphasis, std::string_view text) const {
  constexpr std::string_view kCodes[] = {"", "1", "2", "32", "33", "1;31"};
  if (!colours_ || emphasis == Emphasis::kNone) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", kCodes[static_cast<std::size_t>(emphasis)], text);
}

std::string Style::paint(Verdict verdict) const {
  return paint(emphasis_of(verdict), to_string(verdict));
}

Emphasis emphasis_of(Verdict verdict) {
  if (is_failure(verdict)) return Emphasis::kBad;
  switch (verdict) {
    case Verdict::kPass:
      return Emphasis::kGood;
    case Verdict::kSkipped:
      return Emphasis::kFaint;
    default:
      return Emphasis::kRemark;
  }
}

}  // namespace chatspec
