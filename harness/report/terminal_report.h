// The report for people at a terminal, made of the log's records and nothing else.

#pragma once

#include <array>
#include <string>
#include <vector>

#include "harness/report/record.h"
#include "harness/report/style.h"

namespace chatspec {

// How often each verdict was given, and whether a program could not be built.
class Tally {
 public:
  void add(Verdict verdict) { ++counts_[static_cast<std::size_t>(verdict)]; }
  void add(const BuildRecord& build);
  bool has_failed_build() const { return failed_builds_ > 0; }
  std::size_t count(Verdict verdict) const { return counts_[static_cast<std::size_t>(verdict)]; }
  std::size_t total() const;
  // "61 pass, 2 deviate, 3 fail", or "not built"
  std::string to_string(const Style& style) const;

 private:
  std::array<std::size_t, kVerdicts.size()> counts_{};
  std::size_t failed_builds_ = 0;
};

// What is tried, in one line.
std::string render_run(const RunRecord& run, const Style& style);
// What became of a build: a line where it was built and that is wanted, else all that is known.
std::string render_build(const BuildRecord& build, const Style& style, bool verbose);
// One case in full: what was asked, the exchange up to the first difference, what was expected and
// received, and the likely cause. With `verbose`, of cases that pass, too; else "" for those that
// pass or are skipped.
std::string render_case(const CaseRecord& record, const Style& style, bool verbose);
// The last lines of a run.
std::string render_end(const Tally& tally, const EndRecord& end, const Style& style);

// A whole log, which may hold several runs one after the other.
std::string render_log(const std::vector<Record>& records, const Style& style, bool verbose);

}  // namespace chatspec
