// Points, as instructors write them: in hundredths, so that sums are exact.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chatspec {

class Points {
 public:
  constexpr Points() = default;
  static constexpr Points of_hundredths(std::int64_t hundredths) {
    Points points;
    points.hundredths_ = hundredths;
    return points;
  }
  // "12", "12.5", "12.50": not negative, at most a million, with at most two digits after the dot.
  static std::optional<Points> parse(std::string_view text);

  constexpr std::int64_t hundredths() const { return hundredths_; }
  // As parse() reads it, without zeros that say nothing: "12.5".
  std::string to_string() const;

  // The share `part` of `whole`, rounded to the nearest hundredth, halves up. `whole` is positive.
  constexpr Points share(std::int64_t part, std::int64_t whole) const {
    return of_hundredths((2 * hundredths_ * part + whole) / (2 * whole));
  }

  constexpr Points& operator+=(Points other) {
    hundredths_ += other.hundredths_;
    return *this;
  }
  friend constexpr Points operator+(Points left, Points right) { return left += right; }
  friend constexpr Points operator-(Points left, Points right) {
    return of_hundredths(left.hundredths_ - right.hundredths_);
  }
  auto operator<=>(const Points&) const = default;

 private:
  std::int64_t hundredths_ = 0;
};

}  // namespace chatspec
