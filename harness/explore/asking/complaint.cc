#include "harness/explore/asking/complaint.h"

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "reference/quote.h"

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

}  // namespace chatspec
