// How what the harness sends is cut into segments: a dimension of every run. TCP is a stream, so in
// a profile with line ends no cut may change what happens; a scenario can thus be played with any.
//
// Pure: script -> scripts.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/script.h"
#include "reference/text/word_table.h"

namespace chatspec {

enum class Segmentation {
  kUnits,   // as the scenario says: unit by unit, unless it says otherwise
  kJoined,  // what is sent without waiting for an answer goes out in one segment
  kBytes,   // every byte in a segment of its own
  kCuts,    // joined, and then cut in two, at every place in turn
};

struct SegmentationWord {
  Segmentation segmentation;
  std::string_view word;
  std::string_view shown;  // of a script that is played so, before any of the cuts in turn
};
inline constexpr std::array kSegmentations{
    SegmentationWord{Segmentation::kUnits, "units", "unit by unit"},
    SegmentationWord{Segmentation::kJoined, "joined", "in one segment"},
    SegmentationWord{Segmentation::kBytes, "bytes", "byte by byte"},
    SegmentationWord{Segmentation::kCuts, "cuts", "whole"},
};
static_assert(chat::covers_in_order(kSegmentations, &SegmentationWord::segmentation,
                                    Segmentation::kCuts));
std::string_view describe(Segmentation segmentation);  // for people: "in one segment"

// A place at which what a step sends is cut in two.
struct Cut {
  std::size_t step = 0;   // of the script
  std::size_t place = 0;  // after so many of its bytes

  bool operator==(const Cut&) const = default;
};

// A script as it is played, and the cuts that are then tried one by one.
struct Segmented {
  Script script;
  std::vector<Cut> cuts;  // of kCuts; else empty
};

// Of a longer stretch of bytes only the first and the last are cut from each other; what lies
// between goes in one piece.
inline constexpr std::size_t kMaxCuts = 1024;

Segmented segment(const Script& script, Segmentation segmentation);

Script with_cut(const Script& script, const Cut& cut);
std::string describe(const Script& script, const Cut& cut);  // "cut after byte 6 of \"HELLO\\nD…\""

}  // namespace chatspec
