#include "harness/judge/verdict.h"

#include <algorithm>

namespace chatspec {

std::string_view to_string(Verdict verdict) {
  return std::ranges::find(kVerdicts, verdict, &VerdictWord::verdict)->word;
}

std::optional<Verdict> parse_verdict(std::string_view word) {
  const auto* found = std::ranges::find(kVerdicts, word, &VerdictWord::word);
  return found == kVerdicts.end() ? std::nullopt : std::optional(found->verdict);
}

bool is_failure(Verdict verdict) {
  return verdict == Verdict::kFail || verdict == Verdict::kHang || verdict == Verdict::kCrash;
}

const FailureWord& describe(FailureCode code) {
  return *std::ranges::find(kFailures, code, &FailureWord::code);
}

std::string_view to_string(FailureCode code) {
  return describe(code).word;
}

bool is_own_fault(FailureCode code) {
  return describe(code).verdict == Verdict::kCrash || code == FailureCode::kSanitizerReport ||
         code == FailureCode::kThreadException;
}

}  // namespace chatspec
