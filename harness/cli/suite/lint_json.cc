#include "harness/cli/suite/lint_json.h"

#include <nlohmann/json.hpp>

namespace chatspec {

std::string lint_as_json(const Suite& suite) {
  std::string text;
  for (const FileFinding& finding : suite.findings) {
    const Diagnostic& told = finding.diagnostic;
    const nlohmann::ordered_json object{
        {"file", finding.file},
        {"line", told.place.line},
        {"column", told.place.column},
        {"severity", told.severity() == Severity::kWarning ? "warning" : "error"},
        {"code", entry_of(told.code).word},
        {"message", told.message},
        {"hint", told.hint}};
    text += object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace chatspec
