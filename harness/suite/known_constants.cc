#include "harness/suite/known_constants.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/script/materials.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// Shorter ones, such as "the second message", are everybody's; longer ones hide in no source.
constexpr std::size_t kLeastText = 24;
constexpr std::size_t kMostText = 256;
constexpr std::size_t kMostMessage = 4096;  // what is longer is about its length

bool is_telling(std::string_view line) {
  if (line.size() < kLeastText || line.size() > kMostText) return false;
  // "xxxx…" is what everybody writes who wants a long line.
  constexpr std::size_t kFewLetters = 4;
  return std::ranges::all_of(line, [](char c) { return c >= ' ' && c <= '~'; }) &&
         std::set<char>(line.begin(), line.end()).size() > kFewLetters;
}

class Collector {
 public:
  explicit Collector(const chat::Profile& profile) : profile_(profile) {}

  // What is the same whatever the seed is.
  void add(const Case& played) {
    const Materials one = make_materials(played.scenario, profile_, played.id, 1, {});
    const Materials other = make_materials(played.scenario, profile_, played.id, 2, {});
    for (std::size_t i = 0; i < std::min(one.messages.size(), other.messages.size()); ++i) {
      if (one.messages[i] != other.messages[i] || one.messages[i].size() > kMostMessage) continue;
      add_lines(one.messages[i], played.id);
      const bool has_key = i < one.keys.size() && i < other.keys.size();
      if (has_key && one.keys[i] == other.keys[i] && !one.messages[i].empty())
        add_text(make_signature(one, profile_, i + 1, i + 1, SignatureForm::kRight),
                 "a signature of " + played.id);
    }
  }

  std::vector<KnownConstant> take() { return std::move(found_); }

 private:
  void add_lines(std::string_view text, const std::string& id) {
    while (!text.empty()) {
      const std::string_view line = chat::take_line(text);
      if (is_telling(line)) add_text(std::string(line), "a text of " + id);
    }
  }

  void add_text(std::string text, std::string what) {
    if (known_.insert(text).second) found_.push_back({std::move(text), std::move(what)});
  }

  const chat::Profile& profile_;
  std::set<std::string> known_{};
  std::vector<KnownConstant> found_{};
};

}  // namespace

std::vector<KnownConstant> find_known_constants(std::span<const Case> cases,
                                                const chat::Profile& profile) {
  Collector collector(profile);
  for (const Case& played : cases) {
    if (played.applies_to(profile)) collector.add(played);
  }
  return collector.take();
}

}  // namespace chatspec
