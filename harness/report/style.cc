#include "harness/report/style.h"

#include <array>

#include <fmt/format.h>

#include "reference/word_table.h"

namespace chatspec {
namespace {

// As the control sequence "select graphic rendition" of ECMA-48 numbers them.
constexpr std::array kRenditions{
    chat::EnumWord{Emphasis::kNone, "0"},    chat::EnumWord{Emphasis::kStrong, "1"},
    chat::EnumWord{Emphasis::kFaint, "2"},   chat::EnumWord{Emphasis::kGood, "32"},
    chat::EnumWord{Emphasis::kRemark, "33"}, chat::EnumWord{Emphasis::kBad, "1;31"},
};
static_assert(chat::covers_in_order(kRenditions, &chat::EnumWord<Emphasis>::value, Emphasis::kBad));

}  // namespace

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
  if (!colours_ || emphasis == Emphasis::kNone) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", chat::row_of(kRenditions, emphasis).word, text);
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
