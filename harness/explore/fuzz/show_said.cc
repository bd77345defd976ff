#include "harness/explore/fuzz/show_said.h"

#include "harness/explore/fuzz/said_lines.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostQuotedBytes = 40;

std::string show_segment(const chat::Profile& profile, std::string_view segment) {
  const std::string_view unit = without_line_end(segment);
  const bool is_word = segment.ends_with(profile.line_end_bytes()) &&
                       unit.size() < segment.size() &&
                       (chat::is_word_of(profile, unit) || unit == profile.terminator) &&
                       segment.substr(unit.size()) == profile.line_end_bytes();
  if (is_word) return chat::escape_bytes(unit);
  const bool is_signature =
      segment.substr(unit.size()) == profile.line_end_bytes() && chat::is_signature(profile, unit);
  return is_signature ? "a signature" : chat::quote_start(segment, kMostQuotedBytes);
}

std::string_view show_end(SaidEnd end) {
  switch (end) {
    case SaidEnd::kNone:
      break;
    case SaidEnd::kHalfClose:
      return "the end of the stream";
    case SaidEnd::kClose:
      return "a close";
    case SaidEnd::kReset:
      return "a reset";
  }
  return "";
}

}  // namespace

std::string show_said(const chat::Profile& profile, const Said& step) {
  std::string shown;
  for (const std::string& segment : step.segments)
    shown += (shown.empty() ? "" : " | ") + show_segment(profile, segment);
  const std::string_view end = show_end(step.end);
  if (!shown.empty() && !end.empty()) shown += " and ";
  return shown + std::string(end);
}

std::string show_said(const chat::Profile& profile, const SaidConversation& conversation) {
  std::string shown;
  for (const Said& step : conversation.steps) {
    const std::string one = show_said(profile, step);
    shown += (shown.empty() || one.empty() ? "" : ", ") + one;
  }
  return shown;
}

}  // namespace chatspec
