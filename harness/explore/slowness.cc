#include "harness/explore/slowness.h"

#include <algorithm>

#include "harness/explore/growth/growing_input.h"

namespace chatspec {
namespace {

// The next input would fare no better.
bool ends_all(const Grown& grown) {
  if (!grown.stop || grown.stop->why == GrowthStop::Why::kSize) return false;
  return grown.stop->why != GrowthStop::Why::kProgram || grown.points.empty();
}

}  // namespace

bool Slowness::is_measured() const {
  return std::ranges::any_of(inputs, [](const Grown& one) { return !one.points.empty(); });
}

bool Slowness::grows_faster() const {
  return std::ranges::any_of(inputs, &Grown::is_faster);
}

Slowness watch_program(const MeteredProgram& program, const SlownessSettings& settings,
                       const std::function<void(const Grown&)>& on_grown) {
  const auto measure = [&](const GrowingInput& input, std::size_t size) {
    return measure_work(program, input.make(size), settings.seed, settings.end);
  };
  Slowness slowness;
  for (const GrowingInput& input : growing_inputs()) {
    const auto& chosen = settings.inputs;
    if (!chosen.empty() && std::ranges::find(chosen, input.name) == chosen.end()) continue;
    const Grown& grown = slowness.inputs.emplace_back(watch_growth(input, measure));
    on_grown(grown);
    if (ends_all(grown)) {
      slowness.ended_by = grown.stop->why;
      break;
    }
  }
  return slowness;
}

std::vector<std::string> list_growing_inputs() {
  std::vector<std::string> names;
  for (const GrowingInput& input : growing_inputs()) names.emplace_back(input.name);
  return names;
}

}  // namespace chatspec
