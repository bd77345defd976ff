#include "harness/explore/asking/program_end.h"

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "harness/explore/protocol/answer.h"
#include "harness/judge/faults/fault_report.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostComplaintBytes = 300;

}  // namespace

CellFailure with_complaint(CellFailure failure, Cell& cell) {
  cell.stop();  // all that it wrote has come then
  const std::string& errors = cell.errors().bytes;
  if (!errors.empty())
    failure.message +=
        fmt::format("; on standard error: {}", chat::quote_start(errors, kMostComplaintBytes));
  return failure;
}

std::optional<std::string> find_crash(const SeenEnd& seen) {
  if (seen.exit && seen.exit->by_signal) return to_string(*seen.exit);
  if (!seen.deaths.empty())
    return to_string(ExitStatus{.by_signal = true, .value = seen.deaths.back().signal});
  const auto report = find_fault_report(seen.errors, seen.given, seen.exit);
  if (!report || report->by_peer) return std::nullopt;
  return std::string(kExceptionCrash);
}

}  // namespace chatspec
