// What the judge is told beside the script and what happened: how it came to be played so.

#pragma once

#include <optional>
#include <string>

#include "harness/judge/findings/verdict.h"
#include "harness/script/segmentation.h"

namespace chatspec {

struct Circumstances {
  // How what we sent was cut into segments.
  Segmentation segmentation = Segmentation::kUnits;
  std::optional<Cut> cut{};  // of kCuts: where; nothing where nothing was cut
  // What the same case comes to unit by unit or, of a cut, without it; nothing where that is not
  // known (yet), or where it was played so.
  std::optional<Verdict> otherwise{};
  // Of a server that somebody else started: the id of the last case in which it took a connection;
  // empty before the first, and of programs that we start.
  std::string served_last{};
  // That server has refused a connection since this was played.
  bool is_gone = false;
};

}  // namespace chatspec
