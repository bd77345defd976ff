#include "harness/judge/diagnosis/diagnose_segments.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <span>
#include <string>

#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/matcher.h"
#include "harness/judge/findings/sent_stream.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

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

// It has read all of it, and waits for what it has lost or not found.
bool waits_for_more(const Finding& finding) {
  const auto& evidence = finding.evidence;
  return evidence && evidence->grade <= QuietGrade::kSettled &&
         evidence->last_seen.activity == Activity::kReading &&
         evidence->last_seen.bytes_unread == 0U;
}

// Whoever takes what one receive returns for the whole text does not wait for the rest.
Cause explain_cut_unit(const Finding& finding, const SentStream& stream, SentUnits units) {
  if (is_text_apart(stream, units) && !waits_for_more(finding))
    return make_cause("one-receive-for-a-text");
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

// Whether the next unit begins where this one's segment goes on. Lines of one text and its
// terminator belong together.
bool is_joined_to_next(const SentStream& stream, const SentUnit& unit) {
  const bool is_line_of_text = unit.is_of_text && !unit.is_terminator;
  return !is_line_of_text && !stream.ends_segment(unit);
}

// With how many units a server answers it.
std::size_t count_answers(const chat::Profile& profile, const SentStream& stream,
                          const SentUnit& unit) {
  if (unit.is_terminator) return profile.has_signature_behind_reply() ? 1 : 2;
  const std::string_view word = strip_line_end(stream.bytes_of(unit));
  const bool is_answered = word == profile.hello || word == profile.pass || word == profile.fail;
  return !unit.is_of_text && is_answered ? 1 : 0;
}

// How many units the program had sent on the connection before the step, all of them right.
std::size_t count_met(const Script& script, std::size_t step) {
  return static_cast<std::size_t>(
      std::ranges::count_if(script.steps | std::views::take(step), [&](const Step& before) {
        return before.connection == script.steps[step].connection &&
               before.action == Action::kExpect && !expects_only_silence(before);
      }));
}

// What a server had answered when it failed to answer more: the units up to the last that it
// answered whole, and after them those up to the first that it did not.
struct Answered {
  std::size_t count = 0;
  std::size_t until_unanswered = 0;
};

Answered find_answered(const Script& script, std::size_t step, const SentStream& stream) {
  Answered found{.until_unanswered = stream.units.size()};
  std::size_t left = count_met(script, step);
  for (std::size_t i = 0; i < stream.units.size(); ++i) {
    const std::size_t answers = count_answers(script.profile, stream, stream.units[i]);
    if (answers > left) {
      found.until_unanswered = i + 1;
      break;
    }
    left -= answers;
    if (answers > 0) found.count = i + 1;
  }
  return found;
}

// Units after which the next may be lost for the same reason: those with one word, both verdicts,
// and terminators.
std::string_view kind_of(const chat::Profile& profile, const SentStream& stream,
                         const SentUnit& unit) {
  const std::string_view word = strip_line_end(stream.bytes_of(unit));
  return word == profile.fail ? std::string_view(profile.pass) : word;
}

// Of the unit with which the segment begins in which this one stands.
std::size_t first_of_segment(const SentStream& stream, std::size_t unit) {
  while (unit > 0 && !stream.ends_segment(stream.units[unit - 1])) --unit;
  return unit;
}

Cause name_joined(const SentStream& stream, const SentUnit& first, const SentUnit& second) {
  return make_cause("one-line-per-receive", {{"first", show_cut_unit(stream.bytes_of(first))},
                                             {"second", show_cut_unit(stream.bytes_of(second))}});
}

// Whether a further segment was sent after that in which the unit stands.
bool is_followed(const SentStream& stream, const SentUnit& unit) {
  return std::ranges::upper_bound(stream.segment_ends, unit.end) + 1 < stream.segment_ends.end();
}

// Whoever takes a whole segment for one unit answers nothing of it. Whoever loses what stands
// after a unit waits for it, or takes for it what comes in the next segment, and loses it after
// each unit of that kind: so one that was got over before is not suspected.
Cause explain_joined_to_server(const Script& script, const Finding& finding,
                               const SentStream& stream) {
  const Answered answered = find_answered(script, finding.step, stream);
  const std::size_t last_answered = std::max<std::size_t>(answered.count, 1) - 1;
  const auto is_suspect = [&](std::size_t index) {
    const SentUnit& unit = stream.units[index];
    if (!is_joined_to_next(stream, unit)) return false;  // first, since texts have many lines
    const bool is_lost = answered.count > first_of_segment(stream, index);
    const auto was_got_over = [&](const SentUnit& before) {
      return is_joined_to_next(stream, before) &&
             kind_of(script.profile, stream, before) == kind_of(script.profile, stream, unit);
    };
    const bool may_be = !is_lost || waits_for_more(finding) || is_followed(stream, unit);
    return may_be &&
           std::ranges::none_of(SentUnits(stream.units).first(last_answered), was_got_over);
  };
  for (std::size_t i = last_answered; i + 1 < answered.until_unanswered; ++i) {
    if (is_suspect(i)) return name_joined(stream, stream.units[i], stream.units[i + 1]);
  }
  return {};
}

Cause explain_joined_to_client(const Finding& finding, const SentStream& stream, SentUnits units) {
  if (finding.code == FailureCode::kWrongVerdict) return {};
  for (std::size_t i = 0; i + 1 < units.size(); ++i) {
    if (is_joined_to_next(stream, units[i])) return name_joined(stream, units[i], units[i + 1]);
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

// What was answered, or refused, when no more than half a line had come.
bool is_answer_to_half(const Finding& finding, const SentUnit& half) {
  if (finding.code == FailureCode::kClosedEarly) return true;
  return finding.code == FailureCode::kUnexpectedData && finding.sent_before > half.begin;
}

// Whoever takes a unit wrongly, or does not find it, waits, leaves or judges before all of a
// signature was sent. One that leaves the connection open counts where it was told to close, and
// not where it was to find out by itself.
bool may_come_of_segments(const Finding& finding, const chat::Profile& profile,
                          const SentStream& stream) {
  const SentUnit& last = stream.units.back();
  switch (finding.code) {
    case FailureCode::kClosedEarly:
    case FailureCode::kResetEarly:
      return true;
    case FailureCode::kNoAnswer:
      return waits_for_more(finding);
    case FailureCode::kNotClosed:
      return waits_for_more(finding) && strip_line_end(stream.bytes_of(last)) == profile.quit;
    case FailureCode::kWrongVerdict:
      return stream.count_segments(last) > 1 && finding.sent_before < last.end;
    default:
      return false;
  }
}

// What was sent since something was last expected, and what shares a segment with that.
SentUnits units_in_question(const Script& script, std::size_t step, const SentStream& stream) {
  const std::size_t first_step = find_first_send(script, step);
  auto first = std::ranges::find_if(stream.units,
                                    [&](const SentUnit& unit) { return unit.step >= first_step; });
  // A text is not found where DATA is not, whatever came with that.
  while (first != stream.units.end() && first != stream.units.begin() && first->is_of_text) --first;
  while (first != stream.units.begin() && !stream.ends_segment(*std::prev(first))) --first;
  return {first, stream.units.end()};
}

}  // namespace

Cause suggest_segments(const Script& script, const Finding& finding) {
  if (!script.profile.has_line_ends() || finding.step >= script.steps.size()) return {};
  const SentStream stream = find_sent_before(script, finding.step);
  if (stream.units.empty() || has_foreign_unit(script.profile, stream)) return {};
  const SentUnits units = units_in_question(script, finding.step, stream);
  if (Cause cause = explain_half_unit(stream, units); cause.is_known())
    return is_answer_to_half(finding, stream.units.back()) ? cause : Cause{};
  if (!may_come_of_segments(finding, script.profile, stream)) return {};
  Cause cause = script.role == Role::kServer ? explain_joined_to_server(script, finding, stream)
                                             : explain_joined_to_client(finding, stream, units);
  return cause.is_known() ? cause : explain_cut_unit(finding, stream, units);
}

}  // namespace chatspec
