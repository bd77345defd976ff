// Which differences are worth a closer look, so that one mistake is told once and hides no other.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "harness/explore/fuzz/cause.h"

namespace chatspec {

class FindingRegister {
 public:
  // Causes (write_cause) that are not to be told, since they were accepted or are known.
  FindingRegister(std::set<std::string> accepted, std::set<std::string> known)
      : accepted_(std::move(accepted)), known_(std::move(known)) {}

  // Whether to look for the shortest conversation that shows it. Behind one cause, as it looks
  // before that, several mistakes may hide; so it is looked at the first time, the second, the
  // fourth, the eighth and so on.
  bool is_worth_a_look(const FindingCause& cause);
  // Whether it is to be told: its cause and the shape of its shortest conversation together are
  // new, and the cause was not told too often in other shapes.
  bool add(const FindingCause& cause, const std::string& shape);

  // How many differences were passed over because they were accepted.
  std::uint64_t accepted_seen() const { return accepted_seen_; }
  // The known causes that were seen.
  const std::set<std::string>& known_seen() const { return known_seen_; }

 private:
  bool is_told_elsewhere(const std::string& cause);

  std::set<std::string> accepted_;
  std::set<std::string> known_;
  std::set<std::string> known_seen_;
  std::uint64_t accepted_seen_ = 0;
  std::map<std::string, std::uint64_t> seen_;          // how often, by cause
  std::map<std::string, std::set<std::string>> told_;  // the shapes, by cause
};

}  // namespace chatspec
