// Any text is either a scenario or gets errors with their places, in print. What parses is printed
// so that it parses to the same, and printing that again changes nothing. What checks without an
// error can be compiled for every role, profile and row that it has.

#include <algorithm>

#include "fuzz/support/modest.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/scenario/check.h"
#include "harness/scenario/check_names.h"
#include "harness/scenario/expand.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/printer.h"
#include "harness/script/byte_stream.h"

namespace chatspec::fuzz {
namespace {

void require_located(const Diagnostics& diagnostics, std::string_view source) {
  std::vector<std::size_t> widths{0};
  for (const char c : source) {
    if (c == '\n') {
      widths.push_back(0);
    } else {
      ++widths.back();
    }
  }
  for (const Diagnostic& entry : diagnostics.entries()) {
    require(entry.place.line >= 1 && entry.place.line <= widths.size(), "an error has its line",
            entry.message);
    const std::size_t width = widths[entry.place.line - 1];
    require(entry.place.column >= 1 && entry.place.column <= width + 1, "an error has its column",
            entry.message);
    require(entry.place.column - 1 + entry.length <= width + 1, "an error ends with its line",
            entry.message);
    require(!entry.message.empty(), "an error says something");
  }
  for (const char c :
       diagnostics.render("f", source) + diagnostics.render("f", source, Severity::kWarning))
    require(c == '\n' || (c & 0x80) != 0 || (c >= 0x20 && c != 0x7f), "errors are printable");
}

void compile(const Scenario& scenario) {
  const chat::Roles& role = *scenario.find<chat::Roles>();
  for (std::size_t row = 0; row < count_rows(scenario); ++row) {
    Diagnostics none;
    const Scenario expanded = expand(scenario, row, none);
    require(!none.has_errors(), "what was checked expands without an error");
    for (const chat::Profile& profile : chat::builtin_profiles()) {
      for (const Role one : {Role::kServer, Role::kClient}) {
        if (!role.has(one)) continue;
        const Script script = make_script(expanded, "a/b", {.role = one, .profile = profile});
        for (const Step& step : script.steps) {
          require(std::ranges::is_sorted(step.cuts), "cuts rise");
          require(step.cuts.empty() || step.cuts.back() < step.bytes.size(), "cuts are within");
          require(step.action != Action::kExpect || !step.alternatives.empty(),
                  "an expectation expects something");
        }
        export_bytes(script);
      }
    }
  }
}

}  // namespace

void test_one(std::string_view input) {
  Parsed parsed = parse_scenario(input);
  require_located(parsed.diagnostics, input);
  if (parsed.diagnostics.has_errors()) {
    check_names(parsed.scenario, parsed.diagnostics);
    return require_located(parsed.diagnostics, input);
  }
  const std::string printed = print(parsed.scenario);
  const Parsed again = parse_scenario(printed);
  require_same(again.diagnostics.render("f", printed), "", "what is printed parses");
  require_same(again.diagnostics.render("f", printed, Severity::kWarning), "",
               "what is printed says what it means");
  require(again.scenario == parsed.scenario, "parse(print(x)) = x", printed);
  require_same(print(again.scenario), printed, "printing twice changes nothing");
  if (!is_modest(input)) return;
  check_scenario(parsed.scenario, parsed.diagnostics);
  require_located(parsed.diagnostics, input);
  if (!parsed.diagnostics.has_errors()) compile(parsed.scenario);
}

}  // namespace chatspec::fuzz
