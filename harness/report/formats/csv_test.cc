#include "harness/report/formats/csv.h"

#include <gtest/gtest.h>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

std::string csv_of(const std::vector<Record>& records) {
  const std::vector<RunOfLog> runs = group_runs(records);
  return collect_text([&](ReportText& out) { write_csv(make_results(runs), out); });
}

TEST(Csv, HasALineForEachResult) {
  const std::string csv = csv_of(example_run("server.py"));
  EXPECT_TRUE(csv.starts_with(
      "implementation,role,profile,case,chapter,title,level,requirements,tags,verdict,code,cause,"
      "message,plays,failed_plays,duration_ms,file,line\r\n"
      "server.py,server,line,build,,,,,,pass,,,,,,1,,\r\n"
      "server.py,server,line,data/pass,data,t,must,SIG-1,core,pass,,,,1,0,0,tests/a/b.chat,4\r\n"))
      << csv;
  EXPECT_TRUE(csv.contains(
      "\r\nserver.py,server,line,data/fail,data,t,must,SIG-1,core,fail,"
      "wrong-reply,other-reply,it sent another reply: a cause,1,1,0,tests/a/b.chat,4\r\n"))
      << csv;
}

TEST(Csv, QuotesWhatNeedsItAndHoldsNoFormula) {
  RunRecord run = full_run();
  run.cases = 1;
  for (const auto& [title, field] :
       {std::pair("=1+1", "'=1+1"), std::pair("+x", "'+x"), std::pair("-x", "'-x"),
        std::pair("@x", "'@x"), std::pair("  =x", "'  =x"), std::pair("a,b", "\"a,b\""),
        std::pair("=\"a\"", "\"'=\"\"a\"\"\""), std::pair("a\nb", "\"a\nb\""),
        std::pair("\t=1", "\\t=1"), std::pair("1-2", "1-2")}) {
    CaseRecord record = example_case("a/b", Verdict::kPass);
    record.title = title;
    const std::vector<Record> records{run, record, EndRecord{}};
    const std::string csv = csv_of(records);
    EXPECT_TRUE(csv.contains(",a/b,a," + std::string(field) + ",must,")) << csv;
  }
}

}  // namespace
}  // namespace chatspec
