// What is to be graded, and how: the text file that an instructor writes for `chatspec grade`.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/points.h"
#include "harness/report/record.h"
#include "reference/file_error.h"
#include "reference/profile.h"
#include "reference/role.h"

namespace chatspec {

using chat::Role;

// How programs of one language are built and started. The first whose `when` fits a submission is
// taken.
struct Way {
  std::string name{};               // of the language, for people
  std::vector<std::string> when{};  // names of files, * for any characters: all must be there
  std::string build{};              // a command line for /bin/sh; empty where nothing is built
  std::string server{};             // as --server of `chatspec run`; empty where there is none
  std::string client{};
  std::size_t line = 0;
};

// Cases by words: of a chapter, a scenario or a case, with *, a tag, or a requirement.
struct CaseWords {
  std::vector<std::string> words{};

  // Whether one of the words means a case that was played.
  bool fits(const CaseRecord& played) const;
};

// So many points for a part of the suite. A case belongs to the first part whose words fit it.
struct PointsPart {
  Points points{};
  std::optional<Points> each{};  // what one mistake costs; if not given, what its cases are worth
  std::optional<Role> role{};    // both if not given
  CaseWords cases{};
  std::string title{};  // for people; if not given, the words
  std::size_t line = 0;
};

// What students are told nothing of but how many of it passed, until then, or for ever.
struct HiddenPart {
  CaseWords cases{};
  std::optional<std::chrono::sys_seconds> until{};
  std::size_t line = 0;
};

// What is counted.
enum class Reckoning {
  kMistakes,  // a mistake costs in one part, however many cases show it
  kCases,     // each case is worth the same share of its part
};

// What a case counts that failed at times, when it was played again alone.
enum class FlakyPolicy { kFail, kPass };

struct Assignment {
  std::string title{};
  std::string profile = "line";                // a built-in one's name, or a file's path, absolute
  std::vector<std::string> scenarios{"core"};  // names or tags
  std::vector<std::string> exclude{};
  std::vector<Way> ways{};
  std::vector<PointsPart> parts{};
  std::vector<HiddenPart> hidden{};
  Reckoning reckoning = Reckoning::kMistakes;
  int deviates_percent = 0;  // of a case's worth, which is lost where it deviates
  FlakyPolicy flaky = FlakyPolicy::kFail;
  std::string isolation = "sandbox";
  std::chrono::seconds build_deadline{300};
  std::chrono::seconds time_limit{600};                 // of one submission in one role
  std::uint64_t memory_bytes = std::uint64_t{2} << 30;  // of all its processes together

  bool plays(Role role) const;  // some way starts it
  Points total() const;
  // Whether a case is hidden from students at that time.
  bool hides(const CaseRecord& played, std::chrono::sys_seconds now) const;
};

// All mistakes at once, each with its line. Paths are looked up from the folder of the file.
std::expected<Assignment, std::vector<chat::FileError>> parse_assignment(
    std::string_view text, const std::filesystem::path& file);

}  // namespace chatspec
