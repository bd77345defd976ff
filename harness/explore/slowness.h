// Watches how the work of a program grows with what it is given, one input after another.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/asking/work_meter.h"
#include "harness/explore/growth/growth.h"

namespace chatspec {

struct Slowness {
  std::vector<Grown> inputs{};
  std::optional<GrowthStop::Why> ended_by{};  // where not all were watched

  bool is_measured() const;  // something was
  bool grows_faster() const;
};

struct SlownessSettings {
  std::vector<std::string> inputs{};  // names of growing_inputs(); empty for all of them
  std::uint64_t seed = 0;
  TimePoint end = TimePoint::max();
};

// Each is told when it is done.
Slowness watch_program(const MeteredProgram& program, const SlownessSettings& settings,
                       const std::function<void(const Grown&)>& on_grown);
// What may be named there.
std::vector<std::string> list_growing_inputs();

}  // namespace chatspec
