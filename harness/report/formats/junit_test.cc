#include "harness/report/formats/junit.h"

#include <gtest/gtest.h>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

std::string junit_of(const std::vector<Record>& records, bool strict = false) {
  const std::vector<RunOfLog> runs = group_runs(records);
  const std::vector<ResultSuite> suites = make_results(runs);
  return collect_text([&](ReportText& out) {
    strict ? write_strict_junit(suites, out) : write_junit(suites, out);
  });
}

TEST(Junit, SaysWhereACaseStandsAndWhatIsWrongInTheFailuresText) {
  const std::string xml = junit_of(example_run("server.py"));
  EXPECT_TRUE(
      xml.contains("<testcase name=\"data/pass\" classname=\"server.py.data\" time=\"0.000\" "
                   "file=\"tests/a/b.chat\" line=\"4\"/>"))
      << xml;
  const std::size_t failure = xml.find(
      "<failure type=\"wrong-reply\" message=\"it sent another "
      "reply: a cause\">fail data/fail  t\n");
  ASSERT_NE(failure, xml.npos) << xml;
  const std::string body = xml.substr(failure, xml.find("</failure>", failure) - failure);
  for (const char* part : {"SIG-2", "expected", "received", "because    a cause"})
    EXPECT_TRUE(body.contains(part)) << part << "\n" << body;
  EXPECT_TRUE(xml.contains("<property name=\"cause\" value=\"other-reply\"/>")) << xml;
}

TEST(Junit, OfJenkinsHasNothingThatItsSchemaDoesNotHave) {
  const std::string xml = junit_of(example_run("server.py"), true);
  EXPECT_TRUE(
      xml.contains("<testcase name=\"data/pass\" classname=\"server.py.data\" "
                   "time=\"0.000\"/>"))
      << xml;
  EXPECT_FALSE(xml.contains(" file=")) << xml;
}

TEST(Junit, StaysBelowWhatGitLabTakesHoweverManyCasesFail) {
  RunRecord run = full_run();
  run.cases = 14000;
  CaseRecord failed = example_case("", Verdict::kFail);
  failed.errors.bytes.begin = std::string(2000, '<');
  std::vector<Record> records{run};
  for (std::size_t i = 0; i < run.cases; ++i) {
    failed.id = "data/x[" + std::to_string(i) + "]";
    records.emplace_back(failed);
  }
  records.emplace_back(EndRecord{});
  const std::string xml = junit_of(records);
  EXPECT_LT(xml.size(), 30'000'000U);
  EXPECT_GT(xml.size(), 12'000'000U);
  EXPECT_TRUE(xml.contains(">it sent another reply: a cause</failure>")) << "the last ones";
}

}  // namespace
}  // namespace chatspec
