#include "harness/cli/command_line.h"

#include <exception>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/all_commands.h"
#include "harness/cli/help/command_tree.h"
#include "harness/cli/help/unknown_word.h"
#include "harness/cli/options/program_words.h"

namespace chatspec {
namespace {

ExitCode run_command(const std::vector<std::string>& arguments, Console& console) {
  CLI::App app;
  std::string colour;
  Chosen chosen;
  add_all_commands(app, colour, chosen);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // as it wants them
  } catch (const CLI::Success& wanted) {                                        // --help, --version
    std::ostringstream text;
    app.exit(wanted, text, text);
    console.say(text.str());
    return ExitCode::kGood;
  } catch (const CLI::ExtrasError&) {
    const CommandTree tree = read_command_tree(app);
    console.complain(explain_unknown_word(tree, arguments,
                                          explain_left_over(tree, arguments, app.remaining(true))));
    console.warn(fmt::format("`{}` shows what there is\n", name_help(tree, arguments)));
    return ExitCode::kUsage;
  } catch (const CLI::ParseError& error) {
    const CommandTree tree = read_command_tree(app);
    console.complain(explain_unknown_word(tree, arguments, error.what()));
    console.warn(fmt::format("`{}` shows what there is\n", name_help(tree, arguments)));
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
