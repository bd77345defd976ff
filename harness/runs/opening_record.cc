#include "harness/runs/opening_record.h"

#include <span>

#include "harness/report/text/clean_text.h"

namespace chatspec {
namespace {

std::vector<OpeningTryRecord> make_try_records(std::span<const OpeningTry> tries) {
  std::vector<OpeningTryRecord> records;
  for (const OpeningTry& one : tries) {
    records.push_back({.opening = one.opening,
                       .before = log_bytes(one.before),
                       .sent = log_bytes(one.sent),
                       .received = log_bytes(one.received),
                       .ending = one.ending,
                       .is_answered = one.is_answered});
  }
  return records;
}

}  // namespace

OpeningRecord make_opening_record(const OpeningFinding& finding) {
  OpeningRecord record{.tries = make_try_records(finding.tries)};
  if (!finding.cause.is_known()) return record;
  record.cause = CauseRecord{.id = finding.cause.id, .sentence = one_line(finding.cause.sentence)};
  for (const auto& [name, value] : finding.cause.parameters)
    record.cause->parameters[name] = one_line(value);
  return record;
}

ProfileChoiceRecord make_choice_record(const SpokenProfile& spoken) {
  return {.is_spoken = spoken.profile != nullptr, .tries = make_try_records(spoken.tries)};
}

}  // namespace chatspec
