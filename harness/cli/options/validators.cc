#include "harness/cli/options/validators.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

template <typename Number>
std::optional<Number> read_number(std::string_view word) {
  Number number{};
  const char* end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

template <typename Number>
CLI::Validator in_range(std::string_view what, Number min, Number max) {
  return {[=](const std::string& word) {
            const auto number = read_number<Number>(word);
            // CLI11 would take a number that begins with 0 for an octal one.
            const bool octal = std::is_integral_v<Number> && word.size() > 1 && word[0] == '0';
            if (!octal && number && *number >= min && *number <= max)
              return std::string();  // not for NaN
            return fmt::format("expected {}, from {} to {}; found {}", what, min, max,
                               chat::quote_start(word));
          },
          ""};
}

CLI::Validator named(std::string_view what) {
  return {[=](const std::string& path) {
            return path.empty() ? fmt::format("no {} is named", what) : std::string();
          },
          ""};
}

}  // namespace

CLI::Validator whole_number(std::uint64_t min, std::uint64_t max) {
  return in_range("a whole number", min, max);
}

CLI::Validator seconds(double min, double max) {
  return in_range("seconds", min, max);
}

CLI::Validator path_of_file() {
  return named("file");
}

CLI::Validator path_of_folder() {
  return named("folder");
}

}  // namespace chatspec
