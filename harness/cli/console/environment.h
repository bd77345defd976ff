// The variables of the environment, which tests make up.

#pragma once

#include <functional>
#include <optional>
#include <string>

namespace chatspec {

// The value of a variable of the environment; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The variables of this process.
Environment own_environment();

}  // namespace chatspec
