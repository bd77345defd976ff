// One case for people at a terminal.

#pragma once

#include <string>
#include <string_view>

#include "harness/report/log/record.h"
#include "harness/report/reproduction/reproduction.h"
#include "harness/report/text/style.h"

namespace chatspec {

// All that the log has of it: what was asked, the exchange up to the first difference, what was
// expected and received, the likely cause, and how to see it without chatspec. Here and below,
// `log` is the log's path as make_reproduction() takes it.
std::string render_case(const RunRecord& run, const CaseRecord& record, const Style& style,
                        std::string_view log = kSomeLog);
// The same of one of its findings, as much as fits a screen together with others; null where the
// harness had trouble. `tried_above` is the case of which plays_again() says so and that is shown
// above it: then only the names differ; "" where there is none.
std::string render_finding(const RunRecord& run, const CaseRecord& record,
                           const FindingRecord* finding, const Style& style,
                           std::string_view log = kSomeLog, std::string_view tried_above = "");

// Whether the way that is shown to try a case is to have chatspec play it again.
bool plays_again(const RunRecord& run, const CaseRecord& record, const Style& style,
                 std::string_view log);

// A case in one line, as those that pass have it; why, where it was not played.
std::string render_title(const CaseRecord& record, const Style& style);

// What a program wrote, line by line; of much its beginning and its end.
std::string show_output(const LoggedBytes& output, std::size_t max_bytes);

}  // namespace chatspec
