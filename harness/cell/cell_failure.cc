#include "harness/cell/cell_failure.h"

#include <fmt/format.h>

#include "harness/cell/remedy.h"

namespace chatspec {

CellFailure interrupted_failure() {
  return {.kind = CellFailure::Kind::kInterrupted, .message = "the run was interrupted"};
}

CellFailure trouble_failure(std::string message) {
  return {.kind = CellFailure::Kind::kTrouble, .message = std::move(message)};
}

CellFailure trouble_failure(std::string_view what, int error) {
  return trouble_failure(fmt::format("{}: {}", what, explain_error(error)));
}

}  // namespace chatspec
