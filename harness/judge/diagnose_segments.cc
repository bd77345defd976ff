#include "harness/judge/diagnose_segments.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <span>
#include <string>

#include "harness/judge/line_end_text.h"
#include "harness/judge/matcher.h"
#include "harness/judge/sent_stream.h"
#include "reference/quote.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfCutUnit = 40;

std::string show_cut_unit(std::string_view unit) {
  return chat::escape_bytes(strip_line_end(unit).substr(0, kShownOfCutUnit));
}

// The first step of those sends that the step is to answer.
std::size_t find_first_send(const Script& script, std::size_t step) {
  const int connection = script.steps[step].connection;
  std::size_t first = step;
  bool has_sent = false;
  for (std::size_t i = step; i > 0; --i) {
    const Step& before = script.steps[i - 1];
    if (before.connection != connection) continue;
    const bool sends = before.action == Action::kSend;
    const bool is_silence = before.action == Action::kExpect && expects_only_silence(before);
    if (has_sent && !sends && !is_silence) break;
    if (!sends) continue;
    has_sent = true;
    first = i - 1;
  }
  return first;
}

using SentUnits = std::span<const SentUnit>;

bool is_cut(const SentStream& stream, const SentUnit& unit) {
  return stream.count_segments(unit) > 1;
}

// A text whose lines, or whose terminator, come in a segment of their own.
bool is_text_apart(const SentStream& stream, SentUnits units) {
  return std::ranges::any_of(units, [&](const SentUnit& unit) {
    return unit.is_of_text && !unit.is_terminator && stream.ends_segment(unit);
  });
}

Cause explain_cut_unit(const SentStream& stream, SentUnits units) {
  if (is_text_apart(stream, units)) return make_cause("one-receive-for-a-text");
  for (const SentUnit& unit : units | std::views::reverse) {
    if (!is_cut(stream, unit)) continue;
    return make_cause("one-receive-for-a-line",
                      {{"unit", show_cut_unit(stream.bytes_of(unit))},
                       {"segments", std::to_string(stream.count_segments(unit))}});
  }
  return {};
}

Cause explain_half_unit(const SentStream& stream, SentUnits units) {
  if (units.empty() || units.back().has_line_end || stream.has_ended) return {};
  Cause cause =
      make_cause("half-line-taken", {{"part", show_cut_unit(stream.bytes_of(units.back()))}});
  if (stream.units.size() == 1) cause.sentence += " Or is the reply sent unasked?";
  return cause;
}

// Two units of which the second begins where the first's segment goes on. Lines of one text and its
// terminator belong together.
Cause explain_joined_units(const SentStream& stream, SentUnits units) {
  for (std::size_t i = 0; i + 1 < units.size(); ++i) {
    const bool same_text = units[i].is_of_text && !units[i].is_terminator;
    if (same_text || stream.ends_segment(units[i])) continue;
    return make_cause("one-line-per-receive",
                      {{"first", show_cut_unit(stream.bytes_of(units[i]))},
                       {"second", show_cut_unit(stream.bytes_of(units[i + 1]))}});
  }
  return {};
}

// Whether a line was sent, where commands and replies stand, that the protocol does not have:
// reason enough for whatever the program did.
bool has_foreign_unit(const chat::Profile& profile, const SentStream& stream) {
  return std::ranges::any_of(stream.units, [&](const SentUnit& unit) {
    const std::string_view word = strip_line_end(stream.bytes_of(unit));
    return !unit.is_of_text && unit.has_line_end && !chat::is_word_of(profile, word) &&
           !chat::is_signature(profile, word) && !word.starts_with(profile.signature);
  });
}

bool is_answer_to_half(FailureCode code) {
  return code == FailureCode::kUnexpectedData || code == FailureCode::kClosedEarly;
}

// Whoever takes a unit wrongly, or does not find it, falls silent, leaves or takes signatures for
// different ones. One that leaves the connection open counts where it was told to close, and not
// where it was to find out by itself.
bool may_come_of_segments(FailureCode code, const chat::Profile& profile, const SentStream& stream,
                          SentUnits units) {
  constexpr std::array kCodes{FailureCode::kNoAnswer, FailureCode::kPartialAnswer,
                              FailureCode::kClosedEarly, FailureCode::kResetEarly,
                              FailureCode::kWrongVerdict};
  if (std::ranges::find(kCodes, code) != kCodes.end()) return true;
  return code == FailureCode::kNotClosed && !units.empty() &&
         strip_line_end(stream.bytes_of(units.back())) == profile.quit;
}

}  // namespace

Cause suggest_segments(const Script& script, std::size_t step, FailureCode code) {
  if (!script.profile.has_line_ends() || step >= script.steps.size()) return {};
  const SentStream stream = find_sent_before(script, step);
  if (has_foreign_unit(script.profile, stream)) return {};
  const std::size_t first_step = find_first_send(script, step);
  auto first = std::ranges::find_if(stream.units,
                                    [&](const SentUnit& unit) { return unit.step >= first_step; });
  // A text is not found where DATA is not, whatever came with that.
  while (first != stream.units.end() && first != stream.units.begin() && first->is_of_text) --first;
  while (first != stream.units.begin() && !stream.ends_segment(*std::prev(first))) --first;
  const SentUnits units(first, stream.units.end());
  if (Cause cause = explain_half_unit(stream, units); cause.is_known())
    return is_answer_to_half(code) ? cause : Cause{};
  if (!may_come_of_segments(code, script.profile, stream, units)) return {};
  Cause cause = explain_joined_units(stream, units);
  return cause.is_known() ? cause : explain_cut_unit(stream, units);
}

}  // namespace chatspec
