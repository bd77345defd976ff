#include "harness/grade/points.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace chatspec {
namespace {

constexpr std::int64_t kMost = 1'000'000;

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

std::optional<Points> Points::parse(std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  std::string fraction(dot == text.npos ? "0" : text.substr(dot + 1));
  if (!is_number(whole) || whole.size() > 7 || !is_number(fraction) || fraction.size() > 2)
    return std::nullopt;
  fraction.resize(2, '0');
  std::int64_t units = 0;
  std::int64_t hundredths = 0;
  std::from_chars(whole.data(), whole.data() + whole.size(), units);
  std::from_chars(fraction.data(), fraction.data() + fraction.size(), hundredths);
  if (units > kMost || (units == kMost && hundredths > 0)) return std::nullopt;
  return of_hundredths(units * 100 + hundredths);
}

std::string Points::to_string() const {
  const std::string_view sign = hundredths_ < 0 ? "-" : "";
  const std::int64_t size = hundredths_ < 0 ? -hundredths_ : hundredths_;
  std::string text = fmt::format("{}{}.{:02}", sign, size / 100, size % 100);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace chatspec
