// Workflow commands of GitHub Actions, which make annotations of what stands on standard output.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// `::error …::…` for each mistake and each trouble, `::warning …::…` for what only deviates, once
// each. GitHub shows ten of a kind in a step and drops the others silently, so there are no more,
// those first on which most hangs; the tenth then says how many there are besides.
void write_github(std::span<const ResultSuite> suites, ReportText& out);

// Standard output of a step is read for commands, whoever wrote them. What stands between these two
// lines is not; `token` must be one that nobody can guess.
std::string stop_github_commands(std::string_view token);
std::string resume_github_commands(std::string_view token);

}  // namespace chatspec
