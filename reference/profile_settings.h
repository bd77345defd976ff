// The settings of a profile's file, in one table: their names, what they take, and how each gets
// into a profile. PROTOCOL.md, "A profile of one's own", has the same table for people.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reference/profile.h"

namespace chat {

struct ProfileSetting {
  std::string_view name;
  // Whether any text is a value. Elsewhere values are words of their own, such as `lf`.
  bool takes_text;
  // Gives what is wrong with the value, or nothing; then it is in the profile.
  std::optional<std::string> (*apply)(Profile& profile, const std::string& value);
};

// All of them. `base` comes first, since all others are laid over it, wherever it stands in the
// file. They live as long as the program.
std::span<const ProfileSetting> profile_settings();

}  // namespace chat
