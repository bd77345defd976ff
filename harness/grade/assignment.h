// What is graded, and what it earns: the text file that an instructor writes for `chatspec grade`
// and `chatspec mark`.

#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/points.h"
#include "harness/report/log/record.h"
#include "reference/role.h"
#include "reference/text/file_error.h"

namespace chatspec {

using chat::Role;

// How programs of one language are built and started. The first whose `when` fits a submission is
// taken (recipe_of_submission.h).
struct Recipe {
  std::string name{};               // of the language, for people
  std::vector<std::string> when{};  // names of files, * for any characters: all must be there
  std::string build{};              // a command line for /bin/sh; empty where nothing is built
  std::string server{};             // as --server of `chatspec run`; empty where there is none
  std::string client{};
  std::size_t line = 0;

  const std::string& start(Role role) const { return role == Role::kServer ? server : client; }
};

// Cases by words: of a chapter, a scenario or a case, with *, a tag, or a requirement.
struct CaseWords {
  std::vector<std::string> words{};

  // Whether one of the words means a case that was played.
  bool fits(const CaseRecord& played) const;
  // As they were written.
  std::string to_string() const;
};

// So many points for a part of the suite. A case belongs to the first part whose words fit it.
struct PointsPart {
  Points points{};
  std::optional<Points> each{};  // what one mistake costs; if not given, what its cases are worth
  std::optional<Role> role{};    // both if not given
  CaseWords cases{};
  std::size_t line = 0;

  bool is_of(Role played) const { return !role || *role == played; }
};

// Cases of which students are told no more than what they cost, until then, or for ever.
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

// What a case counts that failed at times, when it was played again.
enum class FlakyPolicy { kFail, kPass };

struct Assignment {
  std::string title{};
  std::vector<Role> roles{Role::kServer};  // that are graded, each once

  // How a submission is played; `chatspec mark` does not ask for it.
  std::string profile = "line";  // a built-in one's name, auto, or a file's path, absolute
  // As the words, --tag and --exclude of `chatspec run`: where neither of the first two is given,
  // the tag `core`.
  std::vector<std::string> scenarios{};
  std::vector<std::string> tags{};
  std::vector<std::string> exclude{};
  std::string isolation = "sandbox";
  std::size_t retries = 1;           // of a case that fails, to tell what fails at times only
  std::chrono::seconds deadline{5};  // of an answer that is due
  std::chrono::seconds build_deadline{300};
  std::chrono::seconds time_limit{600};  // of one submission in one role
  // Of a submission's processes together; 0: what the sandbox gives, and elsewhere no limit.
  std::uint64_t memory_mib = 0;
  std::vector<Recipe> recipes{};

  // What that earns.
  std::vector<PointsPart> parts{};
  Reckoning reckoning = Reckoning::kMistakes;
  int deviates_percent = 0;  // of a case's worth, which is lost where it deviates
  FlakyPolicy flaky = FlakyPolicy::kFail;
  std::vector<HiddenPart> hidden{};

  // All of its settings as they were written, without comments, in their order.
  std::vector<std::string> settings{};

  bool has_role(Role role) const;
  Points total() const;
  // The part to which a case that was played in a role belongs, as an index; nothing where no part
  // has it.
  std::optional<std::size_t> find_part(const CaseRecord& played, Role role) const;
  // Whether a case is hidden from students at that time.
  bool hides(const CaseRecord& played, std::chrono::sys_seconds now) const;
};

// All mistakes at once, each with its line. Paths are looked up from the folder of the file.
std::expected<Assignment, std::vector<chat::FileError>> parse_assignment(
    std::string_view text, const std::filesystem::path& file);

}  // namespace chatspec
