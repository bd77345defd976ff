// What has been seen of a system so far: whether something is new.

#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>

namespace chatspec {

// A program that tells of more lines makes them up.
inline constexpr std::size_t kMostLines = 20'000;

class Novelty {
 public:
  // Whether it is the first time that a step of this shape was answered so in that state.
  bool add(const std::string& state, const std::string& shape, const std::string& answer) {
    states_.insert(state);
    return seen_.insert(state + '\n' + shape + '\n' + answer).second;
  }

  // Whether one of these lines of the program's code is reached for the first time.
  bool reach(std::span<const std::string> lines) {
    bool is_new = false;
    for (const std::string& line : lines)
      is_new |= lines_.size() < kMostLines && lines_.insert(line).second;
    return is_new;
  }

  std::size_t states() const { return states_.size(); }
  std::size_t edges() const { return seen_.size(); }
  std::size_t lines() const { return lines_.size(); }

 private:
  std::set<std::string> states_;
  std::set<std::string> seen_;
  std::set<std::string> lines_;
};

}  // namespace chatspec
