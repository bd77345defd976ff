// Logs of which somebody else chose every text, for targets that try the formats of reports.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec::fuzz {

// Owns the records of which the results are made.
class ReportCases {
 public:
  // The input stands in every field that can hold a text or bytes, of a run with a case for each
  // verdict.
  explicit ReportCases(std::string_view input);

  const std::vector<ResultSuite>& suites() const { return suites_; }

 private:
  std::vector<Record> records_;
  std::vector<ResultSuite> suites_;
};

// A report of theirs, as write_csv() and its like make it.
std::string report_of(void (*write)(std::span<const ResultSuite>, ReportText&),
                      const std::vector<ResultSuite>& suites);

}  // namespace chatspec::fuzz
