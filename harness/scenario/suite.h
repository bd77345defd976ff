// A suite: the scenario files below a folder, checked, and the cases that they stand for. The one
// place of this library that reads files.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/check.h"
#include "harness/scenario/scenario.h"
#include "reference/profile.h"
#include "reference/requirements.h"

namespace chatspec {

inline constexpr std::string_view kScenarioExtension = ".chat";

// One scenario file. Its id is CHAPTER/NAME: the folder in which it lies and its name without
// extension.
struct ScenarioFile {
  std::string id;
  std::filesystem::path path;
  std::string source;
  Scenario scenario;

  // Gives files that the scenario names, from the folder in which it lies or below; no others,
  // since what a scenario sends may go to programs that nobody trusts.
  FileReader reader() const;
};

// The id of the scenario in this file, whether or not there is one.
std::string scenario_id(const std::filesystem::path& path);

struct Suite {
  std::vector<ScenarioFile> files;  // in the order of their ids
  std::string
      problems;  // what is wrong with any of them, rendered for people; empty where nothing is
  std::string warnings;  // what they may not mean as it is written, rendered likewise
};

// Loads files, and every scenario file below folders. A path that does not exist, a file that
// cannot be read, or a folder without scenarios is a problem like any other. What is needed may
// also lie in the folder `library`, if one is given.
Suite load_suite(const std::vector<std::filesystem::path>& paths,
                 const std::filesystem::path& library = {});

// Where the scenarios lie that those of the suite need, and those need in turn, and that are not in
// the suite: beside the chapter of whoever needs them, else in `library`. Each once.
std::vector<std::filesystem::path> find_needed(const Suite& suite,
                                               const std::filesystem::path& library);

// Reads and checks one source under a name. Gives the rendered problems, and adds to `warnings`,
// if it is given, the rendered warnings.
std::string check_source(std::string_view source, std::string_view shown_name,
                         const FileReader& read_file, Scenario& scenario,
                         std::string* warnings = nullptr);

// One scenario without a table, or one row of one with a table. Its id is that of the file, with
// [ROW] behind it for a row.
struct Case {
  std::string id;
  const ScenarioFile* file = nullptr;  // borrowed from the suite
  Scenario scenario;                   // expanded: has no table

  std::string title() const;
  std::string description() const;  // the comment at the head of the file, in one line
  // Its `level`, or that of the strongest requirement that it covers. Where it is played with a
  // server or a client, only what binds this one counts.
  chat::Level level(std::optional<Role> role = std::nullopt) const;
  std::vector<std::string> requirements(std::optional<Role> role = std::nullopt) const;
  // Where it is played with a server or a client, or in a profile, only the tags that it has there.
  std::vector<std::string> tags(std::optional<Role> role = std::nullopt,
                                const chat::Profile* profile = nullptr) const;
  std::vector<std::string> needs() const;
  bool has_role(Role role) const;
  bool applies_to(const chat::Profile& profile) const;
};

// The cases of a suite without problems, which must outlive them.
std::vector<Case> list_cases(const Suite& suite);

// What a user asks for. An empty list asks for everything; within a list one match is enough, and
// every list must match.
struct Selection {
  std::vector<std::string>
      names{};  // CHAPTER, CHAPTER/NAME, CHAPTER/NAME[ROW]; * stands for any characters
  std::vector<std::string> tags{};
  std::vector<std::string> requirements{};  // SIG-1, or SIG for all of its chapter
  std::vector<chat::Level> levels{};
  // Whose requirements, levels and tags are meant, and in which profile (borrowed); anybody's and
  // any if not given.
  std::optional<Role> role{};
  const chat::Profile* profile = nullptr;
};

bool is_selected(const Case& candidate, const Selection& selection);

// The names, tags and requirements of a selection that match nothing at all in `cases`: typing
// mistakes, most likely. Each as a sentence with a hint.
std::vector<std::string> find_unmatched(const std::vector<Case>& cases, const Selection& selection);

}  // namespace chatspec
