#include "harness/explore/fuzz/mutator.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "harness/explore/fuzz/interesting.h"
#include "harness/explore/fuzz/said_lines.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostChanges = 6;
constexpr std::size_t kMostWalkMessages = 5;
constexpr std::size_t kMostTextLines = 5;
constexpr std::size_t kValidPercent = 85;
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

bool is_too_much(const SaidConversation& conversation) {
  return size_of(conversation) > kMostSaidBytes || conversation.steps.size() > kMostSaidSteps;
}

}  // namespace

constexpr std::array<Mutator::Kind, 25> Mutator::kKinds{{
    {&Mutator::duplicate_line, 4},  {&Mutator::drop_line, 4},       {&Mutator::swap_lines, 3},
    {&Mutator::insert_line, 10},    {&Mutator::replace_line, 10},   {&Mutator::change_case, 2},
    {&Mutator::add_odd_bytes, 8},   {&Mutator::change_line_end, 6}, {&Mutator::lengthen_line, 4},
    {&Mutator::repeat_line, 1},     {&Mutator::flip_byte, 3},       {&Mutator::insert_byte, 3},
    {&Mutator::delete_bytes, 3},    {&Mutator::cut_segment, 8},     {&Mutator::join_segments, 1},
    {&Mutator::join_steps, 8},      {&Mutator::cut_step, 5},        {&Mutator::drop_step, 4},
    {&Mutator::duplicate_steps, 4}, {&Mutator::swap_steps, 3},      {&Mutator::insert_step, 8},
    {&Mutator::splice, 5},          {&Mutator::end_early, 4},       {&Mutator::change_end, 4},
    {&Mutator::change_keys, 2},
}};

Mutator::Mutator(const chat::Profile& profile, std::vector<std::size_t> key_counts,
                 std::uint64_t seed)
    : profile_(profile),
      key_counts_(std::move(key_counts)),
      random_(seed),
      commands_(make_command_lines(profile)),
      texts_(make_text_lines(profile)) {}

SaidConversation Mutator::mutate(const SaidConversation& parent, const SaidConversation& other) {
  SaidConversation changed = parent;
  std::size_t weights = 0;
  for (const Kind& kind : kKinds) weights += kind.weight;
  std::size_t changes = 1;
  while (changes < kMostChanges && happens(50)) ++changes;
  for (std::size_t i = 0; i < changes; ++i) {
    std::size_t drawn = below(weights);
    const Kind* kind = kKinds.data();
    for (; drawn >= kind->weight; ++kind) drawn -= kind->weight;
    SaidConversation next = changed;
    (this->*kind->change)(next, other);
    next = tidy(std::move(next));
    if (!next.steps.empty() && !is_too_much(next)) changed = std::move(next);
  }
  return changed;
}

SaidConversation Mutator::walk() {
  SaidConversation made{.keys = key_counts_.back()};
  const std::size_t valid_percent = happens(50) ? 100 : kValidPercent;
  const auto say = [&](std::string bytes) {
    made.steps.push_back({.segments = {std::move(bytes)}});
  };
  const auto command = [&](const std::string& right) {
    say(chat::encode_unit(profile_, happens(valid_percent) ? right : any_of(commands_)));
  };
  say(chat::encode_unit(profile_, profile_.hello));
  const std::size_t messages = 1 + below(kMostWalkMessages);
  for (std::size_t i = 0; i < messages; ++i) {
    command(profile_.data);
    say(any_text() + chat::encode_terminator(profile_));
    command(happens(50) ? profile_.pass : profile_.fail);
  }
  if (happens(50)) command(profile_.quit);
  return made;
}

std::string Mutator::any_text() {
  std::string text;
  const std::size_t lines = below(kMostTextLines);
  for (std::size_t i = 0; i < lines; ++i)
    text += any_of(texts_) + std::string(profile_.line_end_bytes());
  return text;
}

std::string Mutator::any_line() {
  return (happens(50) ? any_of(commands_) : any_of(texts_)) +
         std::string(profile_.line_end_bytes());
}

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
  edit_lines(conversation,
             [this](auto& lines, std::size_t at) { insert_at(lines, at, any_line()); });
}

void Mutator::replace_line(SaidConversation& conversation, const SaidConversation&) {
  edit_lines(conversation, [this](auto& lines, std::size_t at) { lines[at] = any_line(); });
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

void Mutator::cut_segment(SaidConversation& conversation, const SaidConversation&) {
  Said* step = any_step(conversation);
  if (!step || step->segments.empty()) return;
  const std::size_t which = below(step->segments.size());
  std::string& segment = step->segments[which];
  if (segment.size() < 2) return;
  const std::size_t at = 1 + below(segment.size() - 1);
  std::string rest = segment.substr(at);
  segment.resize(at);
  insert_at(step->segments, which + 1, std::move(rest));
}

void Mutator::join_segments(SaidConversation& conversation, const SaidConversation&) {
  if (Said* step = any_step(conversation)) step->segments = {bytes_of(*step)};
}

// In one segment, or one behind the other.
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
  const std::size_t place = 1 + below(bytes.size() - 1);
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
  Said step{.segments = {happens(60) ? chat::encode_unit(profile_, any_of(commands_))
                                     : any_text() + chat::encode_terminator(profile_)}};
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
  if (happens(50)) bytes.resize(below(bytes.size() + 1));
  conversation.steps.back() = {.segments = {std::move(bytes)}};
  change_end(conversation, conversation);
}

void Mutator::change_end(SaidConversation& conversation, const SaidConversation&) {
  constexpr std::array kEnds{SaidEnd::kHalfClose, SaidEnd::kHalfClose, SaidEnd::kClose,
                             SaidEnd::kReset, SaidEnd::kNone};
  if (!conversation.steps.empty()) conversation.steps.back().end = kEnds.at(below(kEnds.size()));
}

void Mutator::change_keys(SaidConversation& conversation, const SaidConversation&) {
  conversation.keys = key_counts_[below(key_counts_.size())];
}

}  // namespace chatspec
