// A report for a browser: one file that needs no network and, but for filters and copying, no
// script.

#pragma once

#include <functional>
#include <span>

#include "harness/report/formats/html/html_writer.h"
#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// Runs -> what is wrong, each mistake once; what each requirement came to; all cases, to be
// searched; the facts of the run.
void write_html(std::span<const ResultSuite> suites, ReportText& out);
// The same with something before what is wrong.
void write_html(std::span<const ResultSuite> suites, ReportText& out,
                const std::function<void(HtmlWriter&)>& write_preface);

}  // namespace chatspec
