// What became of a case: its verdict, and why.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/judge/findings/verdict.h"
#include "harness/script/segmentation.h"
#include "reference/text/word_table.h"

namespace chatspec {

// Why a case was skipped.
enum class SkipKind {
  kNeed,          // a case that it needs did not pass
  kGivenUp,       // the program never listened, or never connected, in cases before
  kRemote,        // this cannot be asked of a server that somebody else started
  kOutOfReach,    // the program cannot reach what the scenario tells it of, on this machine
  kInterrupted,   // the user ended the run
  kOptional,      // nobody must have what the scenario asks for, and it was not met
  kOutputUnseen,  // of very long output not all was looked at
  kServedOne,     // a server may end after its first client, and this is about a further one
  kServerGone,    // a server that somebody else started is not there any more
  kFailFast,      // as many cases have failed before as the user said are enough
  kTimeLimit,     // the time that the user gave the run was over
};

// The words are stable, as those of verdicts are.
inline constexpr std::array kSkipKinds{
    chat::EnumWord{SkipKind::kNeed, "need"},
    chat::EnumWord{SkipKind::kGivenUp, "given-up"},
    chat::EnumWord{SkipKind::kRemote, "remote"},
    chat::EnumWord{SkipKind::kOutOfReach, "out-of-reach"},
    chat::EnumWord{SkipKind::kInterrupted, "interrupted"},
    chat::EnumWord{SkipKind::kOptional, "optional"},
    chat::EnumWord{SkipKind::kOutputUnseen, "output-unseen"},
    chat::EnumWord{SkipKind::kServedOne, "served-one"},
    chat::EnumWord{SkipKind::kServerGone, "server-gone"},
    chat::EnumWord{SkipKind::kFailFast, "fail-fast"},
    chat::EnumWord{SkipKind::kTimeLimit, "time-limit"},
};
static_assert(chat::covers_in_order(kSkipKinds, &chat::EnumWord<SkipKind>::value,
                                    SkipKind::kTimeLimit));
std::string_view to_string(SkipKind kind);
std::optional<SkipKind> parse_skip_kind(std::string_view word);

// Whether it says nothing of the program, because this cannot be seen or asked from here: then what
// needs the case is not kept from being played.
bool is_out_of_reach(SkipKind kind);

struct SkipReason {
  SkipKind kind{};
  std::string case_id{};  // kNeed: of the case that did not pass; kServerGone: of the last one that
                          // was served; else empty
  std::string sentence{};  // for people
};

// That a case comes to worse by how what we sent was cut into segments, and by nothing else.
struct DeliveryBlame {
  std::optional<Cut> cut{};  // the one that makes the difference; nothing where nothing was cut
  Verdict otherwise = Verdict::kPass;  // without it, or unit by unit
  std::string sentence{};              // "pass whole, fail cut after byte 6 of …": for people
};

struct Judgement {
  Verdict verdict = Verdict::kPass;
  // Of fail, hang, crash, and of a `should` scenario that deviates.
  std::optional<Finding> failure{};
  std::vector<Finding> deviations{};        // taken, but not as it should be
  std::optional<SkipReason> skip{};         // of skipped
  std::string trouble{};                    // of error: what went wrong, for people
  std::optional<DeliveryBlame> delivery{};  // where that is to blame
  bool is_unknown = false;  // an error only because it could not be told what the implementation
                            // was doing; another time it may be
  std::string left_over{};  // what the end of the cell found still there; may be empty

  // Why it was skipped or could not be judged, for people; else "".
  const std::string& reason() const { return skip ? skip->sentence : trouble; }
};

// Whether it was skipped, for no fault of the implementation's; see SkipKind.
bool is_out_of_reach(const Judgement& judgement);

Judgement make_skipped(SkipReason reason);
Judgement make_error(std::string trouble);

}  // namespace chatspec
