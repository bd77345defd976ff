// Bytes are compared up to the first that differs. What that means is only said when the unit that
// holds it is complete, since its name may depend on the rest ("260 OK" and "260 OKAY" differ in
// the seventh byte, "500 NO" has another code): until then more is needed, unless the stream has
// ended or nothing more will come. So neither the moment at which the player asks nor how TCP cut
// the bytes has a say in the outcome.
//
// A step's alternatives are tried in order, and an alternative of several lines is matched line by
// line. The first alternative that fits is taken, but not before all that stand above it are ruled
// out; where none fits, the first one's difference is told, because that is what the scenario's
// author wants to see.

#include "harness/judge/findings/matcher.h"

#include <algorithm>
#include <cassert>

#include "reference/signature.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// How far after a difference we read on for the rest of its unit.
constexpr std::size_t kMaxUnitBytes = 4096;
// How long a line may be that a pattern describes.
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 10;

Match matched(std::size_t consumed, std::optional<FailureCode> deviation = {}) {
  return {.outcome = Match::Outcome::kMatched, .consumed = consumed, .deviation = deviation};
}

Match mismatched(FailureCode code, std::size_t offset = 0) {
  return {.outcome = Match::Outcome::kMismatched, .code = code, .offset = offset, .deviation = {}};
}

Match need_more() {
  return {.outcome = Match::Outcome::kNeedMore, .deviation = {}};
}

// Bytes were due, and the stream is not open any more.
Match mismatch_by_state(StreamState state, std::size_t received) {
  switch (state) {
    case StreamState::kEnded:
      return mismatched(FailureCode::kClosedEarly, received);
    case StreamState::kReset:
      return mismatched(FailureCode::kResetEarly, received);
    default:
      return mismatched(received == 0 ? FailureCode::kNoAnswer : FailureCode::kPartialAnswer,
                        received);
  }
}

std::string_view without_line_end(std::string_view unit) {
  if (unit.ends_with('\n')) unit.remove_suffix(1);
  if (unit.ends_with('\r')) unit.remove_suffix(1);
  return unit;
}

FailureCode name_reply(std::string_view expected, std::string_view received) {
  constexpr std::size_t kCodeDigits = 3;
  const bool same_code = expected.substr(0, kCodeDigits) == received.substr(0, kCodeDigits);
  return same_code ? FailureCode::kReplyText : FailureCode::kWrongReply;
}

FailureCode name_difference(const Expectation& expectation, const chat::Profile& profile,
                            std::string_view unit) {
  const std::string_view expected = without_line_end(expectation.bytes);
  const std::string_view received = without_line_end(unit);
  if (expectation.subject != Subject::kText && expected == received) return FailureCode::kLineEnd;
  switch (expectation.subject) {
    case Subject::kReply:
      return name_reply(expected, received);
    case Subject::kCommand:
      return FailureCode::kWrongCommand;
    case Subject::kVerdict:
      return received == profile.pass || received == profile.fail ? FailureCode::kWrongVerdict
                                                                  : FailureCode::kWrongCommand;
    case Subject::kSignature:
      if (!chat::is_signature(profile, received)) return FailureCode::kMalformedSignature;
      return chat::same_signature(profile, expected, received) ? FailureCode::kLineEnd
                                                               : FailureCode::kWrongSignature;
    case Subject::kText:
      return FailureCode::kWrongText;
    case Subject::kOther:
      return FailureCode::kWrongBytes;
  }
  return FailureCode::kWrongBytes;
}

// Whether the unit that holds the byte at `offset` has come in full.
bool unit_is_complete(std::string_view received, std::size_t offset, std::size_t expected_size,
                      bool line_ends) {
  if (!line_ends) return received.size() >= expected_size;
  return received.find('\n', offset) != std::string_view::npos ||
         received.size() > offset + kMaxUnitBytes;
}

Match match_bytes(const Expectation& expectation, const chat::Profile& profile,
                  std::string_view received, StreamState state) {
  const std::string_view expected = expectation.bytes;
  const std::size_t common = std::min(expected.size(), received.size());
  const auto [differing, _] = std::mismatch(
      expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(common), received.begin());
  const auto offset = static_cast<std::size_t>(differing - expected.begin());
  if (offset == expected.size()) return matched(expected.size());
  if (offset == received.size()) {
    if (state == StreamState::kOpen) return need_more();
    const bool lacks_line_end = offset > 0 && expectation.subject != Subject::kText &&
                                received == without_line_end(expected);
    return lacks_line_end ? mismatched(FailureCode::kLineEnd, offset)
                          : mismatch_by_state(state, offset);
  }
  const bool other_case =
      expectation.subject == Subject::kSignature && received.size() >= expected.size() &&
      chat::same_signature(profile, without_line_end(expected),
                           without_line_end(received.substr(0, expected.size()))) &&
      received.substr(0, expected.size()).ends_with(profile.line_end_bytes());
  if (other_case) {
    const bool wants_upper = profile.signature_coding == chat::SignatureCoding::kUpperCaseHex;
    return matched(expected.size(),
                   wants_upper ? FailureCode::kLowerCase : FailureCode::kUpperCase);
  }
  if (state == StreamState::kOpen &&
      !unit_is_complete(received, offset, expected.size(), profile.has_line_ends()))
    return need_more();
  return mismatched(name_difference(expectation, profile, first_unit(received)), offset);
}

FailureCode name_unfit(const Expectation& expectation, std::string_view line) {
  if (expectation.subject != Subject::kReply) return FailureCode::kWrongCommand;
  assert(!expectation.pattern.parts.empty());
  return name_reply(expectation.pattern.parts.front(), line);
}

// Without line ends, a unit is all that comes before its sender waits.
Match match_unit_like(const Expectation& expectation, std::string_view received,
                      StreamState state) {
  if (state == StreamState::kOpen) return need_more();
  if (received.empty()) return mismatch_by_state(state, 0);
  return fits(expectation.pattern, received) ? matched(received.size())
                                             : mismatched(name_unfit(expectation, received));
}

Match match_line_like(const Expectation& expectation, const chat::Profile& profile,
                      std::string_view received, StreamState state) {
  const std::size_t end = received.substr(0, kMaxLineBytes).find('\n');
  if (end == received.npos && received.size() >= kMaxLineBytes)
    return mismatched(name_unfit(expectation, received));
  if (end == received.npos && state == StreamState::kOpen) return need_more();
  const std::string_view line = received.substr(0, end == received.npos ? end : end + 1);
  const std::string_view text = without_line_end(line);
  if (end == received.npos && (text.empty() || !fits(expectation.pattern, text)))
    return mismatch_by_state(state, received.size());
  if (!fits(expectation.pattern, text)) return mismatched(name_unfit(expectation, text));
  return line.substr(text.size()) == profile.line_end_bytes()
             ? matched(line.size())
             : mismatched(FailureCode::kLineEnd, text.size());
}

// A signature of any value: the expectation is made from what came.
Match match_any_signature(const chat::Profile& profile, std::string_view received,
                          StreamState state) {
  const std::string_view digits = received.substr(0, chat::signature_size(profile));
  Expectation expectation{
      .kind = ItemKind::kSignature, .subject = Subject::kSignature, .bytes = {}, .requirement = {}};
  if (chat::is_signature(profile, digits)) {
    expectation.bytes =
        chat::in_right_case(profile, digits) + std::string(profile.line_end_bytes());
  } else {
    expectation.bytes =
        std::string(chat::signature_size(profile), '0') + std::string(profile.line_end_bytes());
  }
  return match_bytes(expectation, profile, received, state);
}

// Something was sent where the stream should end or stay silent.
Match match_surplus(std::string_view received, StreamState state, bool line_ends) {
  const bool complete = !line_ends || unit_is_complete(received, 0, 1, line_ends);
  return state == StreamState::kOpen && !complete ? need_more()
                                                  : mismatched(FailureCode::kUnexpectedData);
}

Match match_end(const Expectation& expectation, const chat::Profile& profile,
                std::string_view received, StreamState state) {
  if (!received.empty()) return match_surplus(received, state, profile.has_line_ends());
  const bool wants_reset = expectation.kind == ItemKind::kReset;
  switch (state) {
    case StreamState::kOpen:
      return need_more();
    case StreamState::kQuiet:
      return mismatched(FailureCode::kNotClosed);
    case StreamState::kEnded:
      return wants_reset ? mismatched(FailureCode::kNotReset) : matched(0);
    case StreamState::kReset:
      return wants_reset ? matched(0) : matched(0, FailureCode::kResetAtEnd);
  }
  return need_more();
}

Match match_silence(const chat::Profile& profile, std::string_view received, StreamState state) {
  if (!received.empty()) return match_surplus(received, state, profile.has_line_ends());
  switch (state) {
    case StreamState::kOpen:
      return need_more();
    case StreamState::kQuiet:
      return matched(0);
    default:
      return mismatch_by_state(state, 0);
  }
}

Match match_one(const Expectation& expectation, const chat::Profile& profile,
                std::string_view received, StreamState state) {
  switch (expectation.kind) {
    case ItemKind::kClose:
    case ItemKind::kHalfClose:
    case ItemKind::kReset:
      return match_end(expectation, profile, received, state);
    case ItemKind::kSilence:
      return match_silence(profile, received, state);
    case ItemKind::kAnySignature:
      return match_any_signature(profile, received, state);
    case ItemKind::kLike:
    case ItemKind::kAnyLine:
      return profile.has_line_ends() ? match_line_like(expectation, profile, received, state)
                                     : match_unit_like(expectation, received, state);
    default:
      return match_bytes(expectation, profile, received, state);
  }
}

// Its lines one after the other. Each begins where the one before has ended.
Match match_way(const Expectation& way, const chat::Profile& profile, std::string_view received,
                StreamState state) {
  std::size_t consumed = 0;
  std::optional<FailureCode> deviation;
  for (std::size_t part = 0; part <= way.then.size(); ++part) {
    Match result = match_one(part_of(way, part), profile, received.substr(consumed), state);
    if (result.outcome != Match::Outcome::kMatched) {
      result.part = part;
      result.consumed = consumed;
      return result;
    }
    consumed += result.consumed;
    assert(consumed <= received.size());
    if (!deviation) deviation = result.deviation;
  }
  return matched(consumed, deviation);
}

}  // namespace

std::string_view first_unit(std::string_view received) {
  return chat::take_whole_line(received).substr(0, kMaxUnitBytes);
}

Match match(const Step& step, const chat::Profile& profile, std::string_view received,
            StreamState state) {
  assert(step.action == Action::kExpect && !step.alternatives.empty());
  std::optional<Match> first_mismatch;
  bool undecided = false;
  for (std::size_t i = 0; i < step.alternatives.size(); ++i) {
    Match result = match_way(step.alternatives[i], profile, received, state);
    result.alternative = i;
    // The first alternative that matches counts. While one before may still match, none is taken,
    // or the verdict would depend on how the bytes were cut.
    if (result.outcome == Match::Outcome::kMatched && !undecided) {
      if (step.alternatives[i].deviates) result.deviation = FailureCode::kOtherWay;
      return result;
    }
    undecided = undecided || result.outcome == Match::Outcome::kNeedMore;
    if (result.outcome == Match::Outcome::kMismatched && !first_mismatch) first_mismatch = result;
  }
  assert(undecided || first_mismatch);
  assert(!undecided || state == StreamState::kOpen);
  return undecided ? need_more() : *first_mismatch;
}

bool expects_only_silence(const Step& step) {
  return std::ranges::all_of(step.alternatives, [](const Expectation& expectation) {
    return expectation.kind == ItemKind::kSilence;
  });
}

const Expectation& part_of(const Expectation& alternative, std::size_t part) {
  return part == 0 ? alternative : alternative.then.at(part - 1);
}

}  // namespace chatspec
