// Verdicts, counted.

#pragma once

#include <array>
#include <string>

#include "harness/report/log/record.h"
#include "harness/report/text/style.h"

namespace chatspec {

// How often each verdict was given, and whether a program could not be built.
class Tally {
 public:
  void add(Verdict verdict) { ++counts_[static_cast<std::size_t>(verdict)]; }
  // By its verdict, unless it failed as it was known to.
  void add(const CaseRecord& played);
  void add(const BuildRecord& build);
  bool has_failed_build() const { return failed_builds_ > 0; }
  std::size_t count(Verdict verdict) const { return counts_[static_cast<std::size_t>(verdict)]; }
  std::size_t known() const { return known_; }
  // Cases that did not fail, though a list of known failures says so.
  std::size_t passed_though_known() const { return passed_though_known_; }
  // Cases that failed, but not each time that they were played; they count by their verdict, too.
  std::size_t flaky() const { return flaky_; }
  std::size_t total() const;
  // "61 pass, 2 deviate, 3 fail", or "not built"
  std::string to_string(const Style& style) const;

 private:
  std::array<std::size_t, kVerdicts.size()> counts_{};
  std::size_t failed_builds_ = 0;
  std::size_t known_ = 0;
  std::size_t passed_though_known_ = 0;
  std::size_t flaky_ = 0;
};

}  // namespace chatspec
