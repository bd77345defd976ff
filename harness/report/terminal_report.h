// The report for people at a terminal, made of the log's records and nothing else.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/report/log/record.h"
#include "harness/report/reproduction/reproduction.h"
#include "harness/report/tally.h"
#include "harness/report/text/style.h"

namespace chatspec {

// What is tried, in one line.
std::string render_run(const RunRecord& run, const Style& style);
// What became of a build: a line where it was built and that is wanted, else all that is known.
std::string render_build(const BuildRecord& build, const Style& style, bool verbose);
// One case as it ended: in full, or in a line where it passed or was skipped.
std::string render_played(const RunRecord& run, const CaseRecord& record, const Style& style,
                          std::string_view log = kSomeLog);
// The last lines of a run.
std::string render_end(const Tally& tally, const EndRecord& end, const Style& style);

// A whole log, which may hold several runs one after the other. With `verbose` each case as it
// ended, else what is wrong, once each (root_report.h).
// `log` is its path as make_reproduction() takes it.
std::string render_log(std::span<const Record> records, const Style& style, bool verbose,
                       std::string_view log = kSomeLog);

}  // namespace chatspec
