// How learning platforms name what students handed in, in the folder that they give the teacher.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chatspec {

struct PlatformName {
  std::string student{};   // as the platform writes the name
  std::string key{};       // by which the platform knows the student, or the submission
  std::string file{};      // what the student called the file; empty where it is a folder of files
  std::string platform{};  // by which the key is known; empty where the key is the submission's

  bool operator==(const PlatformName&) const = default;
};

// Of a file or folder that lies in the download:
//   Canvas        doejane_LATE_12345_67890_server.py (LATE only where it was; -1, -2 where it was
//                 handed in again is a part of the file's name)
//   Moodle        Jane Doe_12345_assignsubmission_file_, with the file behind it or as a folder
//   Brightspace   1234-5678 - Jane Doe - Nov 3, 2026 1105 PM, with " - server.py" or as a folder
//   Gradescope    submission_12345
// Nothing where it is called by none of these.
std::optional<PlatformName> parse_platform_name(std::string_view name);

}  // namespace chatspec
