#include "harness/explore/fuzz/mutator.h"

#include <algorithm>
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

bool is_too_much(const SaidConversation& conversation) {
  return size_of(conversation) > kMostSaidBytes || conversation.steps.size() > kMostSaidSteps;
}

}  // namespace

constexpr std::array<Mutator::Kind, 26> Mutator::kKinds{{
    {&Mutator::duplicate_line, 4},  {&Mutator::drop_line, 4},        {&Mutator::swap_lines, 3},
    {&Mutator::insert_line, 10},    {&Mutator::replace_line, 10},    {&Mutator::change_case, 2},
    {&Mutator::add_odd_bytes, 8},   {&Mutator::change_line_end, 6},  {&Mutator::lengthen_line, 4},
    {&Mutator::repeat_line, 1},     {&Mutator::flip_byte, 3},        {&Mutator::insert_byte, 3},
    {&Mutator::delete_bytes, 3},    {&Mutator::cut_segment, 8},      {&Mutator::join_segments, 1},
    {&Mutator::join_steps, 8},      {&Mutator::cut_step, 5},         {&Mutator::drop_step, 4},
    {&Mutator::duplicate_steps, 4}, {&Mutator::swap_steps, 3},       {&Mutator::insert_step, 8},
    {&Mutator::splice, 5},          {&Mutator::end_early, 4},        {&Mutator::change_end, 4},
    {&Mutator::change_keys, 2},     {&Mutator::change_line_ends, 3},
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

}  // namespace chatspec
