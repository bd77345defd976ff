// What fuzzing came to: for people, for programs, and as scenarios.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/exploration_title.h"
#include "harness/explore/fuzzing.h"

namespace chatspec {

// The source of a finding's scenario. Above its title stands its cause, by which `--accept` knows
// it.
std::string write_finding(const chat::Profile& profile, const FuzzFinding& finding);
// "sig-1-signature-wrong": for a file's name, letters, digits and hyphens alone.
std::string name_finding(const FuzzFinding& finding);

// A finding, and the file in which it is; "" where it is in none.
struct ToldFinding {
  FuzzFinding finding{};
  std::string file{};
};

// In a sentence without a full stop: "after HELLO, DATA: expected nothing, came "260 OK"".
std::string tell(const chat::Profile& profile, const FuzzFinding& finding);
// All of it, the worst first, in lines of so many columns; at most `shown` findings. `told` are
// those of `done`.
std::string render_fuzzed(const chat::Profile& profile, const Fuzzed& done,
                          std::span<const ToldFinding> told, std::size_t shown,
                          std::size_t columns);
// One object.
std::string render_fuzzed_json(const chat::Profile& profile, const Fuzzed& done,
                               std::span<const ToldFinding> told, const ExplorationTitle& title);
// In one line of so many columns, without a line end.
std::string render_fuzz_progress(const FuzzProgress& progress, std::size_t columns);

}  // namespace chatspec
