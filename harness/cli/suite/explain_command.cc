// explain: what a requirement asks, and what the words of reports and of lint mean.

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "harness/cli/help/command_tree.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/suite/protocol_sheet.h"
#include "harness/cli/suite/suite_commands.h"
#include "harness/judge/findings/cause.h"
#include "harness/judge/findings/verdict.h"
#include "harness/scenario/lint_code.h"
#include "reference/requirements.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

// A thing that has a name, and what is to be said of it.
struct Explained {
  std::string_view id;
  std::string_view kind;                  // "requirement", "failure", "cause" or "lint"
  std::vector<std::string> properties{};  // a requirement's level and roles, a failure's verdict
  std::string meaning{};
  std::vector<std::string> roles{};  // of those whom a requirement binds
};

Explained explain_requirement(const chat::Requirement& one, const chat::Profile& profile) {
  std::vector<std::string> roles;
  if (one.binds.server) roles.emplace_back("server");
  if (one.binds.client) roles.emplace_back("client");
  return {.id = one.id,
          .kind = "requirement",
          .properties = {std::string(chat::to_string(one.level)),
                         fmt::format("{}", fmt::join(roles, ", "))},
          .meaning = text_in_profile(one, profile),
          .roles = roles};
}

// Everything that has a name, in the profile's words.
std::vector<Explained> collect_explained(const chat::Profile& profile) {
  std::vector<Explained> all;
  for (const chat::Requirement& one : chat::requirements())
    all.push_back(explain_requirement(one, profile));
  for (const VerdictWord& one : kVerdicts)
    all.push_back({one.word, "verdict", {"a verdict"}, std::string(one.meaning)});
  for (const FailureWord& one : kFailures)
    all.push_back(
        {one.word, "failure", {std::string(to_string(one.verdict))}, std::string(one.meaning)});
  for (const CauseWord& one : kCauses)
    all.push_back({one.id, "cause", {"a cause"}, std::string(one.sentence)});
  for (const LintCodeWord& one : kLintCodes)
    all.push_back({one.word, "lint", {"what lint finds in a scenario"}, std::string(one.meaning)});
  return all;
}

// SIG, of SIG-1.
std::string_view family_of(std::string_view requirement) {
  return requirement.substr(0, requirement.rfind('-'));
}

std::vector<Explained> find_family(const std::vector<Explained>& all, std::string_view family) {
  std::vector<Explained> members;
  std::ranges::copy_if(all, std::back_inserter(members), [&](const Explained& one) {
    return one.kind == "requirement" && family_of(one.id) == family;
  });
  return members;
}

std::string show_in_full(const Explained& one) {
  return fmt::format("{} ({})\n{}\n", one.id, fmt::join(one.properties, "; "), one.meaning);
}

std::string show_in_short(const Explained& one) {
  return fmt::format("{:<10} {:<6}  {}\n", one.id, one.properties.front(),
                     first_sentence(one.meaning));
}

std::string show_as_json(const Explained& one) {
  nlohmann::ordered_json object{{"id", one.id}, {"kind", one.kind}};
  if (one.kind == "requirement") object["level"] = one.properties[0];
  if (one.kind == "requirement") object["roles"] = one.roles;
  if (one.kind == "failure") object["verdict"] = one.properties[0];
  object["meaning"] = one.meaning;
  return object.dump(-1, ' ', true) + "\n";
}

// What there is, by kinds, where nothing is near enough to be meant.
std::string tell_kinds(const std::vector<Explained>& all) {
  std::vector<std::string_view> families;
  std::map<std::string_view, std::size_t> counts;
  for (const Explained& one : all) {
    ++counts[one.kind];
    if (one.kind == "requirement" &&
        std::ranges::find(families, family_of(one.id)) == families.end())
      families.push_back(family_of(one.id));
  }
  return fmt::format(
      "  {} requirements, in families: {}\n"
      "  {} verdicts, {} codes of failures and {} causes, as reports name them; {} findings of "
      "lint\n",
      counts["requirement"], fmt::join(families, " "), counts["verdict"], counts["failure"],
      counts["cause"], counts["lint"]);
}

void complain_of_unknown(const std::string& id, const std::vector<Explained>& all,
                         Console& console) {
  std::vector<std::string_view> known;
  for (const Explained& one : all) {
    known.push_back(one.id);
    if (one.kind == "requirement") known.push_back(family_of(one.id));
  }
  const std::string near = chat::did_you_mean(id, known);
  console.complain(
      fmt::format("there is no requirement, verdict, code or cause {}{}", chat::quote(id), near));
  if (near.empty()) console.warn(tell_kinds(all));
}

struct ExplainOptions {
  std::vector<std::string> ids{};
  std::string kind = "requirement";  // of which all are shown where no ID is given
  std::string profile{};             // "" where none is named
  bool json = false;
};

ExitCode explain(const ExplainOptions& options, Console& console) {
  const auto profile = find_or_read_profile(options.profile.empty() ? "line" : options.profile);
  if (!profile) {
    console.complain(profile.error());
    return ExitCode::kUsage;
  }
  const std::vector<Explained> all = collect_explained(*profile);
  const auto show = [&](const std::vector<Explained>& some, auto* in_words) {
    for (const Explained& one : some) console.say(options.json ? show_as_json(one) : in_words(one));
  };
  const bool wants_requirements = options.kind == "requirement";
  if (options.ids.empty() && !options.profile.empty() && !options.json && wants_requirements) {
    console.say(render_sheet(*profile));
    return ExitCode::kGood;
  }
  if (options.ids.empty()) {
    for (const Explained& one : all) {
      if (one.kind == options.kind) show({one}, wants_requirements ? show_in_short : show_in_full);
    }
    return ExitCode::kGood;
  }
  ExitCode code = ExitCode::kGood;
  for (const std::string& id : options.ids) {
    const auto found = std::ranges::find(all, id, &Explained::id);
    const std::vector<Explained> family = find_family(all, id);
    if (found != all.end()) {
      show({*found}, show_in_full);
    } else if (!family.empty()) {
      show(family, show_in_short);
    } else {
      complain_of_unknown(id, all, console);
      code = ExitCode::kUsage;
    }
  }
  return code;
}

}  // namespace

void add_explain_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "explain",
      "Print what a requirement of the protocol asks, or what a failure's code or a cause means");
  auto options = std::make_shared<ExplainOptions>();
  CLI::Option* ids = command->add_option(
      "ID", options->ids,
      "A requirement or a family of them, a verdict, a code or a cause, such as SIG-1, SIG, hang, "
      "not-closed or letter-case; all requirements in short if none is given");
  command
      ->add_option("--kind", options->kind,
                   "All of this kind: requirement, verdict, failure (the codes that reports "
                   "name), cause, or lint (the codes of mistakes in scenarios)")
      ->check(CLI::IsMember({"requirement", "verdict", "failure", "cause", "lint"}))
      ->excludes(ids);
  command
      ->add_option("--profile", options->profile,
                   "In the words of this profile: line, crlf, bare or a profile's file; without "
                   "an ID, the whole protocol as a sheet for those who implement it")
      ->type_name("PROFILE");
  command->add_flag("--json", options->json,
                    "As JSON: an object in a line for each, with id, kind and meaning");
  command->footer(
      "Examples:\n"
      "  chatspec explain SIG-1\n"
      "  chatspec explain SIG\n"
      "  chatspec explain not-closed letter-case\n"
      "  chatspec explain --kind failure\n"
      "  chatspec explain --profile crlf");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return explain(*options, console); };
  });
}

}  // namespace chatspec
