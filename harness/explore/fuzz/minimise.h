// The shortest conversation that shows what a longer one has shown: delta debugging (Zeller,
// Hildebrandt, 2002) over steps, lines, bytes and cuts.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// Which of some conversations shows the same; the first that does, or nothing.
using FindShowing = std::function<std::optional<std::size_t>(std::span<const SaidConversation>)>;

// The same bytes as a patient client says them, without cuts, each unit when the one before was
// answered.
SaidConversation say_patiently(const chat::Profile& profile, const SaidConversation& conversation);

struct MinimiseSettings {
  std::size_t most_tries = 400;  // so many conversations are asked for at most, and a few more
  std::size_t at_a_time = 8;     // and so many at once
  std::size_t least_keys = 1;
};

// What it gives was shown, or is `conversation` itself. The profile has line ends.
SaidConversation minimise(const chat::Profile& profile, SaidConversation conversation,
                          const FindShowing& find, const MinimiseSettings& settings);

}  // namespace chatspec
