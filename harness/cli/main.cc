#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cli/commands.h"
#include "harness/cli/output.h"
#include "harness/cli/program_words.h"
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
    const std::vector<std::string> known = known_words(option ? command : app, option);
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string_view near =
        chat::closest_name(name, std::vector<std::string_view>(known.begin(), known.end()));
    message = fmt::format("{} is not known{}", chat::quote(name),
                          near.empty() ? "" : fmt::format("; did you mean {}?", near));
    break;
  }
  return message;
}

ExitCode run_main(const std::vector<std::string>& arguments) {
  CLI::App app("Conformance test harness for the chat protocol", "chatspec");
  app.set_version_flag("--version", std::string("chatspec " CHATSPEC_VERSION));
  app.set_help_flag("-h,--help", "Print this help and end");
  app.require_subcommand(1);
  Chosen chosen;
  add_run_command(app, chosen);
  add_lint_command(app, chosen);
  add_fmt_command(app, chosen);
  add_list_command(app, chosen);
  add_explain_command(app, chosen);
  add_doctor_command(app, chosen);
  add_report_command(app, chosen);
  add_judge_command(app, chosen);
  add_import_command(app, chosen);
  add_export_command(app, chosen);
  // Set now, so that the commands do not inherit it.
  app.footer(
      "Exit status: 0 good (of a run: all passed or deviate), 1 something failed, 2 interrupted,\n"
      "3 internal error, 4 wrong command line or scenario, 5 nothing selected, or all skipped,\n"
      "6 the program could not be built.\n"
      "`chatspec COMMAND --help` tells more of a command.");
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // as it wants them
  } catch (const CLI::Success& wanted) {                                        // --help, --version
    app.exit(wanted);
    return ExitCode::kGood;
  } catch (const CLI::ParseError& error) {
    complain(with_hint(app, error.what(), arguments));
    warn("`chatspec --help` shows what there is\n");
    return ExitCode::kUsage;
  }
  return chosen();
}

// What was asked for and could not be written is trouble, whatever else the command found, unless
// the reader did not want it.
ExitCode settle_output(ExitCode code) {
  if (flush_output() || has_reader_left()) return code;
  complain(describe_output_failure());
  return ExitCode::kInternal;
}

}  // namespace

}  // namespace chatspec

int main(int argc, char** argv) {
  try {
    chatspec::hold_standard_streams();
    if (const auto wide = chatspec::widen_stack(); !wide) {
      chatspec::complain(wide.error());
      return static_cast<int>(chatspec::ExitCode::kUsage);
    }
    std::signal(SIGPIPE, SIG_IGN);  // to end in order, the programs under test too
    std::signal(SIGXFSZ, SIG_IGN);  // so does a file that grows no more (ulimit -f)
    const auto arguments = chatspec::join_program_words({argv + 1, argv + argc});
    return static_cast<int>(chatspec::settle_output(chatspec::run_main(arguments)));
  } catch (const std::exception& failure) {
    chatspec::complain(fmt::format("internal error: {}", failure.what()));
    return static_cast<int>(chatspec::ExitCode::kInternal);
  }
}
