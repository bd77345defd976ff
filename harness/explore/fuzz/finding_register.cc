#include "harness/explore/fuzz/finding_register.h"

#include <bit>

namespace chatspec {
namespace {

constexpr std::size_t kMostShapes = 3;

}  // namespace

bool FindingRegister::is_told_elsewhere(const std::string& cause) {
  const bool is_accepted = accepted_.contains(cause);
  const bool is_known = known_.contains(cause);
  if (is_accepted) ++accepted_seen_;
  if (is_known) known_seen_.insert(cause);
  return is_accepted || is_known;
}

bool FindingRegister::is_worth_a_look(const FindingCause& cause) {
  const std::string written = write_cause(cause);
  return !is_told_elsewhere(written) && std::has_single_bit(++seen_[written]);
}

bool FindingRegister::add(const FindingCause& cause, const std::string& shape) {
  const std::string written = write_cause(cause);
  if (is_told_elsewhere(written)) return false;
  auto& shapes = told_[written];
  return shapes.size() < kMostShapes && shapes.insert(shape).second;
}

}  // namespace chatspec
