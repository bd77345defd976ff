#include "harness/runs/judge_recorded.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "harness/report/log/restored_profile.h"
#include "harness/runs/restored_transcript.h"
#include "harness/script/segmentation.h"

namespace chatspec {
namespace {

bool is_possible(const Cut& cut, const Script& script) {
  return cut.step < script.steps.size() && script.steps[cut.step].action == Action::kSend &&
         cut.place > 0 && cut.place < script.steps[cut.step].bytes.size();
}

// How it was played, and what was known of a server that somebody else started.
Circumstances restore_circumstances(Segmentation segmentation, const CaseRecord& record) {
  Circumstances circumstances{.segmentation = segmentation};
  if (const auto& delivery = record.delivery) {
    circumstances.otherwise = delivery->otherwise;
    if (delivery->step) circumstances.cut = Cut{.step = *delivery->step, .place = delivery->place};
  }
  if (const auto& remote = record.remote) {
    circumstances.served_last = remote->served_last;
    circumstances.is_gone = remote->is_gone;
  }
  return circumstances;
}

GivenKeys restore_keys(const RunRecord& run) {
  if (!run.keys) return std::nullopt;
  std::vector<std::string> keys;
  for (const LoggedBytes& key : *run.keys) keys.push_back(key.begin);
  return keys;
}

CaseOutcome outcome_of(const Judgement& judgement) {
  CaseOutcome outcome{.verdict = judgement.verdict};
  if (judgement.skip) outcome.skipped = to_string(judgement.skip->kind);
  if (judgement.skip) return outcome;  // a record has no findings then
  const auto add = [&](const Finding& finding) {
    outcome.codes.emplace_back(to_string(finding.code));
    if (finding.cause.is_known()) outcome.causes.push_back(finding.cause.id);
  };
  if (judgement.failure) add(*judgement.failure);
  std::ranges::for_each(judgement.deviations, add);
  return outcome;
}

// What was played, put together again.
struct Restored {
  Script script;
  Circumstances circumstances;
  chat::Level level{};
};

std::expected<Restored, NotJudged> restore(const RunRecord& run, const CaseRecord& record,
                                           const CasesById& cases) {
  const auto found = cases.find(record.id);
  if (found == cases.end()) return std::unexpected(NotJudged::kUnknownCase);
  const Case& one = *found->second;
  if (hash_source(*one.file) != record.source) return std::unexpected(NotJudged::kChanged);
  const auto profile = restore_profile(run.profile);
  if (!profile) return std::unexpected(NotJudged::kUnknownProfile);
  if (!one.has_role(run.role) || !one.applies_to(*profile))
    return std::unexpected(NotJudged::kNotForIt);
  const auto* word = chat::find_word(kSegmentations, run.delivery);
  if (!word) return std::unexpected(NotJudged::kImpossibleCut);
  const Script plain = make_script(
      one.scenario, one.id,
      {.role = run.role, .profile = *profile, .seed = run.seed, .given_keys = restore_keys(run)});
  Restored restored{.script = segment(plain, word->segmentation).script,
                    .circumstances = restore_circumstances(word->segmentation, record),
                    .level = one.level(run.role)};
  if (const auto& cut = restored.circumstances.cut) {
    if (word->segmentation != Segmentation::kCuts || !is_possible(*cut, restored.script))
      return std::unexpected(NotJudged::kImpossibleCut);
    restored.script = with_cut(restored.script, *cut);
  }
  return restored;
}

}  // namespace

const NotJudgedReason& describe(NotJudged reason) {
  return chat::row_of(kNotJudgedReasons, reason);
}

CasesById index_cases(const std::vector<Case>& cases) {
  CasesById index;
  for (const Case& one : cases) index.emplace(one.id, &one);
  return index;
}

std::expected<CaseOutcome, NotJudged> judge_recorded(const RunRecord& run, const CaseRecord& record,
                                                     const CasesById& cases,
                                                     const JudgeFunction& judge_case) {
  if (record.events.empty()) {
    const bool passed = record.verdict == Verdict::kPass;
    return std::unexpected(passed ? NotJudged::kNotLogged : NotJudged::kNotPlayed);
  }
  const auto restored = restore(run, record, cases);
  if (!restored) return std::unexpected(restored.error());
  const auto transcript = restore_transcript(record, restored->script);
  if (!transcript) return std::unexpected(NotJudged::kBytesLeftOut);
  return outcome_of(
      judge_case(restored->script, restored->level, *transcript, restored->circumstances));
}

std::vector<JudgedAgain> judge_run(const RunOfLog& run, const CasesById& cases,
                                   const JudgeFunction& judge_case) {
  std::vector<JudgedAgain> judged;
  for (const CaseRecord* record : run.cases) {
    judged.push_back({.record = record, .now = std::unexpected(NotJudged::kNoRun)});
    if (run.run) judged.back().now = judge_recorded(*run.run, *record, cases, judge_case);
  }
  return judged;
}

std::string describe_difference(const JudgedAgain& one) {
  assert(one.now);
  return fmt::format("{}: recorded as {}, judged now as {}", one.record->id,
                     to_string(outcome_of(*one.record)), to_string(*one.now));
}

}  // namespace chatspec
