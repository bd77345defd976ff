// Each pass has a list of simpler conversations, of which the first that still shows it is taken,
// and the pass goes on with that one. Passes are repeated until none finds anything simpler.

#include "harness/explore/fuzz/minimise.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/fuzz/said_lines.h"

namespace chatspec {
namespace {

using Simpler = std::vector<SaidConversation>;

// Everything but one part, for parts of half the size and ever smaller ones.
template <typename List>
std::vector<List> without_parts(const List& list) {
  std::vector<List> shorter;
  for (std::size_t part = std::max<std::size_t>(1, list.size() / 2); part > 0; part /= 2) {
    for (std::size_t at = 0; at < list.size(); at += part) {
      List rest = list;
      const auto begin = rest.begin() + static_cast<std::ptrdiff_t>(at);
      rest.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(part, list.size() - at)));
      shorter.push_back(std::move(rest));
    }
  }
  return shorter;
}

Simpler drop_all_cuts(const chat::Profile& profile, const SaidConversation& now) {
  return {say_patiently(profile, now)};
}

Simpler drop_steps(const chat::Profile&, const SaidConversation& now) {
  Simpler simpler;
  for (auto& steps : without_parts(now.steps))
    simpler.push_back({.steps = std::move(steps), .keys = now.keys});
  return simpler;
}

// Each step in one segment, or said in several steps.
Simpler drop_cuts(const chat::Profile& profile, const SaidConversation& now) {
  Simpler simpler;
  std::string before;
  for (std::size_t i = 0; i < now.steps.size(); ++i) {
    const Said& step = now.steps[i];
    const std::string bytes = bytes_of(step);
    const bool is_in_text = ends_in_text(profile, before);
    before += bytes;
    if (step.segments.size() > 1) {
      simpler.push_back(now);
      simpler.back().steps[i].segments = {bytes};
    }
    auto steps = in_lock_step(profile, bytes, is_in_text);
    if (steps.size() < 2) continue;
    steps.back().end = step.end;
    simpler.push_back(now);
    auto& all = simpler.back().steps;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(i), steps.begin(), steps.end());
  }
  for (std::size_t i = 0; i + 1 < now.steps.size(); ++i) {  // a line that came in two steps
    if (now.steps[i].segments.empty() || now.steps[i].segments.back().ends_with('\n')) continue;
    simpler.push_back(now);
    auto& all = simpler.back().steps;
    all[i] = {.segments = {bytes_of(all[i]) + bytes_of(all[i + 1])}, .end = all[i + 1].end};
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i + 1));
  }
  return simpler;
}

Simpler drop_end(const chat::Profile&, const SaidConversation& now) {
  if (now.steps.back().end == SaidEnd::kNone) return {};
  Simpler simpler{now};
  simpler.back().steps.back().end = SaidEnd::kNone;
  if (now.steps.back().end == SaidEnd::kHalfClose) return simpler;
  simpler.push_back(now);
  simpler.back().steps.back().end = SaidEnd::kHalfClose;
  return simpler;
}

// Calls `edit` for each segment; what it gives stands in its place.
template <typename Edit>
Simpler edit_segments(const SaidConversation& now, const Edit& edit) {
  Simpler simpler;
  for (std::size_t i = 0; i < now.steps.size(); ++i) {
    for (std::size_t j = 0; j < now.steps[i].segments.size(); ++j) {
      for (std::string& segment : edit(now.steps[i].segments[j])) {
        simpler.push_back(now);
        simpler.back().steps[i].segments[j] = std::move(segment);
      }
    }
  }
  return simpler;
}

Simpler drop_lines(const chat::Profile&, const SaidConversation& now) {
  return edit_segments(now, [](const std::string& segment) {
    const auto lines = split_lines(segment);
    std::vector<std::string> shorter;
    if (lines.size() < 2) return shorter;
    for (const auto& rest : without_parts(lines)) shorter.push_back(join_lines(rest));
    return shorter;
  });
}

bool is_command(const chat::Profile& profile, std::string_view unit) {
  return chat::is_word_of(profile, unit) || unit == profile.terminator;
}

// Lines that are no command get shorter, and their line ends usual.
Simpler shorten_lines(const chat::Profile& profile, const SaidConversation& now) {
  return edit_segments(now, [&](const std::string& segment) {
    const auto lines = split_lines(segment);
    std::vector<std::string> simpler;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string unit(without_line_end(lines[i]));
      const std::string line_end = lines[i].substr(unit.size());
      const auto put = [&](const std::string& line) {
        auto changed = lines;
        changed[i] = line;
        simpler.push_back(join_lines(changed));
      };
      if (!line_end.empty() && line_end != profile.line_end_bytes())
        put(unit + std::string(profile.line_end_bytes()));
      if (is_command(profile, unit) || unit.empty()) continue;
      put(line_end);
      if (unit != "a") put("a" + line_end);
      for (const std::string& shorter : without_parts(unit)) put(shorter + line_end);
    }
    return simpler;
  });
}

Simpler use_usual_keys(std::size_t least, const chat::Profile& profile,
                       const SaidConversation& now) {
  std::size_t texts = 0;
  for (const Said& step : now.steps) {
    for (const std::string& line : split_lines(bytes_of(step)))
      texts += without_line_end(line) == profile.data ? 1 : 0;
  }
  Simpler simpler;
  for (const std::size_t keys : {least, std::max(least, texts)}) {
    if (keys >= now.keys) continue;
    simpler.push_back(now);
    simpler.back().keys = keys;
  }
  return simpler;
}

class Minimiser {
 public:
  Minimiser(const FindShowing& find, const MinimiseSettings& settings)
      : find_(find), settings_(settings) {}

  // Takes the first that shows it; whether there was one.
  bool take(Simpler simpler, SaidConversation& now) {
    for (SaidConversation& one : simpler) one = tidy(std::move(one));
    std::erase_if(simpler, [&](const auto& one) { return one.steps.empty() || one == now; });
    const std::span<const SaidConversation> all(simpler);
    for (std::size_t at = 0; at < all.size() && !is_tired(); at += settings_.at_a_time) {
      const auto some = all.subspan(at, std::min(settings_.at_a_time, all.size() - at));
      tries_ += some.size();
      if (const auto found = find_(some)) {
        now = SaidConversation(some[*found]);
        return true;
      }
    }
    return false;
  }

  template <typename Pass>
  bool take_all(const Pass& pass, SaidConversation& now) {
    bool is_simpler = false;
    while (!is_tired() && take(pass(now), now)) is_simpler = true;
    return is_simpler;
  }

  bool is_tired() const { return tries_ >= settings_.most_tries; }

 private:
  const FindShowing& find_;
  const MinimiseSettings& settings_;
  std::size_t tries_ = 0;
};

}  // namespace

SaidConversation say_patiently(const chat::Profile& profile, const SaidConversation& conversation) {
  std::string bytes;
  for (const Said& step : conversation.steps) bytes += bytes_of(step);
  SaidConversation patient{.steps = in_lock_step(profile, bytes), .keys = conversation.keys};
  const SaidEnd end = conversation.steps.back().end;
  if (end != SaidEnd::kNone) patient.steps.push_back({.segments = {}, .end = end});
  return patient;
}

SaidConversation minimise(const chat::Profile& profile, SaidConversation conversation,
                          const FindShowing& find, const MinimiseSettings& settings) {
  Minimiser minimiser(find, settings);
  const auto run = [&](Simpler (*pass)(const chat::Profile&, const SaidConversation&)) {
    return minimiser.take_all([&](const auto& now) { return pass(profile, now); }, conversation);
  };
  bool is_simpler = true;
  while (is_simpler && !minimiser.is_tired()) {
    is_simpler = minimiser.take(drop_all_cuts(profile, conversation), conversation);
    is_simpler |= run(drop_steps);
    is_simpler |= run(drop_end);
    is_simpler |= run(drop_lines);
    is_simpler |= run(drop_cuts);
    is_simpler |= run(shorten_lines);
    is_simpler |= minimiser.take_all(
        [&](const auto& now) { return use_usual_keys(settings.least_keys, profile, now); },
        conversation);
  }
  return conversation;
}

}  // namespace chatspec
