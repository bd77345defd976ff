// init: begins the configuration file of a project by what its folder looks like.

#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/configuration.h"
#include "harness/cli/project_survey.h"
#include "harness/cli/whole_file.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

std::string describe_survey(const ProjectSurvey& survey) {
  std::string text;
  for (const std::string& reason : survey.reasons) text += reason + ".\n";
  if (survey.reasons.empty())
    text += "Nothing here looks like a server or a client: fill in how yours is started.\n";
  return text;
}

std::string say_what_is_next(const ProjectSurvey& survey) {
  if (survey.server.empty() && survey.client.empty()) return "Then: chatspec run\n";
  const bool has_both = !survey.server.empty() && !survey.client.empty();
  return has_both ? "Look at it; then: chatspec run --role server, chatspec run --role client\n"
                  : "Look at it; then: chatspec run\n";
}

ExitCode init(const std::filesystem::path& folder, Console& console) {
  const std::filesystem::path file = (folder / kConfigurationFile).lexically_normal();
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
  if (auto written = write_whole_file(file.string(), write_configuration(survey)); !written) {
    console.complain(written.error());
    return ExitCode::kUsage;
  }
  console.say(describe_survey(survey) + fmt::format("Written: {}. {}",
                                                    chat::escape_bytes(file.string()),
                                                    say_what_is_next(survey)));
  return ExitCode::kGood;
}

}  // namespace

void add_init_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "init", "Begin a chatspec.conf, in which options of `chatspec run` stand, for a project");
  auto folder = std::make_shared<std::string>(".");
  command->add_option("FOLDER", *folder, "The project's; if not given, this one");
  command->callback([&chosen, folder] {
    chosen = [folder](Console& console) { return init(*folder, console); };
  });
}

}  // namespace chatspec
