#include "harness/judge/findings/verdict.h"

namespace chatspec {

std::string_view to_string(Verdict verdict) {
  return chat::row_of(kVerdicts, verdict).word;
}

std::optional<Verdict> parse_verdict(std::string_view word) {
  const auto* found = chat::find_word(kVerdicts, word);
  return found ? std::optional(found->verdict) : std::nullopt;
}

bool is_worse(Verdict verdict, Verdict than) {
  return verdict != Verdict::kSkipped && verdict > than;
}

bool is_failure(Verdict verdict) {
  return verdict == Verdict::kFail || verdict == Verdict::kHang || verdict == Verdict::kCrash;
}

const FailureWord& describe(FailureCode code) {
  return chat::row_of(kFailures, code);
}

std::string_view to_string(FailureCode code) {
  return describe(code).word;
}

std::optional<FailureCode> parse_failure_code(std::string_view word) {
  const auto* found = chat::find_word(kFailures, word);
  return found ? std::optional(found->code) : std::nullopt;
}

bool is_own_fault(FailureCode code) {
  return describe(code).verdict == Verdict::kCrash || code == FailureCode::kSanitizerReport ||
         code == FailureCode::kThreadException;
}

}  // namespace chatspec
