// JUnit's XML, for CI systems, in two dialects.
//
// A testsuite is a run, a testcase what results.h calls a result: its classname is the suite's name
// with the chapter behind it, its name the case's id. GitLab shows these two and tells tests apart
// by them. What failed is a `failure` (of the failure's code as its type), trouble of our own and a
// run that is not whole an `error`, and what only deviates passes and tells it in `system-out`. The
// explanation is the element's text, since GitLab shows no message.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// For GitLab, dorny/test-reporter, mikepenz/action-junit-report and their like: testcases have
// `file` and `line` of the scenario, and those that did not just pass `properties`. GitLab takes no
// file of 30 MB: explanations are left out where they would make it that large.
void write_junit(std::span<const ResultSuite> suites, ReportText& out);

// For Jenkins: nothing but what the schema of its xUnit plugin, junit-10.xsd, has. There, a
// testcase has no `file`, `line` or `properties`.
void write_strict_junit(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
