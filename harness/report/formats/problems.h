// What is wrong in a run, once each (roots.h), for formats that people read from the top.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/report/formats/results.h"

namespace chatspec {

// Its texts are plain (plain_text.h). It borrows the records.
struct Problem {
  Status status = Status::kFailed;         // or kError, kDeviates
  std::string sentence{};                  // what it is; one line, never none, without a full stop
  std::string requirement{};               // that it breaks; "" where that is not known
  std::string code{};                      // as of a result
  std::string file{};                      // of the scenario that shows it best; "" where none does
  std::uint64_t line = 0;                  // there
  std::vector<std::string> cases{};        // the results that show it, by name, the clearest first
  std::size_t kept_back = 0;               // cases that were not played because of it
  std::string explanation{};               // of the clearest, in lines
  const CaseRecord* played = nullptr;      // the clearest; null where it is no case
  const FindingRecord* finding = nullptr;  // that it shows there; null where there is none
};

// First what was not built and what fails, that on which most others hang before others; then
// trouble of our own and what is missing of the run; then what only deviates.
std::vector<Problem> list_problems(const ResultSuite& suite);

// "4 cases; 12 more not played because of it"
std::string describe_weight(const Problem& problem);

}  // namespace chatspec
