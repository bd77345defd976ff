#include "harness/grade/setting_values.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

struct Unit {
  char letter;
  std::uint64_t size;
};
constexpr std::array kTimeUnits{Unit{'s', 1}, Unit{'m', 60}, Unit{'h', 3600}};
constexpr std::array kMemoryUnits{Unit{'M', 1}, Unit{'G', 1024}};
constexpr std::uint64_t kLeastMemoryMib = 16;
constexpr std::uint64_t kMostMemoryMib = std::uint64_t{1} << 20;
constexpr std::uint64_t kWeek = std::uint64_t{7} * 24 * 3600;

// All of it, of digits only, and not many.
std::optional<std::uint64_t> parse_digits(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.size() > 9 || error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

// A number with one of the units behind it, in the smallest.
std::optional<std::uint64_t> parse_with_unit(std::string_view text, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.letter)) continue;
    if (const auto number = parse_digits(text.substr(0, text.size() - 1)))
      return *number * unit.size;
  }
  return std::nullopt;
}

std::unexpected<std::string> expected_instead(std::string_view what, std::string_view text) {
  return std::unexpected(fmt::format("expected {}, found {}", what, chat::quote(text)));
}

}  // namespace

std::expected<std::chrono::seconds, std::string> parse_duration(std::string_view text) {
  const auto seconds = parse_with_unit(text, kTimeUnits);
  if (!seconds || *seconds == 0 || *seconds > kWeek)
    return expected_instead("a time of at most a week, such as 90s, 10m or 2h", text);
  return std::chrono::seconds(*seconds);
}

std::expected<std::uint64_t, std::string> parse_memory(std::string_view text) {
  const auto mib = parse_with_unit(text, kMemoryUnits);
  if (!mib || *mib < kLeastMemoryMib || *mib > kMostMemoryMib)
    return expected_instead("so much memory, from 16M to 1024G", text);
  return *mib;
}

std::expected<std::size_t, std::string> parse_few(std::string_view text) {
  const auto number = parse_digits(text);
  if (!number || *number > 9) return expected_instead("a number from 0 to 9", text);
  return *number;
}

std::expected<int, std::string> parse_percent(std::string_view text) {
  const auto number =
      text.ends_with('%') ? parse_digits(text.substr(0, text.size() - 1)) : std::nullopt;
  if (!number || *number > 100) return expected_instead("a share from 0% to 100%", text);
  return static_cast<int>(*number);
}

std::expected<std::chrono::sys_seconds, std::string> parse_time(std::string_view text) {
  const auto error =
      expected_instead("a time in UTC, such as 2026-12-01 or 2026-12-01 18:00", text);
  const bool has_time = text.size() == 16 && text[10] == ' ' && text[13] == ':';
  if ((text.size() != 10 && !has_time) || text[4] != '-' || text[7] != '-') return error;
  const auto number = [&](std::size_t place, std::size_t size) {
    return parse_digits(text.substr(place, size));
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  const auto hour = has_time ? number(11, 2) : 0, minute = has_time ? number(14, 2) : 0;
  if (!year || !month || !day || !hour || !minute || *hour > 23 || *minute > 59) return error;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return error;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

}  // namespace chatspec
