#include "harness/cli/command_line.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/program_words.h"
#include "harness/cli/version.h"
#include "harness/scenario/suggest.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

// The options and commands that `app` knows, as they are typed.
std::vector<std::string> known_words(const CLI::App& app, bool options) {
  std::vector<std::string> words;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!options) words.push_back(command->get_name());
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      if (options) words.push_back("--" + name);
    }
  }
  return words;
}

// Adds what the user may have meant to CLI11's message about a word that it does not know.
std::string with_hint(const CLI::App& app, std::string message,
                      const std::vector<std::string>& arguments) {
  const auto used = app.get_subcommands();
  const CLI::App& command = used.empty() ? app : *used.front();
  for (const std::string& word : arguments) {
    if (word == "--") break;
    const std::string name = word.substr(0, word.find('='));
    const bool option = word.starts_with("--");
    const bool is_command = !option && &word == &arguments.front();
    if (!option && !is_command) continue;
    std::vector<std::string> known = known_words(app, option);
    if (option) std::ranges::move(known_words(command, option), std::back_inserter(known));
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string_view near =
        chat::closest_name(name, std::vector<std::string_view>(known.begin(), known.end()));
    message = fmt::format("{} is not known{}", chat::quote(name),
                          near.empty() ? "" : fmt::format("; did you mean {}?", near));
    break;
  }
  return message;
}

ExitCode run_command(const std::vector<std::string>& arguments, Console& console) {
  CLI::App app("Conformance test harness for the chat protocol", "chatspec");
  app.set_version_flag("--version", version_text(),
                       "Print the version, and of what and with what it was built");
  app.set_help_flag("-h,--help", "Print this help and end");
  app.require_subcommand(1);
  app.fallthrough();  // so that what follows may stand behind a command, too
  std::string colour = "auto";
  app.add_option("--color", colour,
                 "Whether to use colours: auto (where a terminal shows them, or as NO_COLOR and "
                 "CLICOLOR_FORCE say), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  Chosen chosen;
  add_run_command(app, chosen);
  add_learn_command(app, chosen);
  add_init_command(app, chosen);
  add_lint_command(app, chosen);
  add_fmt_command(app, chosen);
  add_list_command(app, chosen);
  add_explain_command(app, chosen);
  add_doctor_command(app, chosen);
  add_report_command(app, chosen);
  add_diff_command(app, chosen);
  add_merge_command(app, chosen);
  add_reproduce_command(app, chosen);
  add_grade_command(app, chosen);
  add_gradebook_command(app, chosen);
  add_grid_command(app, chosen);
  add_mark_command(app, chosen);
  add_regrade_command(app, chosen);
  add_alike_command(app, chosen);
  add_judge_command(app, chosen);
  add_import_command(app, chosen);
  add_export_command(app, chosen);
  add_vectors_command(app, chosen);
  add_completion_command(app, chosen);
  add_man_command(app, chosen);
  // Set now, so that the commands do not inherit it.
  app.footer(
      "Exit status: 0 good (of a run: all passed or deviate), 1 something failed, 2 interrupted,\n"
      "3 internal error, 4 wrong command line or scenario, 5 nothing selected, or all skipped,\n"
      "6 the program could not be built.\n"
      "`chatspec COMMAND --help` tells more of a command.");
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // as it wants them
  } catch (const CLI::Success& wanted) {                                        // --help, --version
    std::ostringstream text;
    app.exit(wanted, text, text);
    console.say(text.str());
    return ExitCode::kGood;
  } catch (const CLI::ParseError& error) {
    console.complain(with_hint(app, error.what(), arguments));
    console.warn("`chatspec --help` shows what there is\n");
    return ExitCode::kUsage;
  }
  if (colour != "auto") console.choose_colour(colour == "always");
  return chosen(console);
}

// What was asked for and could not be written is trouble, whatever else the command found, unless
// the reader did not want it.
ExitCode settle(ExitCode code, Console& console) {
  if (console.flush() || console.has_reader_left()) return code;
  console.complain(console.describe_failure());
  return ExitCode::kInternal;
}

}  // namespace

ExitCode run_command_line(const std::vector<std::string>& arguments, Console& console) {
  try {
    return settle(run_command(join_program_words(arguments), console), console);
  } catch (const std::exception& failure) {
    console.complain(fmt::format("internal error: {}", failure.what()));
    return ExitCode::kInternal;
  }
}

}  // namespace chatspec
