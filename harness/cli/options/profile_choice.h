// The option --profile.

#pragma once

#include <expected>
#include <string>

#include "reference/profile.h"

namespace chatspec {

// A built-in profile's name, or the path of a file that describes one. The error is a sentence that
// names the option.
std::expected<chat::Profile, std::string> find_or_read_profile(const std::string& name);

}  // namespace chatspec
