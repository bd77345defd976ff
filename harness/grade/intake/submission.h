// What somebody handed in, ready to be played.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chatspec {

struct Submission {
  std::string id{};        // of letters, digits, '.', '_' and '-': by it its files are named
  std::string student{};   // or whoever handed it in, as the platform or the folder calls them
  std::string key{};       // by which the platform knows them; empty where there is no platform
  std::string platform{};  // "Canvas" and the like; empty where the key is not known to be theirs
  std::filesystem::path folder{};    // where its files lie
  std::vector<std::string> names{};  // of what lies at its top, sorted, without litter
  std::string hash{};                // of all that lies in it (content_hash.h)
};

// What was handed in and cannot be played.
struct RefusedSubmission {
  std::string id{};
  std::string student{};
  std::string key{};
  std::string platform{};
  std::string why{};  // a sentence without a full stop
};

}  // namespace chatspec
