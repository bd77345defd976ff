// What a folder of a project looks like to somebody who has never seen it.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// How the programs of a project seem to be started. What was not found is empty.
struct ProjectSurvey {
  std::string server{};  // command lines, with placeholders
  std::string client{};
  std::string build{};
  std::string language{};              // of the server, else of the client; one word
  std::string known_by{};              // the file in the folder that says so
  bool needs_folder = false;           // the programs have more files than the command lines name
  std::vector<std::string> reasons{};  // what was seen, each a sentence without a full stop
};

// Looks at the names of files, and into a Makefile; runs nothing. Files whose names a shell would
// have to quote are passed over. Where the folder cannot be read, nothing is found.
ProjectSurvey survey_project(const std::filesystem::path& folder);

// The survey as a configuration file, with what was not found, and the other settings, as comments.
std::string write_configuration(const ProjectSurvey& survey);

// The survey of a submission as an assignment for `chatspec grade`, likewise.
std::string write_assignment(const ProjectSurvey& survey);

}  // namespace chatspec
