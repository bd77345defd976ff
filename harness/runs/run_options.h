// What a run of cases is to be like.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/play/command.h"
#include "harness/runs/known_failures.h"
#include "harness/runs/repetition.h"
#include "harness/script/script.h"
#include "harness/script/segmentation.h"
#include "reference/profile.h"

namespace chatspec {

struct RunOptions {
  Role role = Role::kServer;
  chat::Profile profile;
  std::uint64_t seed = 0;
  std::size_t jobs = 1;
  const Command* command = nullptr;  // null for a remote server
  GivenKeys remote_keys{};           // of a remote server, where they are known
  Segmentation segmentation = Segmentation::kUnits;
  Repetition repetition{};
  bool play_on = false;  // also what needs a case that did not pass
  std::vector<KnownFailure> known{};
  std::optional<std::size_t> enough_failures{};          // after which nothing more is played
  std::optional<std::chrono::nanoseconds> time_limit{};  // after which no case is begun
};

}  // namespace chatspec
