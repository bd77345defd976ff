// The log's schema and the records' fields are the same.

#include <gtest/gtest.h>

#include "harness/report/log/record_json.h"
#include "harness/report/tests/example_records.h"
#include "harness/report/tests/log_schema.h"

namespace chatspec {
namespace {

TEST(LogSchema, HasEveryFieldOfEveryRecord) {
  RunRecord run = full_run();
  run.seed = 7;  // the validator's whole numbers have a sign
  for (const Record& record : {Record(run), Record(full_build()), Record(full_opening()),
                               Record(full_case()), Record(full_end()), Record(RunRecord{}),
                               Record(BuildRecord{}), Record(CaseRecord{}), Record(EndRecord{})}) {
    const std::string line = to_json_line(record);
    EXPECT_EQ(find_schema_violation(line), "") << line;
  }
}

TEST(LogSchema, KnowsEveryWord) {
  CaseRecord record{.id = "a/b"};
  for (int kind = 0; kind <= static_cast<int>(EventKind::kInterrupted); ++kind)
    record.events.push_back({.kind = static_cast<EventKind>(kind)});
  for (int grade = 0; grade <= static_cast<int>(QuietGrade::kUnknown); ++grade) {
    record.events.push_back({.kind = EventKind::kQuiet,
                             .evidence = EvidenceRecord{.grade = static_cast<QuietGrade>(grade)}});
  }
  for (const VerdictWord& word : kVerdicts) {
    record.verdict = word.verdict;
    const std::string line = to_json_line(record);
    EXPECT_EQ(find_schema_violation(line), "") << line;
  }
}

TEST(LogSchema, KnowsEveryFormOfTheOpening) {
  OpeningRecord record;
  for (const auto& form : kOpenings) record.tries.push_back({.opening = form.value});
  const std::string line = to_json_line(record);
  EXPECT_EQ(find_schema_violation(line), "") << line;
}

TEST(LogSchema, RefusesWhatNoLogHolds) {
  for (const std::string line :
       {R"({"record":"case","id":"a/b"})", R"({"record":"case","id":"a/b","verdict":"fine"})",
        R"({"record":"case","id":"a/b","verdict":"pass","mood":"good"})",
        R"({"record":"case","id":"a/b","verdict":"pass","line":-1})",
        R"({"record":"end","interrupted":"no"})", R"({"record":"weather"})", R"([])"}) {
    EXPECT_NE(find_schema_violation(line), "") << line;
  }
}

}  // namespace
}  // namespace chatspec
