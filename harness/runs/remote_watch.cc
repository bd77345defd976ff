#include "harness/runs/remote_watch.h"

#include <algorithm>

#include <fmt/format.h>

namespace chatspec {
namespace {

bool was_played(const Judgement& judgement) {
  return judgement.verdict != Verdict::kSkipped && judgement.verdict != Verdict::kError;
}

bool was_refused(const Judgement& judgement) {
  return judgement.failure && judgement.failure->code == FailureCode::kRefused;
}

bool was_answered(const CaseResult& result) {
  return std::ranges::any_of(result.exchange, [](const ExchangeLine& line) {
    return line.speaker == Role::kServer && line.note.empty();
  });
}

CaseResult without_server(const CaseResult& result, const std::string& served_last,
                          std::string reason) {
  return {
      .played = result.played,
      .judgement = make_skipped(
          {.kind = SkipKind::kServerGone, .case_id = served_last, .sentence = std::move(reason)}),
      .duration = result.duration};
}

}  // namespace

// Only a refusal proves that nobody is there. Whoever is slow may be there still.
bool RemoteWatch::takes_no_connection() {
  const auto cell = cells_.open(Role::kServer, 0);
  if (!cell) return false;
  const auto connection = (*cell)->connect();
  return !connection && connection.error().kind == CellFailure::Kind::kNoConnection &&
         connection.error().grade == QuietGrade::kProven;
}

CaseResult RemoteWatch::look_at(CaseResult result) {
  const std::lock_guard lock(mutex_);
  const bool served_before = !served_last_.empty();
  if (served_before && was_refused(result.judgement)) {
    return without_server(
        result, served_last_,
        fmt::format("the server takes no connection any more, since {}", served_last_));
  }
  if (!was_played(result.judgement)) return result;
  // A server's kernel takes connections as long as the server has not ended, and resets them then.
  const bool cut_off = result.judgement.verdict != Verdict::kPass && !was_answered(result);
  if (served_before && cut_off && takes_no_connection()) {
    return without_server(result, served_last_,
                          fmt::format("the server has gone: it ended with this client, or already "
                                      "with that of {}",
                                      served_last_));
  }
  if (!was_refused(result.judgement)) served_last_ = result.played->id;
  return result;
}

}  // namespace chatspec
