#include "harness/report/formats/tests/example_runs.h"

#include <algorithm>
#include <iterator>

#include "harness/report/tests/example_records.h"

namespace chatspec {

CaseRecord example_case(const std::string& id, Verdict verdict) {
  CaseRecord record = full_case();
  record.id = id;
  record.verdict = verdict;
  record.known.reset();
  record.attempts.clear();
  if (verdict != Verdict::kError) record.trouble.clear();
  if (verdict != Verdict::kSkipped) record.skipped.reset();
  if (!is_failure(verdict)) record.failure.reset();
  if (verdict != Verdict::kDeviates) record.deviations.clear();
  for (FindingRecord& finding : record.deviations) finding.message = "its digits are upper-case";
  return record;
}

std::vector<Record> example_run(const std::string& name) {
  RunRecord run = full_run();
  run.name = name;
  run.role = Role::kServer;
  run.seed = 7;
  run.cases = kVerdicts.size();
  BuildRecord build{.command = "make", .duration_us = 1500};
  std::vector<Record> records{run, build};
  for (const VerdictWord& word : kVerdicts)
    records.push_back(example_case("data/" + std::string(word.word), word.verdict));
  records.push_back(EndRecord{.duration_us = 2000000});
  return records;
}

std::vector<Record> example_log() {
  std::vector<Record> records = example_run("server.py");
  std::vector<Record> other = example_run("other.py");
  other.back() = EndRecord{.interrupted = true, .duration_us = 1000};
  std::ranges::move(other, std::back_inserter(records));
  return records;
}

}  // namespace chatspec
