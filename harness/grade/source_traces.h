// What in the files of a submission looks as if it were written to the suite, and not to the
// protocol: what is the same in every run, and the name of chatspec. It is told to whoever grades,
// and no mark depends on it.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/suite/known_constants.h"

namespace chatspec {

struct SourceTrace {
  std::string path{};    // of the file, as the submission calls it: anything may stand in it
  std::size_t line = 0;  // from 1
  std::string what{};    // such as "a signature of state/again"

  bool operator==(const SourceTrace&) const = default;
};

// Collects from one file after another. Borrows the constants.
class SourceTraces {
 public:
  explicit SourceTraces(std::span<const KnownConstant> constants) : constants_(constants) {}

  void look_at(const std::string& path, std::string_view bytes);
  // The first few, which are enough to look.
  const std::vector<SourceTrace>& found() const { return found_; }

 private:
  std::span<const KnownConstant> constants_;
  std::vector<SourceTrace> found_{};
};

}  // namespace chatspec
