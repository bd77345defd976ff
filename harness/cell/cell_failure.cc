#include "harness/cell/cell_failure.h"

#include <cstring>

#include <fmt/format.h>

namespace chatspec {

CellFailure interrupted_failure() {
  return {.kind = CellFailure::Kind::kInterrupted, .message = "the run was interrupted"};
}

CellFailure trouble_failure(std::string message) {
  return {.kind = CellFailure::Kind::kTrouble, .message = std::move(message)};
}

CellFailure trouble_failure(std::string_view what, int error) {
  return trouble_failure(fmt::format("{}: {}", what, strerror(error)));
}

}  // namespace chatspec
