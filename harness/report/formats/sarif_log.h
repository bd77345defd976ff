// SARIF 2.1.0 (OASIS), as code scanning of GitHub and editors read it: one run with its results.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/report/formats/report_text.h"

namespace chatspec {

// GitHub refuses a run with more results.
inline constexpr std::size_t kMostSarifResults = 25000;

// Texts may be anything; they are made plain (plain_text.h) where they are written.
struct SarifResult {
  std::string rule{};       // its stable id
  bool is_warning = false;  // else an error
  std::string message{};    // at least a sentence
  std::string file{};  // in which it is; relative to the root of a repository, or an absolute path
  std::uint64_t line = 0;    // from 1; 0 where no line is known
  std::uint64_t column = 0;  // likewise
  std::string identity{};    // the same in every run that finds the same, and in no other
  std::map<std::string, std::string> properties{};  // more, by names of ours
};

struct SarifRule {
  std::string meaning{};  // a sentence
  std::string help{};     // where more is said of it
};

struct SarifLog {
  std::map<std::string, SarifRule> rules{};  // by its id; of each result's
  std::vector<SarifResult> results{};   // the gravest first: those beyond the most are left out
  std::vector<std::string> troubles{};  // why the run cannot be relied on
};

void write_sarif_json(const SarifLog& log, ReportText& out);

}  // namespace chatspec
