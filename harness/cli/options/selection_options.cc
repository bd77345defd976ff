#include "harness/cli/options/selection_options.h"

#include <CLI/CLI.hpp>

#include "harness/scenario/vocabulary.h"

namespace chatspec {

void SelectionOptions::add_to(CLI::App& command) {
  command.add_option("SCENARIO", words,
                     "Files, folders, or names: CHAPTER, CHAPTER/NAME, with * for any characters");
  command.add_option("--suite", suite, "The folder of the suite, instead of chatspec's own")
      ->type_name("DIR");
  command.add_option("--tag", tags, "Only scenarios with this tag; may be repeated")
      ->type_name("TAG")
      ->take_all()
      ->allow_extra_args(false);
  command
      .add_option("--requirement", requirements,
                  "Only scenarios that cover this, such as SIG-1 or SIG; may be repeated")
      ->type_name("REQUIREMENT")
      ->take_all()
      ->allow_extra_args(false);
  command
      .add_option("--level", levels,
                  "Only scenarios of this level: must, should or may; may be repeated")
      ->type_name("LEVEL")
      ->take_all()
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"must", "should", "may"}));
  command
      .add_option("--exclude", excluded,
                  "Leave out scenarios of this name, with * for any characters, or with this tag; "
                  "may be repeated")
      ->type_name("NAME|TAG")
      ->take_all()
      ->allow_extra_args(false);
}

Selection SelectionOptions::to_selection(std::vector<std::string> names) const {
  Selection selection{std::move(names), tags, requirements, {}};
  for (const std::string& level : levels)
    selection.levels.push_back(find_word(kLevels, level)->level);
  selection.excluded = excluded;
  return selection;
}

}  // namespace chatspec
