#include "harness/explore/fuzz/shape.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/explore/fuzz/said_lines.h"
#include "reference/signature.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

struct Trait {
  char letter;
  bool (*has)(const chat::Profile& profile, std::string_view unit);
};

bool has_control(std::string_view unit) {
  return std::ranges::any_of(unit, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != 0 && byte != '\r') || byte == 0x7f;
  });
}

constexpr std::array kTraits{
    Trait{'e', [](const chat::Profile&, std::string_view unit) { return unit.empty(); }},
    Trait{'b',
          [](const chat::Profile&, std::string_view unit) {
            return unit.starts_with(' ') || unit.ends_with(' ') || unit.starts_with('\t') ||
                   unit.ends_with('\t');
          }},
    Trait{'d',
          [](const chat::Profile& profile, std::string_view unit) {
            return unit.starts_with(profile.terminator.substr(0, 1));
          }},
    Trait{'D',
          [](const chat::Profile& profile, std::string_view unit) {
            return unit.size() > 1 && unit.find(profile.terminator, 1) != unit.npos;
          }},
    Trait{'x',
          [](const chat::Profile& profile, std::string_view unit) {
            return profile.escape && unit.find(*profile.escape) != unit.npos;
          }},
    Trait{'n',
          [](const chat::Profile&, std::string_view unit) { return unit.find('\0') != unit.npos; }},
    Trait{'r',
          [](const chat::Profile&, std::string_view unit) { return unit.find('\r') != unit.npos; }},
    Trait{'c', [](const chat::Profile&, std::string_view unit) { return has_control(unit); }},
    Trait{'h',
          [](const chat::Profile&, std::string_view unit) {
            return std::ranges::any_of(unit,
                                       [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
          }},
    Trait{'l', [](const chat::Profile&, std::string_view unit) { return unit.size() > 60; }},
    Trait{'L', [](const chat::Profile&, std::string_view unit) { return unit.size() > 1000; }},
};

std::string shape_of_unit(const chat::Profile& profile, std::string_view unit) {
  if (chat::is_word_of(profile, unit) || unit == profile.terminator) return std::string(unit);
  if (chat::is_signature(profile, unit)) return "signature";
  std::string shape = "?";
  for (const Trait& trait : kTraits) {
    if (trait.has(profile, unit)) shape += trait.letter;
  }
  return shape;
}

// "(CR)" for what ends otherwise than the profile has it.
std::string shape_of_line_end(const chat::Profile& profile, std::string_view line_end) {
  if (line_end == profile.line_end_bytes()) return "";
  return line_end.empty() ? "(none)" : line_end == "\n" ? "(LF)" : "(CRLF)";
}

}  // namespace

std::string shape_of(const chat::Profile& profile, const Said& step) {
  std::string shape;
  std::string before;
  for (const std::string& segment : step.segments) {
    if (!shape.empty()) shape += " |";
    for (const std::string& line : split_lines(segment)) {
      const std::string_view unit = without_line_end(line);
      std::string one = shape_of_unit(profile, unit) +
                        shape_of_line_end(profile, std::string_view(line).substr(unit.size()));
      if (one == before && one.starts_with('?')) continue;  // how many lines there are
      shape += shape.empty() ? one : " " + one;
      before = std::move(one);
    }
  }
  switch (step.end) {
    case SaidEnd::kNone:
      break;
    case SaidEnd::kHalfClose:
      shape += " <half-close>";
      break;
    case SaidEnd::kClose:
      shape += " <close>";
      break;
    case SaidEnd::kReset:
      shape += " <reset>";
      break;
  }
  return shape;
}

std::string shape_of(const chat::Profile& profile, const SaidConversation& conversation) {
  std::string shape;
  for (const std::string& message : conversation.messages) {
    std::string lines;
    for (const std::string& line : split_lines(message))
      lines += " " + shape_of_unit(profile, without_line_end(line));
    shape += fmt::format("message{}; ", lines);
  }
  for (const Said& step : conversation.steps) shape += shape_of(profile, step) + "; ";
  if (!shape.empty()) shape.resize(shape.size() - 2);
  return shape;
}

}  // namespace chatspec
