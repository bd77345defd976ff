#include "harness/explore/fuzz/mutator.h"

#include <utility>

#include "harness/explore/fuzz/said_lines.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostChanges = 6;

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
    {&Mutator::change_start, 2},    {&Mutator::change_line_ends, 3},
}};

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

}  // namespace chatspec
