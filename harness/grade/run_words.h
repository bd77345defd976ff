// With which words `chatspec run` plays a submission.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/assignment.h"

namespace chatspec {

// What is played of a submission at a time.
struct PlayOrder {
  std::string id{};  // of the submission; by it, reports call the program
  Role role = Role::kServer;
  const Recipe* recipe = nullptr;  // has a command line for the role
  std::filesystem::path folder{};
  std::filesystem::path log{};
  std::uint64_t seed = 0;
  std::vector<std::string> only{};  // ids of cases; empty for all that the assignment selects
};

// The words after `chatspec`. Of the assignment's scenarios, those that are files or folders are
// `paths`; they are named in any case, since they may hold what `only` means.
std::vector<std::string> make_run_words(const Assignment& assignment,
                                        const std::vector<std::string>& paths,
                                        const PlayOrder& order);

// The seed of a submission in a role, from that of all: so that nobody's keys and messages are
// another's, and those of one are the same again whoever else is there.
std::uint64_t seed_of(std::uint64_t seed, std::string_view id, Role role);

}  // namespace chatspec
