#include "harness/grid/pair_verdict.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/judge/diagnosis/signature_search.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

bool is_proven(const Event& quiet) {
  return quiet.grade == QuietGrade::kProven || quiet.grade == QuietGrade::kSettled;
}

// How it is known that a side does nothing more.
std::string describe_silence(const Event& quiet) {
  const std::string evidence = chat::escape_bytes(quiet.bytes);
  return is_proven(quiet) ? evidence : fmt::format("not proven: {}", evidence);
}

class PairJudge {
 public:
  PairJudge(const chat::Profile& profile, const PairMaterials& materials,
            const PairTranscript& transcript)
      : profile_(profile),
        materials_(materials),
        watch_(profile, materials),
        transcript_(transcript),
        messages_(materials.texts.size()) {}

  PairVerdict judge() {
    for (const PairEvent& one : transcript_) look_at(one.side, one.event);
    PairVerdict verdict{.outcome = find_outcome(),
                        .departures = watch_.departures(),
                        .signed_count = watch_.signed_count(),
                        .messages = messages_};
    explain_signature(verdict);
    verdict.rests_on_time = rests_on_time_ && !gets_on(verdict.outcome);
    if (verdict.outcome == PairOutcome::kUnknown) verdict.remark = unknown_;
    return verdict;
  }

 private:
  void look_at(Role side, const Event& event) {
    switch (event.kind) {
      case EventKind::kReceived:
        watch_.hear(side, event.bytes);
        if (event.truncated)
          watch_.note({.side = side, .sentence = "said more than anybody would hear of it"});
        return;
      case EventKind::kEndOfStream:
      case EventKind::kReset:
        has_ended_[index(side)] = true;
        return watch_.hear_end(side, event.kind == EventKind::kReset);
      case EventKind::kQuiet:
        return look_at_silence(side, event);
      case EventKind::kExited:
      case EventKind::kDied:
        return look_at_exit(side, event);
      case EventKind::kTrouble:
        return give_up(chat::escape_bytes(event.bytes));
      case EventKind::kInterrupted:
        return give_up("it was interrupted");
      default:
        return;
    }
  }

  static std::size_t index(Role side) { return side == Role::kClient ? 0 : 1; }

  bool has_connected(Role side) const {
    return find_event(transcript_, side, EventKind::kConnected) != nullptr;
  }

  void look_at_silence(Role side, const Event& event) {
    const std::string how = describe_silence(event);
    const bool was_blameless = !watch_.has_left(side);
    rests_on_time_ |= was_blameless && !is_proven(event);
    if (event.grade == QuietGrade::kUnknown && was_blameless && !watch_.is_complete())
      give_up(fmt::format("what keeps the {} cannot be told: {}", chat::to_string(side), how));
    if (!has_connected(side)) {
      watch_.note(
          {.side = side,
           .requirement = side == Role::kClient ? "CLI-1" : "CLI-2",
           .sentence = fmt::format(
               "{} ({})", side == Role::kClient ? "did not connect" : "did not listen", how)});
    } else if (has_ended_[index(side)]) {
      watch_.note(
          {.side = side,
           .requirement = "LIFE-1",
           .sentence = fmt::format("did not end after it had closed its connection ({})", how)});
    } else {
      watch_.hear_silence(side, how);
    }
  }

  void look_at_exit(Role side, const Event& event) {
    if (!event.exit) return;
    const std::string how = to_string(*event.exit);
    if (event.exit->by_signal) {
      watch_.note({.side = side, .sentence = fmt::format("was ended by {}", how)});
    } else if (!has_connected(side)) {
      watch_.note({.side = side,
                   .requirement = side == Role::kClient ? "CLI-1" : "CLI-2",
                   .sentence = fmt::format("ended with {} before it {}", how,
                                           side == Role::kClient ? "connected" : "listened")});
    }
  }

  // Which mistake gives just that signature.
  void explain_signature(PairVerdict& verdict) const {
    const auto& wrong = watch_.wrong_signature();
    const auto departure = std::ranges::find(verdict.departures, "SIG-1", &Departure::requirement);
    if (!wrong || departure == verdict.departures.end()) return;
    const Cause cause = search_mistakes({.profile = profile_,
                                         .messages = materials_.texts,
                                         .keys = materials_.keys,
                                         .message = wrong->message,
                                         .key = wrong->message},
                                        strip(wrong->received));
    if (cause.is_known()) departure->because = cause.sentence;
  }

  void give_up(std::string why) {
    if (unknown_.empty()) unknown_ = std::move(why);
  }

  PairOutcome find_outcome() const {
    const bool client = watch_.has_left(Role::kClient);
    const bool server = watch_.has_left(Role::kServer);
    if (!unknown_.empty()) return PairOutcome::kUnknown;
    if (watch_.is_complete())
      return client || server ? PairOutcome::kGetOnLoosely : PairOutcome::kGetOn;
    if (client && server) return PairOutcome::kBoth;
    if (client || server) return client ? PairOutcome::kClient : PairOutcome::kServer;
    return PairOutcome::kNobody;
  }

  const chat::Profile& profile_;
  const PairMaterials& materials_;
  PairWatch watch_;
  const PairTranscript& transcript_;
  std::size_t messages_;
  std::array<bool, 2> has_ended_{};
  bool rests_on_time_ = false;
  std::string unknown_{};  // why nothing can be told
};

}  // namespace

const PairOutcomeWord& word_of(PairOutcome outcome) {
  return *std::ranges::find(kPairOutcomes, outcome, &PairOutcomeWord::outcome);
}

bool gets_on(PairOutcome outcome) {
  return outcome == PairOutcome::kGetOn || outcome == PairOutcome::kGetOnLoosely;
}

PairVerdict judge_pair(const chat::Profile& profile, const PairMaterials& materials,
                       const PairTranscript& transcript) {
  return PairJudge(profile, materials, transcript).judge();
}

}  // namespace chatspec
