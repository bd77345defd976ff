#include "harness/report/formats/results.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

std::vector<ResultSuite> results_of(const std::vector<Record>& records) {
  return make_results(group_runs(records));
}

const Result* find_result(const ResultSuite& suite, std::string_view name) {
  const auto found = std::ranges::find(suite.results, name, &Result::name);
  return found == suite.results.end() ? nullptr : &*found;
}

TEST(Results, HaveAStatusForEachVerdict) {
  const std::vector<Record> records = example_run("server.py");
  const ResultSuite suite = results_of(records).at(0);
  for (const auto& [name, status] :
       {std::pair("build", Status::kPassed), std::pair("data/pass", Status::kPassed),
        std::pair("data/skipped", Status::kSkipped), std::pair("data/deviates", Status::kDeviates),
        std::pair("data/fail", Status::kFailed), std::pair("data/hang", Status::kFailed),
        std::pair("data/crash", Status::kFailed), std::pair("data/error", Status::kError)}) {
    const Result* result = find_result(suite, name);
    ASSERT_NE(result, nullptr) << name;
    EXPECT_EQ(result->status, status) << name;
    EXPECT_EQ(result->message.empty(), status == Status::kPassed) << name;
    const bool is_explained = status != Status::kPassed && status != Status::kSkipped;
    EXPECT_EQ(explain_result(suite, *result).empty(), !is_explained) << name;
  }
  EXPECT_EQ(suite.results.size(), 1 + kVerdicts.size()) << "a whole run has no result of its own";
  EXPECT_EQ(count_results(suite, Status::kFailed), 3U);
  EXPECT_EQ(find_result(suite, "data/fail")->message, "it sent another reply: a cause");
  EXPECT_EQ(find_result(suite, "data/fail")->code, "wrong-reply");
  EXPECT_EQ(find_result(suite, "data/fail")->chapter, "data");
  EXPECT_EQ(find_result(suite, "data/skipped")->code, "need");
}

// What is left of a whole run where something is missing, and what is said of it.
struct Gap {
  std::vector<Record> records;
  std::string_view message;
};

TEST(Results, OfARunThatIsNotWholeAreNotGood) {
  RunRecord run = full_run();
  run.cases = 2;
  const Record pass = example_case("a/one", Verdict::kPass);
  const Record skipped = example_case("a/one", Verdict::kSkipped);
  const Record also_skipped = example_case("a/two", Verdict::kSkipped);
  CaseRecord out_of_time = example_case("a/two", Verdict::kSkipped);
  out_of_time.skipped = SkipRecord{.kind = "time-limit"};
  const Record end = EndRecord{};
  RunRecord empty = run;
  empty.cases = 0;
  for (const Gap& gap : {
           Gap{{pass}, "the log does not have the beginning of this run"},
           Gap{{run, pass}, "the run did not end: 1 of 2 cases ended"},
           Gap{{run, pass, out_of_time, EndRecord{.stopped = "time-limit"}},
               "the time that --time-limit gives the run was over: 1 of 2 cases were not played"},
           Gap{{run, pass, EndRecord{.interrupted = true}},
               "the run was interrupted: 1 of 2 cases ended"},
           Gap{{run, pass, end}, "the log is not whole: 1 of 2 cases ended"},
           Gap{{run, pass, skipped, EndRecord{.served_last = "a/one"}},
               "the server accepted no connection after a/one, so not everything was judged"},
           Gap{{run, skipped, also_skipped, end}, "nothing was judged: all 2 cases were skipped"},
           Gap{{empty, end}, "nothing was played"},
       }) {
    const ResultSuite suite = results_of(gap.records).at(0);
    ASSERT_EQ(count_results(suite, Status::kError), 1U) << gap.message;
    EXPECT_EQ(suite.results.back().name, "run");
    EXPECT_EQ(suite.results.back().message, gap.message);
  }
}

TEST(Results, OfAProgramThatWasNotBuiltAreAFailureOfItsBuild) {
  RunRecord run = full_run();
  const std::vector<Record> records{run, full_build(), EndRecord{}};
  const ResultSuite suite = results_of(records).at(0);
  ASSERT_EQ(suite.results.size(), 1U);
  EXPECT_EQ(suite.results[0].name, "build");
  EXPECT_EQ(suite.results[0].status, Status::kFailed);
  EXPECT_EQ(suite.results[0].message, "it ended with exit status 2");
  EXPECT_TRUE(explain_result(suite, suite.results[0]).contains("what it wrote"));
}

TEST(Results, HaveNamesOfTheirOwnWhateverTheLogSays) {
  RunRecord run = full_run();
  run.cases = 4;
  CaseRecord nameless = example_case("", Verdict::kPass);
  const std::vector<Record> records{run,
                                    example_case("a/b\x01", Verdict::kPass),
                                    example_case("a/b\x01", Verdict::kPass),
                                    example_case("a/b\\x01", Verdict::kFail),
                                    nameless,
                                    EndRecord{}};
  const ResultSuite suite = results_of(records).at(0);
  std::vector<std::string> names;
  for (const Result& result : suite.results) names.push_back(result.name);
  EXPECT_EQ(names, (std::vector<std::string>{"a/b\\x01", "a/b\\x01 #2", "a/b\\x01 #3", "unknown"}));
}

TEST(Results, OfSeveralRunsOfOneImplementationAreToldApartByWhatDiffers) {
  std::vector<Record> records;
  const auto add = [&](Role role, const std::string& profile, std::uint64_t seed) {
    std::vector<Record> run = example_run("chat");
    auto& begin = std::get<RunRecord>(run.front());
    begin.role = role;
    begin.profile.name = profile;
    begin.seed = seed;
    records.insert(records.end(), run.begin(), run.end());
  };
  const auto names = [&] {
    std::vector<std::string> all;
    for (const ResultSuite& suite : results_of(records)) all.push_back(suite.name);
    return all;
  };
  using Names = std::vector<std::string>;
  add(Role::kServer, "line", 1);
  EXPECT_EQ(names(), Names{"chat"});
  add(Role::kClient, "line", 1);
  EXPECT_EQ(names(), (Names{"chat server", "chat client"}));
  add(Role::kClient, "crlf", 1);
  EXPECT_EQ(names(), (Names{"chat server", "chat client line", "chat client crlf"}));
  add(Role::kServer, "line", 2);  // a seed is no name
  EXPECT_EQ(names(),
            (Names{"chat server", "chat client line", "chat client crlf", "chat server #2"}));
}

}  // namespace
}  // namespace chatspec
