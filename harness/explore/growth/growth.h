// How the work of a program grows with what it is given.
//
// What is measured has a part that is the same for every size: starting, importing, a handshake. So
// it is not the times that are compared but what each doubling adds to them: twice as much as the
// one before where the work is in proportion to the input, four times as much where it is in
// proportion to its square.

#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/growth/growing_input.h"

namespace chatspec {

struct GrowthPoint {
  std::size_t size = 0;
  std::chrono::nanoseconds work{};  // processor time
};

// What a doubling must add before its growth is worth a word.
inline constexpr std::chrono::milliseconds kTellingWork{8};
// By how much more than the one before each of the last two doublings has to add where the work is
// said to grow faster than the input. A cache that has become too small makes one of them dear.
inline constexpr double kFasterThanInput = 3;
// Nothing larger is tried once the work is so much.
inline constexpr std::chrono::seconds kEnoughWork{1};

// How much more the doubling that ends at this point adds than the one before; nothing where there
// is none, or where either adds too little.
std::optional<double> growth_at(std::span<const GrowthPoint> points, std::size_t index);
// Whether that is at least kFasterThanInput at the last two points.
bool grows_faster(std::span<const GrowthPoint> points);

// Why a size could not be measured.
struct GrowthStop {
  enum class Why {
    kSize,     // the program did not get through a conversation of this size
    kProgram,  // it did not come to a conversation
    kTime,     // it was over, or the user ended it
    kTrouble,  // of ours
  };
  Why why = Why::kSize;
  std::string message{};  // a clause for people
};

// What came of one input.
struct Grown {
  GrowingInput input{};
  std::vector<GrowthPoint> points{};
  bool is_faster = false;
  std::optional<GrowthStop> stop{};  // why nothing larger was tried, where that is no size's fault
};

using MeasureWork = std::function<std::expected<std::chrono::nanoseconds, GrowthStop>(
    const GrowingInput&, std::size_t size)>;

// Doubles the input until its largest size, or until enough is known. What seems to grow faster, or
// might, is measured anew: of each of the last four sizes the least of three measurements counts.
Grown watch_growth(const GrowingInput& input, const MeasureWork& measure);

}  // namespace chatspec
