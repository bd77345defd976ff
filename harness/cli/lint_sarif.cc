#include "harness/cli/lint_sarif.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/formats/sarif_log.h"

namespace chatspec {

std::string lint_as_sarif(const Suite& suite) {
  SarifLog log;
  for (const FileFinding& finding : suite.findings) {
    const Diagnostic& told = finding.diagnostic;
    const std::string code(entry_of(told.code).word);
    log.rules.emplace(code, SarifRule{fmt::format("in a scenario: {}", code),
                                      "scenarios/README.md says what it means."});
    log.results.push_back(
        {.rule = code,
         .is_warning = told.severity() == Severity::kWarning,
         .message = told.hint.empty() ? told.message
                                      : fmt::format("{}\nhint: {}", told.message, told.hint),
         .file = finding.file,
         .line = told.place.line,
         .column = told.place.column,
         // Not the place, which moves when something is added above.
         .identity = fmt::format("{}\n{}\n{}", finding.file, code, told.message)});
  }
  std::ranges::stable_sort(log.results, {}, &SarifResult::is_warning);
  return to_sarif_json(log);
}

}  // namespace chatspec
