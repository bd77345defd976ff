#include "harness/report/formats/pcap_files.h"

#include <gtest/gtest.h>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/formats/tests/hostile_records.h"

namespace chatspec {
namespace {

std::vector<std::string> names_of(const std::vector<Record>& records) {
  const std::vector<ResultSuite> suites = make_results(group_runs(records));
  std::vector<std::string> names;
  for (const PcapFile& file : list_pcap_files(suites)) names.push_back(file.name);
  return names;
}

TEST(PcapFiles, AreThereForEachCaseOfWhichTheLogHasAConversation) {
  CaseRecord silent = example_case("data/silent", Verdict::kPass);
  silent.events.clear();
  CaseRecord refusing = example_case("data/refusing", Verdict::kPass);
  refusing.events = {{.kind = EventKind::kExited, .exit = ExitStatus{.value = 1}}};
  CaseRecord row = example_case("data/row[1]", Verdict::kFail);
  CaseRecord same = example_case("data_row_1_", Verdict::kFail);
  EXPECT_EQ(names_of({RunRecord{}, silent, refusing, row, same, EndRecord{}}),
            (std::vector<std::string>{"data_row_1_.pcap", "data_row_1_-2.pcap"}));
  EXPECT_EQ(names_of(example_log()).at(0), "server.py_data_pass.pcap");
}

TEST(PcapFiles, HaveNamesThatLeadNowhereElse) {
  for (const std::string_view text : kHostileTexts) {
    for (const std::string& name : names_of(hostile_run(text))) {
      EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_.-"),
                name.npos)
          << name;
      EXPECT_FALSE(name.starts_with('.') || name.starts_with('-')) << name;
      EXPECT_LT(name.size(), 256U);
    }
  }
}

}  // namespace
}  // namespace chatspec
