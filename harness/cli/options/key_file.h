// The key file of a server that runs already.

#pragma once

#include <expected>
#include <string>

#include "harness/script/script.h"

namespace chatspec {

// The keys of the file that --keys names; of none where the path is empty. The error is a sentence
// that begins with the option.
std::expected<GivenKeys, std::string> read_given_keys(const std::string& path);

}  // namespace chatspec
