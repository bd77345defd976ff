// Each pass has a list of simpler conversations, of which the first that still shows it is taken,
// and the pass goes on with that one. Passes are repeated until none finds anything simpler.

#include "harness/explore/fuzz/minimise.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/fuzz/said_lines.h"

namespace chatspec {
namespace {

// Takes a simpler conversation; whether more are wanted. They are made one by one, since of a text
// of megabytes there are more than memory has room for.
using Offer = std::function<bool(SaidConversation)>;
using Pass = bool (*)(const chat::Profile&, const SaidConversation& now, const Offer& offer);

// Everything but one part, for parts of half the size and ever smaller ones. `take` says whether
// more are wanted; so does what comes back.
template <typename List, typename Take>
bool without_parts(const List& list, const Take& take) {
  for (std::size_t part = std::max<std::size_t>(1, list.size() / 2); part > 0; part /= 2) {
    for (std::size_t at = 0; at < list.size(); at += part) {
      List rest = list;
      const auto begin = rest.begin() + static_cast<std::ptrdiff_t>(at);
      rest.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(part, list.size() - at)));
      if (!take(std::move(rest))) return false;
    }
  }
  return true;
}

bool drop_all_cuts(const chat::Profile& profile, const SaidConversation& now, const Offer& offer) {
  return offer(say_patiently(profile, now));
}

bool drop_steps(const chat::Profile&, const SaidConversation& now, const Offer& offer) {
  return without_parts(now.steps, [&](std::vector<Said> steps) {
    SaidConversation simpler = now;
    simpler.steps = std::move(steps);
    return offer(std::move(simpler));
  });
}

// The i-th step in one segment, or said in several steps. `is_in_text`: it begins within a text.
bool drop_cuts_of_step(const chat::Profile& profile, const SaidConversation& now, std::size_t i,
                       bool is_in_text, const Offer& offer) {
  const Said& step = now.steps[i];
  const std::string bytes = bytes_of(step);
  if (step.segments.size() > 1) {
    SaidConversation joined = now;
    joined.steps[i].segments = {bytes};
    if (!offer(std::move(joined))) return false;
  }
  auto steps = in_lock_step(profile, bytes, is_in_text);
  if (steps.size() < 2) return true;
  steps.back().end = step.end;
  SaidConversation several = now;
  const auto place = several.steps.begin() + static_cast<std::ptrdiff_t>(i);
  several.steps.insert(several.steps.erase(place), steps.begin(), steps.end());
  return offer(std::move(several));
}

// A line that came in two steps comes in one.
bool join_lines_of_steps(const SaidConversation& now, const Offer& offer) {
  for (std::size_t i = 0; i + 1 < now.steps.size(); ++i) {
    if (now.steps[i].segments.empty() || now.steps[i].segments.back().ends_with('\n')) continue;
    SaidConversation joined = now;
    auto& all = joined.steps;
    all[i] = {.segments = {bytes_of(all[i]) + bytes_of(all[i + 1])}, .end = all[i + 1].end};
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(i + 1));
    if (!offer(std::move(joined))) return false;
  }
  return true;
}

bool drop_cuts(const chat::Profile& profile, const SaidConversation& now, const Offer& offer) {
  std::string before;
  for (std::size_t i = 0; i < now.steps.size(); ++i) {
    if (!drop_cuts_of_step(profile, now, i, ends_in_text(profile, before), offer)) return false;
    before += bytes_of(now.steps[i]);
  }
  return join_lines_of_steps(now, offer);
}

// Some of the cuts within a step are left.
bool drop_some_cuts(const chat::Profile&, const SaidConversation& now, const Offer& offer) {
  for (std::size_t i = 0; i < now.steps.size(); ++i) {
    std::vector<std::size_t> cuts;
    std::size_t end = 0;
    for (const std::string& segment : now.steps[i].segments) cuts.push_back(end += segment.size());
    if (cuts.size() < 3) continue;  // with one cut, there is only all or nothing
    cuts.pop_back();
    const std::string bytes = bytes_of(now.steps[i]);
    const bool wants_more = without_parts(cuts, [&](const std::vector<std::size_t>& left) {
      SaidConversation simpler = now;
      auto& segments = simpler.steps[i].segments;
      segments.clear();
      std::size_t begin = 0;
      for (const std::size_t cut : left) {
        segments.push_back(bytes.substr(begin, cut - begin));
        begin = cut;
      }
      segments.push_back(bytes.substr(begin));
      return offer(std::move(simpler));
    });
    if (!wants_more) return false;
  }
  return true;
}

bool drop_end(const chat::Profile&, const SaidConversation& now, const Offer& offer) {
  const SaidEnd end = now.steps.empty() ? SaidEnd::kNone : now.steps.back().end;
  if (end == SaidEnd::kNone) return true;
  SaidConversation simpler = now;
  simpler.steps.back().end = SaidEnd::kNone;
  if (!offer(simpler)) return false;
  if (end == SaidEnd::kHalfClose) return true;
  simpler.steps.back().end = SaidEnd::kHalfClose;
  return offer(std::move(simpler));
}

// Calls `edit` for each segment, with what takes another in its place.
template <typename Edit>
bool edit_segments(const SaidConversation& now, const Offer& offer, const Edit& edit) {
  for (std::size_t i = 0; i < now.steps.size(); ++i) {
    for (std::size_t j = 0; j < now.steps[i].segments.size(); ++j) {
      const auto put = [&](std::string segment) {
        SaidConversation simpler = now;
        simpler.steps[i].segments[j] = std::move(segment);
        return offer(std::move(simpler));
      };
      if (!edit(now.steps[i].segments[j], put)) return false;
    }
  }
  return true;
}

bool drop_lines(const chat::Profile&, const SaidConversation& now, const Offer& offer) {
  return edit_segments(now, offer, [](const std::string& segment, const auto& put) {
    const auto lines = split_lines(segment);
    if (lines.size() < 2) return true;
    return without_parts(
        lines, [&](const std::vector<std::string>& rest) { return put(join_lines(rest)); });
  });
}

bool is_command(const chat::Profile& profile, std::string_view unit) {
  return chat::is_word_of(profile, unit) || unit == profile.terminator;
}

// A line that is no command gets shorter, and its line end usual. `put` takes another in its place.
template <typename Put>
bool shorten_line(const chat::Profile& profile, std::string_view line, const Put& put) {
  const std::string unit(without_line_end(line));
  const std::string line_end(line.substr(unit.size()));
  if (!line_end.empty() && line_end != profile.line_end_bytes() &&
      !put(unit + std::string(profile.line_end_bytes())))
    return false;
  if (is_command(profile, unit) || unit.empty()) return true;
  if (!put(line_end)) return false;
  if (unit != "a" && !put("a" + line_end)) return false;
  return without_parts(unit, [&](const std::string& shorter) { return put(shorter + line_end); });
}

bool shorten_lines(const chat::Profile& profile, const SaidConversation& now, const Offer& offer) {
  return edit_segments(now, offer, [&](const std::string& segment, const auto& put) {
    const auto lines = split_lines(segment);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto put_line = [&](std::string line) {
        auto changed = lines;
        changed[i] = std::move(line);
        return put(join_lines(changed));
      };
      if (!shorten_line(profile, lines[i], put_line)) return false;
    }
    return true;
  });
}

bool use_usual_keys(std::size_t least, const chat::Profile& profile, const SaidConversation& now,
                    const Offer& offer) {
  if (now.keys <= least) return true;
  std::size_t texts = 0;
  for (const Said& step : now.steps) {
    for (const std::string& line : split_lines(bytes_of(step)))
      texts += without_line_end(line) == profile.data ? 1 : 0;
  }
  for (const std::size_t keys : {least, std::max(least, texts)}) {
    if (keys >= now.keys) continue;
    SaidConversation simpler = now;
    simpler.keys = keys;
    if (!offer(std::move(simpler))) return false;
  }
  return true;
}

bool drop_messages(const chat::Profile&, const SaidConversation& now, const Offer& offer) {
  return without_parts(now.messages, [&](std::vector<std::string> messages) {
    if (messages.empty()) return true;
    SaidConversation simpler = now;
    simpler.messages = std::move(messages);
    return offer(std::move(simpler));
  });
}

bool shorten_messages(const chat::Profile&, const SaidConversation& now, const Offer& offer) {
  for (std::size_t i = 0; i < now.messages.size(); ++i) {
    const auto put = [&](std::string message) {
      SaidConversation simpler = now;
      simpler.messages[i] = std::move(message);
      return offer(std::move(simpler));
    };
    const std::string& message = now.messages[i];
    if (message == "a") continue;
    if (!put("a")) return false;
    if (message.size() > 1 && !without_parts(message, put)) return false;
  }
  return true;
}

class Minimiser {
 public:
  Minimiser(const FindShowing& find, const MinimiseSettings& settings)
      : find_(find), settings_(settings) {}

  // Takes the first that shows it of what `pass` offers for `now`; whether there was one.
  template <typename Pass>
  bool take(const Pass& pass, SaidConversation& now) {
    std::vector<SaidConversation> some;
    std::optional<SaidConversation> found;
    const auto ask = [&] {
      tries_ += some.size();
      const auto showing = some.empty() ? std::nullopt : find_(some);
      if (showing) found = std::move(some[*showing]);
      some.clear();
      return !found && !is_tired();
    };
    const bool all_offered = pass(now, [&](SaidConversation simpler) {
      simpler = tidy(std::move(simpler));
      // A client begins by itself, and may show something before anything is said.
      if ((simpler.steps.empty() && simpler.messages.empty()) || simpler == now) return true;
      some.push_back(std::move(simpler));
      return some.size() < settings_.at_a_time || ask();
    });
    if (all_offered) ask();
    if (!found) return false;
    now = *std::move(found);
    return true;
  }

  template <typename Pass>
  bool take_all(const Pass& pass, SaidConversation& now) {
    bool is_simpler = false;
    while (!is_tired() && take(pass, now)) is_simpler = true;
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
  SaidConversation patient = conversation;
  patient.steps = in_lock_step(profile, bytes);
  const SaidEnd end = conversation.steps.empty() ? SaidEnd::kNone : conversation.steps.back().end;
  if (end != SaidEnd::kNone) patient.steps.push_back({.segments = {}, .end = end});
  return patient;
}

SaidConversation minimise(const chat::Profile& profile, SaidConversation conversation,
                          const FindShowing& find, const MinimiseSettings& settings) {
  Minimiser minimiser(find, settings);
  const auto with_profile = [&](Pass pass) {
    return [&profile, pass](const SaidConversation& now, const Offer& offer) {
      return pass(profile, now, offer);
    };
  };
  const auto use_keys = [&](const SaidConversation& now, const Offer& offer) {
    return use_usual_keys(settings.least_keys, profile, now, offer);
  };
  bool is_simpler = true;
  while (is_simpler && !minimiser.is_tired()) {
    is_simpler = minimiser.take(with_profile(&drop_all_cuts), conversation);
    for (const Pass pass : {&drop_steps, &drop_end, &drop_lines, &drop_cuts, &drop_some_cuts,
                            &drop_messages, &shorten_messages, &shorten_lines})
      is_simpler |= minimiser.take_all(with_profile(pass), conversation);
    is_simpler |= minimiser.take_all(use_keys, conversation);
  }
  return conversation;
}

}  // namespace chatspec
