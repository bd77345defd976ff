// The settings that an assignment has, and how the value of each is read.

#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "harness/grade/assignment.h"

namespace chatspec {

// What is wrong with a value, in a sentence without a full stop.
using SettingOutcome = std::expected<void, std::string>;

// Where a value goes.
struct SettingPlace {
  Assignment& assignment;
  const std::filesystem::path& folder;  // of the file
  std::size_t line;
};

enum class Belongs { kToAll, kToALanguage };
enum class Comes { kOnce, kOften };

struct AssignmentSetting {
  std::string_view name;
  // The value has more than blanks. Of a language, it is the last of the assignment's ways.
  SettingOutcome (*read)(const std::string& value, const SettingPlace& place);
  Comes comes = Comes::kOnce;
  Belongs belongs = Belongs::kToAll;
};

// In the order in which they are listed for people.
std::span<const AssignmentSetting> assignment_settings();

}  // namespace chatspec
