// The settings of a profile's file, in one table: their names, what they take, and how each gets
// into a profile. PROTOCOL.md, "A profile of one's own", has the same table for people.

#pragma once

#include <expected>
#include <map>
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
  // The value that the profile has, or nothing where it does not say. Applied to another profile,
  // it sets the same.
  std::optional<std::string> (*value)(const Profile& profile);
};

// All of them. `base` comes first, since all others are laid over it, wherever it stands in the
// file. They live as long as the program.
std::span<const ProfileSetting> profile_settings();

// The values of all settings that a profile says but its name: it can be made again of them.
std::map<std::string, std::string> list_settings(const Profile& profile);

// The profile of these settings. The error says what is wrong with one of them, or that they do not
// go together.
std::expected<Profile, std::string> make_profile(
    const std::string& name, const std::map<std::string, std::string>& settings);

}  // namespace chat
