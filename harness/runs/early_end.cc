#include "harness/runs/early_end.h"

#include <fmt/format.h>

namespace chatspec {
namespace {

constexpr int kTriesInVain = 2;

}  // namespace

void EarlyEnd::look_at(const CaseResult& result) {
  if (result.appearance == Appearance::kSeen) seen_ = true;
  if (result.appearance == Appearance::kInVain) ++in_vain_;
  given_up_ = !seen_ && in_vain_ >= kTriesInVain;
  if (result.known.fails(result.judgement)) ++failures_;
}

std::optional<SkipReason> EarlyEnd::find_decided() const {
  if (given_up_ && !options_.play_on) {
    return SkipReason{
        .kind = SkipKind::kGivenUp,
        .sentence = fmt::format("the program never {}, in two cases: nothing more is played",
                                options_.role == Role::kServer ? "listened" : "connected")};
  }
  if (has_enough_failures()) {
    return SkipReason{
        .kind = SkipKind::kFailFast,
        .sentence = fmt::format("with --fail-fast nothing is played after {}",
                                *options_.enough_failures == 1
                                    ? "the first failure"
                                    : fmt::format("{} failures", *options_.enough_failures))};
  }
  return std::nullopt;
}

std::optional<SkipReason> EarlyEnd::find_reason() const {
  if (auto decided = find_decided()) return decided;
  if (!options_.time_limit || clock_.now() - begin_ < *options_.time_limit) return std::nullopt;
  return SkipReason{.kind = SkipKind::kTimeLimit,
                    .sentence = "the time was over that --time-limit gives the run"};
}

}  // namespace chatspec
