// Whose the submissions of a Gradescope export are: its submission_metadata.yml.

#pragma once

#include <map>
#include <string>
#include <string_view>

namespace chatspec {

inline constexpr std::string_view kGradescopeMetadata = "submission_metadata.yml";

struct GradescopeSubmitters {
  std::string names{};  // of a group, joined
  std::string
      key{};  // the student's number or, where there is none, the address; of a group, joined
};

// By the names of the folders ("submission_12345"), who handed in. Only the lines that say so are
// looked at, in the form in which Gradescope writes them; what is not understood is passed over.
std::map<std::string, GradescopeSubmitters, std::less<>> parse_gradescope_metadata(
    std::string_view text);

}  // namespace chatspec
