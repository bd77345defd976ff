#include "harness/scenario/source.h"

#include <utility>

#include "harness/scenario/check.h"
#include "harness/scenario/check_names.h"
#include "harness/scenario/parser.h"

namespace chatspec {

Diagnostics check_text(std::string_view source, Scenario& scenario) {
  Parsed parsed = parse_scenario(source);
  if (!parsed.diagnostics.has_errors()) {
    check_scenario(parsed.scenario, parsed.diagnostics);
  } else {
    check_names(parsed.scenario, parsed.diagnostics);
    parsed.diagnostics.sort();
  }
  scenario = std::move(parsed.scenario);
  return std::move(parsed.diagnostics);
}

std::string check_source(std::string_view source, std::string_view shown_name, Scenario& scenario,
                         std::string* warnings) {
  const Diagnostics diagnostics = check_text(source, scenario);
  if (warnings) *warnings += diagnostics.render(shown_name, source, Severity::kWarning);
  return diagnostics.render(shown_name, source);
}

}  // namespace chatspec
