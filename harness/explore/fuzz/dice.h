// Choices at random, the same for a seed on every machine.

#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace chatspec {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  // 0 <= below(n) < n; 0 of none.
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  bool happens(std::size_t percent) { return below(100) < percent; }
  // There is at least one.
  const std::string& any_of(const std::vector<std::string>& lines) {
    return lines[below(lines.size())];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace chatspec
