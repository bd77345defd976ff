// The profile in which a run was played, of what its log says.

#pragma once

#include <expected>
#include <string>

#include "harness/report/log/record.h"
#include "reference/profile.h"

namespace chatspec {

// The error says which setting this chatspec does not know, or what is missing.
std::expected<chat::Profile, std::string> restore_profile(const ProfileRecord& record);

}  // namespace chatspec
