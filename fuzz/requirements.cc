// The reader of PROTOCOL.md takes any document: its requirements, or an error with its line.

#include "reference/requirements.h"

#include <algorithm>

#include "fuzz/support/require.h"
#include "fuzz/support/target.h"

namespace chatspec::fuzz {

void test_one(std::string_view input) {
  const auto read = chat::parse_requirements(input, "f");
  if (!read) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
    require(read.error().line >= 1 && read.error().line <= lines, "an error has its line", input);
    return;
  }
  for (const chat::Requirement& requirement : *read) {
    require(requirement.binds.server || requirement.binds.client, "a requirement binds someone");
    require(input.find("**" + requirement.id + "**") != std::string_view::npos,
            "a requirement stands in the document", requirement.id);
    require(std::ranges::count(*read, requirement.id, &chat::Requirement::id) == 1,
            "a requirement is there once", requirement.id);
    require(!chat::to_string(requirement.level).empty(), "a level has a name");
    const chat::Requirement* own = chat::find_requirement(requirement.id);
    require(own == nullptr || own->id == requirement.id, "what is found is what was asked for");
  }
}

}  // namespace chatspec::fuzz
