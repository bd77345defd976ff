#include "harness/explore/growth/growth.h"

#include <algorithm>
#include <array>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// The sizes that tell: three doublings.
constexpr std::size_t kTellingPoints = 4;
constexpr int kMeasurements = 3;

std::chrono::nanoseconds added_at(std::span<const GrowthPoint> points, std::size_t index) {
  return points[index].work - points[index - 1].work;
}

// Whether it is worth measuring again.
bool seems_faster(std::span<const GrowthPoint> points) {
  constexpr double kSuspicious = 2.5;
  if (points.size() < kTellingPoints) return false;
  return std::ranges::any_of(std::array{points.size() - 2, points.size() - 1}, [&](std::size_t i) {
    return growth_at(points, i).value_or(0) >= kSuspicious;
  });
}

// The least of several measurements of the last points; false where one could not be measured.
bool confirm(Grown& grown, const MeasureWork& measure) {
  for (GrowthPoint& point : std::span(grown.points).last(kTellingPoints)) {
    for (int i = 1; i < kMeasurements; ++i) {
      const auto work = measure(grown.input, point.size);
      if (!work) {
        grown.stop = work.error();
        return false;
      }
      point.work = std::min(point.work, *work);
    }
  }
  return grows_faster(grown.points);
}

}  // namespace

std::optional<double> growth_at(std::span<const GrowthPoint> points, std::size_t index) {
  if (index < 2 || index >= points.size()) return std::nullopt;
  const auto before = added_at(points, index - 1);
  const auto added = added_at(points, index);
  if (before < kTellingWork || added < kTellingWork) return std::nullopt;
  return std::chrono::duration<double>(added) / std::chrono::duration<double>(before);
}

bool grows_faster(std::span<const GrowthPoint> points) {
  if (points.size() < kTellingPoints) return false;
  return std::ranges::all_of(std::array{points.size() - 2, points.size() - 1}, [&](std::size_t i) {
    return growth_at(points, i).value_or(0) >= kFasterThanInput;
  });
}

Grown watch_growth(const GrowingInput& input, const MeasureWork& measure) {
  Grown grown{.input = input};
  for (std::size_t size = input.least; size <= input.most; size *= 2) {
    const auto work = measure(input, size);
    if (!work) {
      grown.stop = work.error();
      break;
    }
    grown.points.push_back({.size = size, .work = *work});
    grown.is_faster = grows_faster(grown.points) && confirm(grown, measure);
    if (grown.is_faster || grown.stop) break;
    if (*work - grown.points.front().work >= kEnoughWork) break;
  }
  // What was disturbed at one of these sizes hides as much as it invents.
  if (!grown.is_faster && !grown.stop && seems_faster(grown.points))
    grown.is_faster = confirm(grown, measure);
  return grown;
}

}  // namespace chatspec
