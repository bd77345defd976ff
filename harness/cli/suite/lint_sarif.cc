#include "harness/cli/suite/lint_sarif.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/formats/sarif_log.h"
#include "harness/suite/repository.h"

namespace chatspec {

std::string lint_as_sarif(const Suite& suite) {
  SarifLog log;
  const std::filesystem::path repository = find_repository(".");
  for (const FileFinding& finding : suite.findings) {
    const Diagnostic& told = finding.diagnostic;
    const LintCodeWord& entry = entry_of(told.code);
    const std::string code(entry.word);
    log.rules.emplace(code, SarifRule{fmt::format("in a scenario: {}", code),
                                      fmt::format("What is wrong: {}.", entry.meaning)});
    const std::string below = path_below(repository, finding.file);
    const std::string& path = below.empty() ? finding.file : below;
    log.results.push_back({.rule = code,
                           .is_warning = told.severity() == Severity::kWarning,
                           .message = told.hint.empty()
                                          ? told.message
                                          : fmt::format("{}\nhint: {}", told.message, told.hint),
                           .file = path,
                           .line = told.place.line,
                           .column = told.place.column,
                           // Not the place, which moves when something is added above.
                           .identity = fmt::format("{}\n{}\n{}", path, code, told.message)});
  }
  std::ranges::stable_sort(log.results, {}, &SarifResult::is_warning);
  return collect_text([&](ReportText& out) { write_sarif_json(log, out); });
}

}  // namespace chatspec
