// What a command line may say. Of CLI11's own checks, that of a range takes "nan", and a number
// that is too large, or negative, is cut to fit.

#pragma once

#include <cstdint>

namespace CLI {
class Validator;
}

namespace chatspec {

// Decimal digits and no sign, within the limits.
CLI::Validator whole_number(std::uint64_t min = 0, std::uint64_t max = UINT64_MAX);

// With a decimal point or without one, within the limits.
CLI::Validator seconds(double min, double max);

// Any path but an empty one, which a variable that is not set leaves behind.
CLI::Validator path_of_file();
CLI::Validator path_of_folder();

}  // namespace chatspec
