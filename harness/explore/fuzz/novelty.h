// What has been seen of a system so far: whether something is new.

#pragma once

#include <cstddef>
#include <set>
#include <string>

namespace chatspec {

class Novelty {
 public:
  // Whether it is the first time that a step of this shape was answered so in that state.
  bool add(const std::string& state, const std::string& shape, const std::string& answer) {
    states_.insert(state);
    return seen_.insert(state + '\n' + shape + '\n' + answer).second;
  }

  std::size_t states() const { return states_.size(); }
  std::size_t edges() const { return seen_.size(); }

 private:
  std::set<std::string> states_;
  std::set<std::string> seen_;
};

}  // namespace chatspec
