// init: begins the configuration file of a project by what its folder looks like.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/validators.h"
#include "harness/cli/run/configuration.h"
#include "harness/cli/run/project_survey.h"
#include "harness/cli/run/run_commands.h"
#include "harness/report/text/shell_words.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

std::string describe_survey(const ProjectSurvey& survey) {
  std::string text;
  for (const std::string& reason : survey.reasons) text += reason + ".\n";
  if (survey.reasons.empty())
    text += "Nothing here looks like a server or a client: fill in how yours is started.\n";
  return text;
}

// `run` finds the file by itself in the folder in which it works only.
std::string say_what_is_next(const ProjectSurvey& survey, const std::filesystem::path& file) {
  std::vector<std::string> words{"chatspec", "run"};
  if (file != kConfigurationFile) words.insert(words.end(), {"--config", file.string()});
  const std::string run = chat::escape_bytes(quote_words(words));
  if (survey.server.empty() && survey.client.empty()) return fmt::format("Then: {}\n", run);
  const bool has_both = !survey.server.empty() && !survey.client.empty();
  return has_both ? fmt::format("Look at it; then: {0} --role server, {0} --role client\n", run)
                  : fmt::format("Look at it; then: {}\n", run);
}

struct InitCommand {
  std::string folder = ".";
  std::string assignment;  // the file that is begun in place of a chatspec.conf; "" where none is
};

ExitCode init(const InitCommand& command, Console& console) {
  const std::filesystem::path folder = command.folder;
  const bool is_assignment = !command.assignment.empty();
  const std::filesystem::path file = is_assignment
                                         ? std::filesystem::path(command.assignment)
                                         : (folder / kConfigurationFile).lexically_normal();
  std::error_code failure;
  if (!std::filesystem::is_directory(folder, failure)) {
    console.complain(fmt::format("{} is no folder", chat::quote(folder.string())));
    return ExitCode::kUsage;
  }
  if (std::filesystem::exists(std::filesystem::symlink_status(file, failure))) {
    console.complain(fmt::format("{} is there already, and is left as it is", file.string()));
    return ExitCode::kUsage;
  }
  const ProjectSurvey survey = survey_project(folder);
  const std::string text = is_assignment ? write_assignment(survey) : write_configuration(survey);
  if (auto written = write_whole_file(file.string(), text); !written) {
    console.complain(written.error());
    return ExitCode::kInternal;
  }
  const std::string name = chat::escape_bytes(file.string());
  const std::string next =
      is_assignment
          ? fmt::format("Look at it; then: chatspec grade {} SUBMISSIONS --out DIR\n", name)
          : say_what_is_next(survey, file);
  console.say(describe_survey(survey) + fmt::format("Written: {}. {}", name, next));
  return ExitCode::kGood;
}

}  // namespace

void add_init_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "init",
      "Begin a chatspec.conf, in which options of `chatspec run` stand, for a project; or an "
      "assignment for `chatspec grade`");
  auto options = std::make_shared<InitCommand>();
  command->add_option("FOLDER", options->folder,
                      "The project's, or that of a submission as it should be; if not given, this "
                      "one");
  command
      ->add_option("--assignment", options->assignment,
                   "Begin an assignment with this name, for submissions like that one")
      ->type_name("FILE")
      ->check(path_of_file());
  command->footer(
      "Examples:\n"
      "  chatspec init\n"
      "  chatspec init --assignment exercise-3.txt solution/");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return init(*options, console); };
  });
}

}  // namespace chatspec
