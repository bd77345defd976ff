// All formats in which other programs read reports, each a pure function of logs. Whatever names a
// format is made from this table.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

enum class ReportTarget {
  kFile,
  kOutput,  // standard output, which is read for it: after the report for people
};

struct ReportFormat {
  std::string_view option;  // by which it is asked for on a command line
  std::string_view help;
  void (*write)(std::span<const ResultSuite> suites, ReportText& out);
  ReportTarget target = ReportTarget::kFile;
};

std::span<const ReportFormat> list_report_formats();

// All of a report, for where it is not very long.
std::string report_as_text(const ReportFormat& format, std::span<const ResultSuite> suites);

}  // namespace chatspec
