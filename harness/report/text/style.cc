#include "harness/report/text/style.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "reference/text/word_table.h"

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

namespace {

bool begins_with_any(std::string_view value, std::initializer_list<std::string_view> begins) {
  return std::ranges::any_of(begins, [&](std::string_view one) { return value.starts_with(one); });
}

// Of a terminal that shows links: a variable that it sets, and whether this value is of one.
struct LinkSign {
  const char* name;
  bool (*is_meant)(std::string_view value);
};
constexpr std::array kLinkSigns{
    // VTE's terminals (GNOME's and others) have them from 0.50 on.
    LinkSign{"VTE_VERSION",
             [](std::string_view value) {
               int version = 0;
               std::from_chars(value.data(), value.data() + value.size(), version);
               return version >= 5000;
             }},
    LinkSign{"KONSOLE_VERSION", [](std::string_view value) { return !value.empty(); }},
    LinkSign{"WT_SESSION", [](std::string_view value) { return !value.empty(); }},
    LinkSign{"TERM_PROGRAM",
             [](std::string_view value) {
               return begins_with_any(value, {"iTerm.app", "WezTerm", "vscode", "ghostty"});
             }},
    LinkSign{"TERM",
             [](std::string_view value) {
               return begins_with_any(
                   value, {"xterm-kitty", "xterm-ghostty", "foot", "alacritty", "wezterm"});
             }},
};

}  // namespace

bool shows_links(const std::function<const char*(const char* name)>& value_of) {
  if (const char* forced = value_of("FORCE_HYPERLINK")) return std::string_view(forced) != "0";
  return std::ranges::any_of(kLinkSigns, [&](const LinkSign& sign) {
    const char* value = value_of(sign.name);
    return value != nullptr && sign.is_meant(value);
  });
}

Style::Style(bool colours, std::size_t columns, Locate locate)
    : colours_(colours),
      columns_(std::clamp(columns, kLeastColumns, kMostColumns)),
      locate_(std::move(locate)) {}

std::string Style::link(const CaseRecord& played, std::string_view text) const {
  const std::string uri = locate_ ? locate_(played) : "";
  // What a URI cannot hold could end the sequence.
  const bool is_sound =
      !uri.empty() && std::ranges::all_of(uri, [](char c) { return c > ' ' && c <= '~'; });
  return is_sound ? fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", uri, text) : std::string(text);
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
