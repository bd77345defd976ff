#include "harness/script/segmentation.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfStep = 40;

// Sends that follow each other on one connection, as one.
Script join_sends(const Script& script) {
  Script joined = script;
  joined.steps.clear();
  for (const Step& step : script.steps) {
    Step* last = joined.steps.empty() ? nullptr : &joined.steps.back();
    const bool continues = last && last->action == Action::kSend && step.action == Action::kSend &&
                           last->connection == step.connection;
    if (!continues) {
      joined.steps.push_back(step);
      joined.steps.back().cuts.clear();
      continue;
    }
    if (!last->bytes_after_fail.empty() || !step.bytes_after_fail.empty()) {
      const auto after_fail = [](const Step& one) {
        return one.bytes_after_fail.empty() ? one.bytes : one.bytes_after_fail;
      };
      last->bytes_after_fail = after_fail(*last) + after_fail(step);
    }
    last->bytes += step.bytes;
    last->shown += "\n" + step.shown;
  }
  return joined;
}

// The offsets at which `size` bytes are cut: all, or as many as there may be at either end.
std::vector<std::size_t> cut_places(std::size_t size) {
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < size; ++i) {
    const bool near_an_end = i <= kMaxCuts / 2 || size - i <= kMaxCuts / 2;
    if (near_an_end) places.push_back(i);
  }
  return places;
}

Script cut_everywhere(const Script& script) {
  Script cut = script;
  for (Step& step : cut.steps) {
    if (step.action == Action::kSend) step.cuts = cut_places(step.bytes.size());
  }
  return cut;
}

std::vector<Cut> list_cuts(const Script& script) {
  std::vector<Cut> cuts;
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    if (script.steps[i].action != Action::kSend) continue;
    for (const std::size_t place : cut_places(script.steps[i].bytes.size())) {
      cuts.push_back({.step = i, .place = place});
    }
  }
  return cuts;
}

}  // namespace

std::string_view describe(Segmentation segmentation) {
  return chat::row_of(kSegmentations, segmentation).shown;
}

Segmented segment(const Script& script, Segmentation segmentation) {
  switch (segmentation) {
    case Segmentation::kUnits:
      break;
    case Segmentation::kJoined:
      return {.script = join_sends(script), .cuts = {}};
    case Segmentation::kBytes:
      return {.script = cut_everywhere(script), .cuts = {}};
    case Segmentation::kCuts: {
      Segmented whole{.script = join_sends(script), .cuts = {}};
      whole.cuts = list_cuts(whole.script);
      return whole;
    }
  }
  return {.script = script, .cuts = {}};
}

Script with_cut(const Script& script, const Cut& cut) {
  assert(cut.step < script.steps.size() && cut.place < script.steps[cut.step].bytes.size());
  Script result = script;
  result.steps[cut.step].cuts = {cut.place};
  return result;
}

std::string describe(const Script& script, const Cut& cut) {
  return fmt::format("cut after byte {} of {}", cut.place,
                     chat::quote_start(script.steps[cut.step].bytes, kShownOfStep));
}

}  // namespace chatspec
