#include "harness/grade/intake/platform_names.h"

#include <array>

#include <re2/re2.h>

namespace chatspec {
namespace {

// With the groups `student`, `key` and `file`, as far as the platform has them.
struct PlatformPattern {
  const char* platform;  // "" where the key is none of the student
  const char* pattern;
};
constexpr std::array kPlatformPatterns{
    PlatformPattern{"Moodle",
                    R"((?P<student>.+)_(?P<key>\d+)_assignsubmission_file_?(?P<file>.*))"},
    PlatformPattern{
        "Brightspace",
        R"((?P<key>\d+-\d+) - (?P<student>.+?) - [A-Z][a-z]+ \d{1,2}, \d{4} \d{3,4} [AP]M(?: - (?P<file>.+))?)"},
    PlatformPattern{"Canvas", R"((?P<student>[^_]+)_(?:LATE_)?(?P<key>\d+)_\d+_(?P<file>.+))"},
    PlatformPattern{"", R"((?P<student>submission_(?P<key>\d+)))"},
};
constexpr int kMostGroups = 4;  // the whole is the first

// Names come from students: they may be Latin-1 as well as UTF-8.
RE2::Options pattern_options() {
  RE2::Options options(RE2::Latin1);
  options.set_dot_nl(true);
  return options;
}

std::optional<PlatformName> match_name(const PlatformPattern& platform, std::string_view name) {
  const RE2 regex(platform.pattern, pattern_options());
  const re2::StringPiece text(name.data(), name.size());
  std::array<re2::StringPiece, kMostGroups> groups;
  if (!regex.Match(text, 0, text.size(), RE2::ANCHOR_BOTH, groups.data(), kMostGroups))
    return std::nullopt;
  const auto group = [&](const char* of) {
    const auto& numbers = regex.NamedCapturingGroups();
    const auto number = numbers.find(of);
    if (number == numbers.end()) return std::string();
    return std::string(groups.at(static_cast<std::size_t>(number->second)));
  };
  return PlatformName{.student = group("student"),
                      .key = group("key"),
                      .file = group("file"),
                      .platform = platform.platform};
}

}  // namespace

std::optional<PlatformName> parse_platform_name(std::string_view name) {
  for (const PlatformPattern& platform : kPlatformPatterns) {
    if (auto parsed = match_name(platform, name)) return parsed;
  }
  return std::nullopt;
}

}  // namespace chatspec
