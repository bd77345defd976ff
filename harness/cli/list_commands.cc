// list and explain: what there is, and what is asked.

#include <algorithm>
#include <cctype>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/commands.h"
#include "harness/cli/output.h"
#include "harness/cli/selection_options.h"
#include "harness/cli/suite_location.h"
#include "harness/report/printable.h"
#include "harness/scenario/coverage.h"
#include "harness/scenario/suggest.h"
#include "reference/quote.h"
#include "reference/requirements.h"

namespace chatspec {
namespace {

struct ListOptions {
  SelectionOptions selection;
  std::string role;
  bool coverage = false;
};

ExitCode list(const ListOptions& options) {
  const auto wanted = load_wanted(options.selection.words, options.selection.suite);
  if (!wanted) return ExitCode::kUsage;
  const Selection selection = options.selection.to_selection(wanted->names);
  std::vector<Case> cases = list_cases(wanted->suite);
  const std::vector<std::string> unmatched = find_unmatched(cases, selection);
  std::erase_if(cases, [&](const Case& one) {
    const bool in_role = options.role.empty() || one.has_role(options.role == "server");
    return !in_role || !is_selected(one, selection);
  });
  if (options.coverage) {
    say(render_coverage(measure_coverage(cases)));
  } else {
    for (const Case& one : cases) {
      say(fmt::format("{:<40} {:<6} {:<16} {}\n", without_controls(one.id),
                      chat::to_string(one.level()),
                      fmt::format("{}", fmt::join(one.requirements(), " ")), one.title()));
    }
  }
  for (const std::string& problem : unmatched) complain(problem);
  if (cases.empty()) complain("nothing is selected");
  return cases.empty() || !unmatched.empty() ? ExitCode::kNothing : ExitCode::kGood;
}

void print_requirement(const chat::Requirement& requirement) {
  const std::string_view roles = requirement.binds_server && requirement.binds_client
                                     ? "server, client"
                                 : requirement.binds_server ? "server"
                                                            : "client";
  say(fmt::format("{} ({}; {})\n{}\n", requirement.id, chat::to_string(requirement.level), roles,
                  requirement.text));
}

ExitCode explain(const std::vector<std::string>& ids) {
  if (ids.empty()) {
    for (const chat::Requirement& requirement : chat::requirements()) {
      say(fmt::format("{:<10} {:<6}  {}\n", requirement.id, chat::to_string(requirement.level),
                      requirement.text.substr(0, requirement.text.find_first_of(".:\n"))));
    }
    return ExitCode::kGood;
  }
  std::vector<std::string_view> known;
  for (const chat::Requirement& requirement : chat::requirements()) known.push_back(requirement.id);
  ExitCode code = ExitCode::kGood;
  for (const std::string& id : ids) {
    if (const chat::Requirement* requirement = chat::find_requirement(id)) {
      print_requirement(*requirement);
      continue;
    }
    std::string upper = id;
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
    complain(
        fmt::format("there is no requirement {}; {}", chat::quote(id), hint_for(upper, known)));
    code = ExitCode::kUsage;
  }
  return code;
}

}  // namespace

void add_list_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("list", "Show the scenarios that there are");
  auto options = std::make_shared<ListOptions>();
  options->selection.add_to(*command);
  command->add_option("--role", options->role, "Only scenarios for this role: server or client")
      ->check(CLI::IsMember({"server", "client"}));
  command->add_flag("--coverage", options->coverage,
                    "Show instead how many cases put each requirement to the test");
  command->callback([&chosen, options] { chosen = [options] { return list(*options); }; });
}

void add_explain_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("explain", "Print requirements of the protocol");
  auto ids = std::make_shared<std::vector<std::string>>();
  command->add_option("REQUIREMENT", *ids, "Such as SIG-1; all in short if none is given");
  command->callback([&chosen, ids] { chosen = [ids] { return explain(*ids); }; });
}

}  // namespace chatspec
