// list: the scenarios that there are, and what they cover.

#include <memory>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>

#include "harness/cli/console/console.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/options/selection_options.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/suite/list_table.h"
#include "harness/cli/suite/suite_commands.h"
#include "harness/report/text/clean_text.h"
#include "harness/script/dialect.h"
#include "harness/suite/coverage.h"

namespace chatspec {
namespace {

struct ListOptions {
  SelectionOptions selection;
  std::string role;
  std::string profile;
  bool coverage = false;
  bool json = false;
};

// The profile of that name or file, the default one for ""; a mistake is said here.
std::optional<chat::Profile> read_choice(const std::string& name, Console& console) {
  auto profile = find_or_read_profile(name.empty() ? "line" : name);
  if (profile) return *std::move(profile);
  console.complain(profile.error());
  return std::nullopt;
}

ListedCase describe_case(const Case& one, std::optional<Role> role, const chat::Profile& profile) {
  return {.id = without_controls(one.id),
          .level = std::string(chat::to_string(one.level(role))),
          .requirements = one.requirements(role),
          .tags = one.tags(role, &profile),
          .title = Dialect(profile, one.scenario).prose(one.title()),
          .file = one.file->path.string(),
          .line = one.line};
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
    std::vector<ListedCase> listed;
    for (const Case& one : cases) listed.push_back(describe_case(one, selection.role, *profile));
    console.say(options.json ? render_cases_as_json(listed)
                             : render_case_table(listed, console.terminal_columns()));
  }
  for (const std::string& problem : unmatched) console.complain(problem);
  if (cases.empty()) console.complain("nothing is selected");
  return cases.empty() || !unmatched.empty() ? ExitCode::kNothing : ExitCode::kGood;
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
  command
      ->add_flag("--json", options->json,
                 "As JSON: an object in a line for each case, with its id, level, requirements, "
                 "tags, title, file and line")
      ->excludes("--coverage");
  command->footer(
      "Examples:\n"
      "  chatspec list handshake signature\n"
      "  chatspec list --role client --requirement SIG\n"
      "  chatspec list --coverage");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return list(*options, console); };
  });
}

}  // namespace chatspec
