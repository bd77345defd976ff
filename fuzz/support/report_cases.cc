#include "fuzz/support/report_cases.h"

#include "harness/report/formats/tests/hostile_records.h"
#include "harness/report/log/run_of_log.h"

namespace chatspec::fuzz {

ReportCases::ReportCases(std::string_view input)
    : records_(hostile_run(input)), suites_(make_results(group_runs(records_))) {}

std::string report_of(void (*write)(std::span<const ResultSuite>, ReportText&),
                      const std::vector<ResultSuite>& suites) {
  return collect_text([&](ReportText& out) { write(suites, out); });
}

}  // namespace chatspec::fuzz
