// An opening is a small scenario like any other, played as they are. It is played in a profile
// without line ends, since it is about bytes: a unit is then all that comes before its sender
// waits. Each is bounded as a case is, and there are few of them; none is begun when all together
// have taken long.

#include "harness/runs/opening_probes.h"

#include <algorithm>
#include <cassert>
#include <exception>

#include <fmt/format.h>

#include "harness/play/player.h"
#include "harness/runs/case_runner.h"
#include "harness/scenario/source.h"
#include "reference/framing.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::chrono::seconds kEnough{10};

// Up to what follows the opening. A client may be one that waits for our word first.
std::string write_scenario(const chat::Profile& profile, Role role, Opening opening) {
  const std::string bytes = chat::quote(encode_opening(profile, role, opening));
  const std::string split =
      opening == Opening::kCut
          ? fmt::format(" | split at {}", encode_opening(profile, role, Opening::kNoLineEnd).size())
          : "";
  const std::string begin =
      fmt::format("scenario  the opening in another form\nrole      {}\n", to_string(role));
  return role == Role::kServer
             ? fmt::format("{}covers    HELLO-2\n\nC: raw {}{}\nS: 260 OK\nS: <silence>\n", begin,
                           bytes, split)
             : fmt::format(
                   "{}covers    HELLO-1\n\nmessage   hello\n\nC: <any line>\nor <silence>\n"
                   "S: raw {}{}\nC: <any line>\n",
                   begin, bytes, split);
}

Script make_opening(const RunOptions& options, Opening opening, const std::string& id) {
  Scenario scenario;
  const std::string problems =
      check_source(write_scenario(options.profile, options.role, opening), id, scenario);
  assert(problems.empty());
  chat::Profile unframed = options.profile;
  unframed.line_end = chat::LineEnd::kNone;
  return make_script(scenario, id, {options.role, unframed, options.seed, options.remote_keys});
}

bool has_event(const Transcript& transcript, EventKind kind) {
  return find_first(transcript.events(), kind) != nullptr;
}

// What was exchanged on the first connection.
OpeningTry read_try(const chat::Profile& profile, Role role, Opening opening,
                    const Transcript& transcript) {
  OpeningTry found{.opening = opening};
  for (const Event& event : transcript.events()) {
    if (event.connection != 1) continue;
    if (event.kind == EventKind::kClosed) break;
    if (event.kind == EventKind::kSent) found.sent += event.bytes;
    if (event.kind == EventKind::kReceived)
      (found.sent.empty() ? found.before : found.received) += event.bytes;
    if (event.kind == EventKind::kEndOfStream || event.kind == EventKind::kReset)
      found.ending = event.kind;
  }
  found.is_answered = !found.sent.empty() && answers_opening(profile, role, found.received);
  return found;
}

// Whether a step expects this unit.
bool expects(const Step& step, std::string_view unit) {
  return step.action == Action::kExpect && step.alternatives.front().bytes == unit;
}

// Whether a case failed where the opening was due as it should be, before anything else was sent.
bool fails_at_opening(const CaseResult& result) {
  const auto& failure = result.judgement.failure;
  const auto& steps = result.script.steps;
  if (!failure || !is_failure(result.judgement.verdict) || failure->step >= steps.size() ||
      !has_event(result.transcript, EventKind::kConnected)) {
    return false;
  }
  const chat::Profile& profile = result.script.profile;
  const Step& failed = steps[failure->step];
  const std::string sent =
      chat::encode_unit(profile, result.role == Role::kServer ? profile.hello : profile.ok);
  std::size_t sends = 0;
  for (std::size_t i = 0; i < failure->step; ++i) {
    if (steps[i].action == Action::kExpect) continue;
    if (steps[i].action != Action::kSend || steps[i].bytes != sent || !steps[i].cuts.empty())
      return false;
    ++sends;
  }
  if (failed.connection != 1 || sends > 1) return false;
  if (result.role == Role::kServer)
    return sends == 1 && expects(failed, chat::encode_unit(profile, profile.ok));
  return expects(failed, chat::encode_unit(profile, sends == 0 ? profile.hello : profile.data));
}

// Whether other forms may tell more: what came is not plainly the right thing in other words, or
// with another line end, which its own finding says.
bool is_worth_asking(const chat::Profile& profile, Role role, const OpeningTry& failed,
                     FailureCode code) {
  if (role == Role::kServer)
    return code != FailureCode::kReplyText &&
           !(failed.is_answered && failed.received.ends_with('\n'));
  if (!failed.sent.empty()) return failed.received.empty();
  return failed.before.empty() ||
         find_spoken_line_end(profile, role, failed) == chat::LineEnd::kNone;
}

}  // namespace

std::optional<OpeningTry> OpeningPlayer::play(Opening opening) const try {
  const std::string id = fmt::format("opening/{}", to_string(opening));
  const Script script = make_opening(options_, opening, id);
  auto cell = cells_.open(options_.role, seed_of_case(options_.seed, id));
  if (!cell) return std::nullopt;
  const Transcript transcript = chatspec::play(script, **cell, options_.command, clock_);
  const bool was_asked = has_event(transcript, EventKind::kConnected) &&
                         !has_event(transcript, EventKind::kTrouble) &&
                         !has_event(transcript, EventKind::kInterrupted) && !interrupt_.requested();
  return was_asked ? std::optional(read_try(options_.profile, options_.role, opening, transcript))
                   : std::nullopt;
} catch (const std::exception&) {  // a library's, for want of memory
  return std::nullopt;
}

std::optional<OpeningTry> OpeningProbes::ask(Opening opening) const {
  const auto known = std::ranges::find(asked_, opening, &OpeningTry::opening);
  return known == asked_.end() ? player_.play(opening) : std::optional(*known);
}

std::optional<OpeningFinding> OpeningProbes::look_at(const CaseResult& result) {
  const RunOptions& options = player_.options();
  if (is_done_ || !options.command || options.segmentation != Segmentation::kUnits ||
      !fails_at_opening(result)) {
    return std::nullopt;
  }
  const chat::Profile& profile = options.profile;
  const OpeningTry failed = read_try(profile, options.role, Opening::kAsWritten, result.transcript);
  if (!is_worth_asking(profile, options.role, failed, result.judgement.failure->code))
    return std::nullopt;
  is_done_ = true;
  OpeningFinding finding{.tries = {failed}};
  const TimePoint begin = player_.now();
  for (const Opening opening : other_openings(profile, options.role)) {
    if (player_.now() - begin > kEnough) break;
    if (auto one = ask(opening)) finding.tries.push_back(*std::move(one));
  }
  if (finding.tries.size() == 1) return std::nullopt;
  finding.cause = diagnose_opening(profile, options.role, finding.tries);
  return finding;
}

SpokenProfile find_spoken_profile(const OpeningPlayer& player) {
  const Role role = player.options().role;
  SpokenProfile found;
  // What a client says, it says before it hears anything.
  const auto openings = role == Role::kServer
                            ? std::vector{Opening::kLf, Opening::kCrLf, Opening::kNoLineEnd}
                            : std::vector{Opening::kLf};
  for (const Opening opening : openings) {
    auto one = player.play(opening);
    if (!one) break;  // nor will it be there another time
    found.tries.push_back(*std::move(one));
    const chat::Profile& line = player.options().profile;
    const auto line_end = find_spoken_line_end(line, role, found.tries.back());
    if (!line_end) continue;
    const auto profiles = chat::builtin_profiles();
    const auto spoken = std::ranges::find(profiles, *line_end, &chat::Profile::line_end);
    if (spoken != profiles.end()) found.profile = &*spoken;
    break;
  }
  return found;
}

}  // namespace chatspec
