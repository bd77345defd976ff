// list and explain: what there is, and what is asked.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/command_tree.h"
#include "harness/cli/commands.h"
#include "harness/cli/console.h"
#include "harness/cli/profile_choice.h"
#include "harness/cli/protocol_sheet.h"
#include "harness/cli/selection_options.h"
#include "harness/cli/suite_location.h"
#include "harness/judge/cause.h"
#include "harness/judge/verdict.h"
#include "harness/report/printable.h"
#include "harness/scenario/lint_code.h"
#include "harness/script/dialect.h"
#include "harness/suite/coverage.h"
#include "reference/quote.h"
#include "reference/requirements.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

struct ListOptions {
  SelectionOptions selection;
  std::string role;
  std::string profile;
  bool coverage = false;
};

// The profile of that name or file, the default one for ""; a mistake is said here.
std::optional<chat::Profile> read_choice(const std::string& name, Console& console) {
  auto profile = find_or_read_profile(name.empty() ? "line" : name);
  if (profile) return *std::move(profile);
  console.complain(profile.error());
  return std::nullopt;
}

ExitCode list(const ListOptions& options, Console& console) {
  const auto profile = read_choice(options.profile, console);
  if (!profile) return ExitCode::kUsage;
  const auto wanted = load_wanted(options.selection.words, options.selection.suite, console);
  if (!wanted) return ExitCode::kUsage;
  Selection selection = options.selection.to_selection(wanted->names);
  selection.role = chat::parse_role(options.role);
  std::vector<Case> cases = list_cases(wanted->suite);
  const std::vector<std::string> unmatched = find_unmatched(cases, selection);
  std::erase_if(cases, [&](const Case& one) {
    const bool in_role = !selection.role || one.has_role(*selection.role);
    const bool in_profile = options.profile.empty() || one.applies_to(*profile);
    return !in_role || !in_profile || !is_selected(one, selection);
  });
  if (options.coverage) {
    console.say(render_coverage(measure_coverage(cases)));
  } else {
    for (const Case& one : cases) {
      console.say(fmt::format("{:<40} {:<6} {:<16} {}\n", without_controls(one.id),
                              chat::to_string(one.level(selection.role)),
                              fmt::format("{}", fmt::join(one.requirements(selection.role), " ")),
                              Dialect(*profile, one.scenario).prose(one.title())));
    }
  }
  for (const std::string& problem : unmatched) console.complain(problem);
  if (cases.empty()) console.complain("nothing is selected");
  return cases.empty() || !unmatched.empty() ? ExitCode::kNothing : ExitCode::kGood;
}

void print_requirement(const chat::Requirement& requirement, const chat::Profile& profile,
                       Console& console) {
  const bool binds_both = requirement.binds.server && requirement.binds.client;
  const std::string_view roles = binds_both ? "server, client" : to_string(requirement.binds);
  console.say(fmt::format("{} ({}; {})\n{}\n", requirement.id, chat::to_string(requirement.level),
                          roles, text_in_profile(requirement, profile)));
}

ExitCode explain(const std::vector<std::string>& ids, const std::string& profile_name,
                 Console& console) {
  const auto profile = read_choice(profile_name, console);
  if (!profile) return ExitCode::kUsage;
  if (ids.empty() && !profile_name.empty()) {
    console.say(render_sheet(*profile));
    return ExitCode::kGood;
  }
  if (ids.empty()) {
    for (const chat::Requirement& requirement : chat::requirements()) {
      console.say(fmt::format("{:<10} {:<6}  {}\n", requirement.id,
                              chat::to_string(requirement.level),
                              first_sentence(requirement.text)));
    }
    return ExitCode::kGood;
  }
  std::vector<std::string_view> known;
  for (const chat::Requirement& requirement : chat::requirements()) known.push_back(requirement.id);
  for (const FailureWord& failure : kFailures) known.push_back(failure.word);
  for (const CauseWord& cause : kCauses) known.push_back(cause.id);
  for (const LintCodeWord& mistake : kLintCodes) known.push_back(mistake.word);
  ExitCode code = ExitCode::kGood;
  for (const std::string& id : ids) {
    if (const chat::Requirement* requirement = chat::find_requirement(id)) {
      print_requirement(*requirement, *profile, console);
      continue;
    }
    const auto failure = std::ranges::find(kFailures, id, &FailureWord::word);
    if (failure != kFailures.end()) {
      console.say(fmt::format("{} ({})\n{}\n", failure->word, to_string(failure->verdict),
                              failure->meaning));
      continue;
    }
    const auto cause = std::ranges::find(kCauses, id, &CauseWord::id);
    if (cause != kCauses.end()) {
      console.say(fmt::format("{} (a cause)\n{}\n", cause->id, cause->sentence));
      continue;
    }
    if (std::ranges::find(kLintCodes, id, &LintCodeWord::word) != kLintCodes.end()) {
      console.say(fmt::format(
          "{} (what lint finds in a scenario)\nscenarios/README.md says what it means\n", id));
      continue;
    }
    // There are too many to list them all.
    const std::string near = chat::did_you_mean(id, known);
    console.complain(fmt::format(
        "there is no requirement, failure or cause {}{}", chat::quote(id),
        near.empty() ? "; `chatspec explain` lists the requirements, and reports have the others"
                     : near));
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
  command
      ->add_option("--profile", options->profile,
                   "Only what is played in this profile, in its words: line, crlf, bare or a "
                   "profile's file")
      ->type_name("PROFILE");
  command->add_flag("--coverage", options->coverage,
                    "Show instead how many cases put each requirement to the test");
  command->footer(
      "Examples:\n"
      "  chatspec list handshake signature\n"
      "  chatspec list --role client --requirement SIG\n"
      "  chatspec list --coverage");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return list(*options, console); };
  });
}

void add_explain_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "explain",
      "Print what a requirement of the protocol asks, or what a failure's code or a cause means");
  auto ids = std::make_shared<std::vector<std::string>>();
  command->add_option("ID", *ids,
                      "A requirement, a code or a cause, such as SIG-1, not-closed or letter-case; "
                      "all requirements in "
                      "short if none is given");
  auto profile = std::make_shared<std::string>();
  command
      ->add_option("--profile", *profile,
                   "In the words of this profile: line, crlf, bare or a profile's file; without "
                   "an ID, the whole protocol as a sheet for those who implement it")
      ->type_name("PROFILE");
  command->footer(
      "Examples:\n"
      "  chatspec explain SIG-1\n"
      "  chatspec explain not-closed letter-case\n"
      "  chatspec explain --profile crlf");
  command->callback([&chosen, ids, profile] {
    chosen = [ids, profile](Console& console) { return explain(*ids, *profile, console); };
  });
}

}  // namespace chatspec
