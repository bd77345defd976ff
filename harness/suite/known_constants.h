// What scenarios play in every run alike: a program that knows it beforehand may have been written
// to it. Most keys and texts that matter are fresh in each run and not among these.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/suite/case.h"
#include "reference/profile.h"

namespace chatspec {

struct KnownConstant {
  std::string text{};
  std::string what{};  // for people, such as "the text of data/lines"

  bool operator==(const KnownConstant&) const = default;
};

// Signatures of what stands in scenarios, and lines of texts that are too long to be written twice
// by chance; each once, by the first case that has it.
std::vector<KnownConstant> find_known_constants(std::span<const Case> cases,
                                                const chat::Profile& profile);

}  // namespace chatspec
