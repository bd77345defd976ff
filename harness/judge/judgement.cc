#include "harness/judge/judgement.h"

#include <utility>

namespace chatspec {

std::string_view to_string(SkipKind kind) {
  return chat::row_of(kSkipKinds, kind).word;
}

std::optional<SkipKind> parse_skip_kind(std::string_view word) {
  return chat::value_of(kSkipKinds, word);
}

bool is_out_of_reach(SkipKind kind) {
  return kind == SkipKind::kRemote || kind == SkipKind::kOutOfReach ||
         kind == SkipKind::kServerGone;
}

bool is_out_of_reach(const Judgement& judgement) {
  return judgement.skip && is_out_of_reach(judgement.skip->kind);
}

Judgement make_skipped(SkipReason reason) {
  return {.verdict = Verdict::kSkipped, .skip = std::move(reason)};
}

Judgement make_error(std::string trouble) {
  return {.verdict = Verdict::kError, .trouble = std::move(trouble)};
}

}  // namespace chatspec
