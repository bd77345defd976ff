// Each change, by itself.

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/explore/fuzz/interesting.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/said_lines.h"

namespace chatspec {
namespace {

// Enough for arrays of a thousand lines.
constexpr std::size_t kMostRepeats = 1200;

template <typename List>
void insert_at(List& list, std::size_t at, typename List::value_type value) {
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), std::move(value));
}

template <typename List>
void erase_at(List& list, std::size_t at, std::size_t count = 1) {
  const auto begin = list.begin() + static_cast<std::ptrdiff_t>(at);
  list.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(count, list.size() - at)));
}

}  // namespace

Said* Mutator::any_step(SaidConversation& conversation) {
  if (conversation.steps.empty()) return nullptr;
  return &conversation.steps[below(conversation.steps.size())];
}

std::string* Mutator::any_segment(SaidConversation& conversation) {
  Said* step = any_step(conversation);
  if (!step || step->segments.empty()) return nullptr;
  return &step->segments[below(step->segments.size())];
}

template <typename Edit>
void Mutator::edit_lines(SaidConversation& conversation, const Edit& edit) {
  std::string* segment = any_segment(conversation);
  if (!segment) return;
  auto lines = split_lines(*segment);
  edit(lines, below(lines.size()));
  *segment = join_lines(lines);
}

template <typename Edit>
void Mutator::edit_line(SaidConversation& conversation, const Edit& edit) {
  edit_lines(conversation, [&](std::vector<std::string>& lines, std::size_t at) {
    const std::string_view unit = without_line_end(lines[at]);
    const std::string line_end = lines[at].substr(unit.size());
    lines[at] = edit(std::string(unit)) + line_end;
  });
}

void Mutator::duplicate_line(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation, [](auto& lines, std::size_t at) { insert_at(lines, at, lines[at]); });
}

void Mutator::drop_line(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation, [](auto& lines, std::size_t at) { erase_at(lines, at); });
}

void Mutator::swap_lines(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation, [this](auto& lines, std::size_t at) {
    std::swap(lines[at], lines[below(lines.size())]);
  });
}

void Mutator::insert_line(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation, [this](auto& lines, std::size_t at) {
    insert_at(lines, at, speaker_.any_line(dice_));
  });
}

void Mutator::replace_line(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation,
             [this](auto& lines, std::size_t at) { lines[at] = speaker_.any_line(dice_); });
}

void Mutator::change_case(SaidConversation& conversation, const SaidConversation&) {
  edit_line(conversation, [](std::string unit) {
    for (char& c : unit) {
      const auto byte = static_cast<unsigned char>(c);
      c = static_cast<char>(std::isupper(byte) != 0 ? std::tolower(byte) : std::toupper(byte));
    }
    return unit;
  });
}

void Mutator::add_odd_bytes(SaidConversation& conversation, const SaidConversation&) {
  edit_line(conversation, [this](std::string unit) {
    const std::array places{std::size_t{0}, unit.size(), below(unit.size() + 1)};
    return unit.insert(places.at(below(places.size())), odd_bytes()[below(odd_bytes().size())]);
  });
}

void Mutator::change_line_end(SaidConversation& conversation, const SaidConversation&) {
  constexpr std::array kLineEnds{"\r\n", "\n", "\r\n", "\r", "", "\n\n", "\r\r\n", "\n\r"};
  edit_lines(conversation, [&](auto& lines, std::size_t at) {
    lines[at] = std::string(without_line_end(lines[at])) + kLineEnds.at(below(kLineEnds.size()));
  });
}

void Mutator::change_line_ends(SaidConversation& conversation, const SaidConversation&) {
  const std::string line_end = happens(80) ? "\r\n" : "\n";
  for (Said& step : conversation.steps) {
    for (std::string& segment : step.segments) {
      auto lines = split_lines(segment);
      for (std::string& line : lines) {
        if (line.ends_with('\n')) line = std::string(without_line_end(line)) + line_end;
      }
      segment = join_lines(lines);
    }
  }
}

void Mutator::lengthen_line(SaidConversation& conversation, const SaidConversation&) {
  edit_line(conversation, [this](const std::string& unit) {
    const std::size_t length = edge_lengths()[below(edge_lengths().size())];
    std::string longer = unit;
    const std::string filling = happens(70) || unit.empty() ? "x" : unit;
    while (longer.size() < length) longer += filling;
    return longer.substr(0, std::max(length, unit.size()));
  });
}

void Mutator::repeat_line(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation, [this](auto& lines, std::size_t at) {
    const std::string line = lines[at].size() > 64 ? "x\n" : lines[at];
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), below(kMostRepeats), line);
  });
}

void Mutator::flip_byte(SaidConversation& conversation, const SaidConversation&) {
  std::string* segment = any_segment(conversation);
  if (!segment) return;
  char& byte = (*segment)[below(segment->size())];
  byte = happens(50) ? static_cast<char>(byte ^ (1 << below(8))) : static_cast<char>(below(256));
}

void Mutator::insert_byte(SaidConversation& conversation, const SaidConversation&) {
  std::string* segment = any_segment(conversation);
  if (segment) segment->insert(below(segment->size() + 1), 1, static_cast<char>(below(256)));
}

void Mutator::delete_bytes(SaidConversation& conversation, const SaidConversation&) {
  std::string* segment = any_segment(conversation);
  if (segment) segment->erase(below(segment->size()), 1 + below(3));
}

// Mostly beside what means something, where reading goes wrong.
std::size_t Mutator::choose_cut(std::string_view bytes) {
  const auto means_something = [this](char c) {
    return c == '\r' || c == '\n' || c == profile_.terminator.front() || c == profile_.escape;
  };
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    if (means_something(bytes[i - 1]) || means_something(bytes[i])) places.push_back(i);
  }
  return places.empty() || happens(40) ? 1 + below(bytes.size() - 1) : places[below(places.size())];
}

void Mutator::cut_segment(SaidConversation& conversation, const SaidConversation&) {
  Said* step = any_step(conversation);
  if (!step || step->segments.empty()) return;
  const std::size_t which = below(step->segments.size());
  std::string& segment = step->segments[which];
  if (segment.size() < 2) return;
  const std::size_t at = choose_cut(segment);
  std::string rest = segment.substr(at);
  segment.resize(at);
  insert_at(step->segments, which + 1, std::move(rest));
}

void Mutator::join_segments(SaidConversation& conversation, const SaidConversation&) {
  if (Said* step = any_step(conversation)) step->segments = {bytes_of(*step)};
}

// In one segment, or one after the other.
void Mutator::join_steps(SaidConversation& conversation, const SaidConversation&) {
  auto& steps = conversation.steps;
  if (steps.size() < 2) return;
  const std::size_t at = below(steps.size() - 1);
  Said joined = steps[at];
  joined.end = steps[at + 1].end;
  for (std::string& segment : steps[at + 1].segments) joined.segments.push_back(segment);
  if (happens(70)) joined.segments = {bytes_of(joined)};
  steps[at] = std::move(joined);
  erase_at(steps, at + 1);
}

void Mutator::cut_step(SaidConversation& conversation, const SaidConversation&) {
  if (conversation.steps.empty()) return;
  const std::size_t at = below(conversation.steps.size());
  Said& step = conversation.steps[at];
  const std::string bytes = bytes_of(step);
  if (bytes.size() < 2) return;
  const std::size_t place = choose_cut(bytes);
  Said rest{.segments = {bytes.substr(place)}, .end = step.end};
  step = {.segments = {bytes.substr(0, place)}};
  insert_at(conversation.steps, at + 1, std::move(rest));
}

void Mutator::drop_step(SaidConversation& conversation, const SaidConversation&) {
  if (!conversation.steps.empty()) erase_at(conversation.steps, below(conversation.steps.size()));
}

void Mutator::duplicate_steps(SaidConversation& conversation, const SaidConversation&) {
  auto& steps = conversation.steps;
  if (steps.empty()) return;
  const std::size_t begin = below(steps.size());
  const std::size_t count = 1 + below(std::min<std::size_t>(4, steps.size() - begin));
  const std::vector<Said> copied(steps.begin() + static_cast<std::ptrdiff_t>(begin),
                                 steps.begin() + static_cast<std::ptrdiff_t>(begin + count));
  steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(begin), copied.begin(), copied.end());
}

void Mutator::swap_steps(SaidConversation& conversation, const SaidConversation&) {
  if (conversation.steps.size() > 1) std::swap(*any_step(conversation), *any_step(conversation));
}

void Mutator::insert_step(SaidConversation& conversation, const SaidConversation&) {
  Said step = speaker_.any_step(dice_);
  insert_at(conversation.steps, below(conversation.steps.size() + 1), std::move(step));
}

void Mutator::splice(SaidConversation& conversation, const SaidConversation& other) {
  auto& steps = conversation.steps;
  steps.resize(below(steps.size() + 1));
  const std::size_t from = below(other.steps.size() + 1);
  steps.insert(steps.end(), other.steps.begin() + static_cast<std::ptrdiff_t>(from),
               other.steps.end());
}

void Mutator::end_early(SaidConversation& conversation, const SaidConversation&) {
  if (conversation.steps.empty()) return;
  conversation.steps.resize(1 + below(conversation.steps.size()));
  std::string bytes = bytes_of(conversation.steps.back());
  if (happens(60) && bytes.size() > 1) bytes.resize(choose_cut(bytes));
  conversation.steps.back() = {.segments = {std::move(bytes)}};
  change_end(conversation, conversation);
}

void Mutator::change_end(SaidConversation& conversation, const SaidConversation&) {
  constexpr std::array kEnds{SaidEnd::kHalfClose, SaidEnd::kHalfClose, SaidEnd::kClose,
                             SaidEnd::kReset, SaidEnd::kNone};
  if (!conversation.steps.empty()) conversation.steps.back().end = kEnds.at(below(kEnds.size()));
}

void Mutator::change_start(SaidConversation& conversation, const SaidConversation&) {
  speaker_.change_start(conversation, dice_);
}

}  // namespace chatspec
