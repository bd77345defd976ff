#include "harness/cli/options/missing_file.h"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// How systems, interpreters and loaders say that something was not found.
constexpr std::array<std::string_view, 11> kNotFound{
    "No such file",           "No module named",    "Could not find or load main class",
    "ClassNotFoundException", "Cannot find module", "cannot load such file",
    "Can't locate",           "Failed to open",     "cannot find",
    "could not open",         "not found"};
// What a name lacks that is not that of a file.
constexpr std::array<std::string_view, 6> kEndings{"", ".py", ".class", ".js", ".rb", ".lua"};
constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+";
constexpr std::size_t kMaxPlaces = 32;
constexpr std::size_t kMaxNames = 200;

// A folder to look in: `below` within `base`, which a program could be given as its folder.
struct SearchPlace {
  fs::path base;
  fs::path below;
};

std::vector<std::string_view> split_at_any(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// Whether it is the system's, such as an interpreter: nobody's program lies beside that.
bool is_of_system(std::string_view file) {
  constexpr std::array<std::string_view, 4> kFolders{"/usr/", "/bin/", "/sbin/", "/lib"};
  return std::ranges::any_of(kFolders, [&](auto folder) { return file.starts_with(folder); });
}

// Where the command line was typed, the folders there that its words name, as class paths do, and
// those of the files that it names.
std::vector<SearchPlace> places_of(const std::vector<std::string>& words, const fs::path& here) {
  std::vector<SearchPlace> places{{here, ""}};
  for (const std::string& word : words) {
    std::error_code error;
    if (word.starts_with('/') && fs::is_regular_file(word, error)) {
      if (is_of_system(word)) continue;
      places.push_back({fs::path(word).parent_path(), ""});
      continue;
    }
    for (const std::string_view part : split_at_any(word, ":=")) {
      if (!part.starts_with('/') && fs::is_directory(here / part, error)) {
        places.push_back({here, part});
      }
    }
  }
  places.resize(std::min(places.size(), kMaxPlaces));
  return places;
}

// The names in a line that may be those of files, without what a sentence ends with.
std::vector<std::string> names_in(std::string_view line) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : std::string(line) + "\n") {
    if (kNameCharacters.find(c) != std::string_view::npos) {
      name += c;
      continue;
    }
    name.erase(name.find_last_not_of('.') + 1);
    const bool usable = name.size() > 1 && !name.starts_with('/') && !name.contains("..");
    if (usable && names.size() < kMaxNames) names.push_back(name);
    name.clear();
  }
  return names;
}

std::string explain(const SearchPlace& place, const std::string& name) {
  for (const std::string_view ending : kEndings) {
    const fs::path file = (place.below / (name + std::string(ending))).lexically_normal();
    std::error_code error;
    if (!fs::exists(place.base / file, error)) continue;
    const std::string base = chat::escape_bytes(place.base.native());
    return fmt::format(
        "{} lies in {}, but the program starts in an empty folder; --folder {} lets it start in a "
        "copy",
        chat::escape_bytes(file.native()), base, base);
  }
  return {};
}

}  // namespace

std::string explain_missing_file(std::string_view errors, const std::vector<std::string>& words,
                                 const fs::path& here) {
  const std::vector<SearchPlace> places = places_of(words, here);
  for (const std::string_view line : split_at_any(errors, "\n")) {
    const bool tells = std::ranges::any_of(
        kNotFound, [&](std::string_view phrase) { return line.contains(phrase); });
    if (!tells) continue;
    for (const std::string& name : names_in(line)) {
      for (const SearchPlace& place : places) {
        if (std::string found = explain(place, name); !found.empty()) return found;
      }
    }
  }
  return {};
}

}  // namespace chatspec
