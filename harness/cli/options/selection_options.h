// The options by which run and list select cases.

#pragma once

#include <string>
#include <vector>

#include "harness/suite/selection.h"

namespace CLI {
class App;
}

namespace chatspec {

struct SelectionOptions {
  std::vector<std::string> words;  // paths and names
  std::string suite;
  std::vector<std::string> tags;
  std::vector<std::string> requirements;
  std::vector<std::string> levels;
  std::vector<std::string> excluded;

  void add_to(CLI::App& command);
  Selection to_selection(std::vector<std::string> names) const;
};

}  // namespace chatspec
