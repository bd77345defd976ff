#include "harness/explore/fuzz/said_lines.h"

#include <algorithm>
#include <utility>

#include "reference/text/lines.h"

namespace chatspec {
namespace {

// Whether a text goes on after a unit.
bool is_in_text_behind(const chat::Profile& profile, std::string_view unit, bool is_in_text) {
  return is_in_text ? unit != profile.terminator : unit == profile.data;
}

}  // namespace

std::vector<std::string> split_lines(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) lines.emplace_back(chat::take_whole_line(bytes));
  return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line;
  return bytes;
}

std::string_view without_line_end(std::string_view line) {
  if (!line.ends_with('\n')) return line;
  line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<Said> in_lock_step(const chat::Profile& profile, std::string_view bytes,
                               bool is_in_text) {
  std::vector<Said> steps;
  std::string text;
  while (!bytes.empty()) {
    const std::string_view line = chat::take_whole_line(bytes);
    text += line;
    const bool was_in_text = is_in_text;
    is_in_text = is_in_text_behind(profile, without_line_end(line), is_in_text);
    if (!(was_in_text && is_in_text)) steps.push_back({.segments = {std::exchange(text, "")}});
  }
  if (!text.empty()) steps.push_back({.segments = {std::move(text)}});
  return steps;
}

bool ends_in_text(const chat::Profile& profile, std::string_view bytes) {
  bool is_in_text = false;
  while (!bytes.empty())
    is_in_text =
        is_in_text_behind(profile, without_line_end(chat::take_whole_line(bytes)), is_in_text);
  return is_in_text;
}

SaidConversation tidy(SaidConversation conversation) {
  auto& steps = conversation.steps;
  const auto end =
      std::ranges::find_if(steps, [](const Said& step) { return step.end != SaidEnd::kNone; });
  if (end != steps.end()) steps.erase(end + 1, steps.end());
  for (Said& step : steps) std::erase(step.segments, "");
  std::erase_if(
      steps, [](const Said& step) { return step.segments.empty() && step.end == SaidEnd::kNone; });
  return conversation;
}

}  // namespace chatspec
