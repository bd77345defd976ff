// Changes conversations at random, and makes new ones: lines, bytes, order, cuts and ends.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/fuzz/speaker.h"
#include "reference/profile.h"

namespace chatspec {

// So much is said in one conversation at most.
inline constexpr std::size_t kMostSaidBytes = std::size_t{192} << 10;
inline constexpr std::size_t kMostSaidSteps = 100;

// The same sequence of calls gives the same conversations for a seed, on every machine.
class Mutator {
 public:
  // Borrows both; the profile has line ends.
  Mutator(const chat::Profile& profile, const Speaker& speaker, std::uint64_t seed)
      : profile_(profile), speaker_(speaker), dice_(seed) {}

  // One change or several. `other` is what parts may be taken from.
  SaidConversation mutate(const SaidConversation& parent, const SaidConversation& other);
  SaidConversation walk() { return speaker_.walk(dice_); }

  std::size_t below(std::size_t n) { return dice_.below(n); }

 private:
  using Change = void (Mutator::*)(SaidConversation& conversation, const SaidConversation& other);
  struct Kind {
    Change change;
    std::size_t weight;
  };
  static const std::array<Kind, 26> kKinds;

  // The lines of a random segment are changed, and put together again.
  template <typename Edit>
  void edit_lines(SaidConversation& conversation, const Edit& edit);
  template <typename Edit>
  void edit_line(SaidConversation& conversation, const Edit& edit);
  std::string* any_segment(SaidConversation& conversation);
  Said* any_step(SaidConversation& conversation);
  // 0 < choose_cut(bytes) < bytes.size(), of at least two.
  std::size_t choose_cut(std::string_view bytes);
  bool happens(std::size_t percent) { return dice_.happens(percent); }

  void duplicate_line(SaidConversation&, const SaidConversation&);
  void drop_line(SaidConversation&, const SaidConversation&);
  void swap_lines(SaidConversation&, const SaidConversation&);
  void insert_line(SaidConversation&, const SaidConversation&);
  void replace_line(SaidConversation&, const SaidConversation&);
  void change_case(SaidConversation&, const SaidConversation&);
  void add_odd_bytes(SaidConversation&, const SaidConversation&);
  void change_line_end(SaidConversation&, const SaidConversation&);
  void change_line_ends(SaidConversation&, const SaidConversation&);
  void lengthen_line(SaidConversation&, const SaidConversation&);
  void repeat_line(SaidConversation&, const SaidConversation&);
  void flip_byte(SaidConversation&, const SaidConversation&);
  void insert_byte(SaidConversation&, const SaidConversation&);
  void delete_bytes(SaidConversation&, const SaidConversation&);
  void cut_segment(SaidConversation&, const SaidConversation&);
  void join_segments(SaidConversation&, const SaidConversation&);
  void join_steps(SaidConversation&, const SaidConversation&);
  void cut_step(SaidConversation&, const SaidConversation&);
  void drop_step(SaidConversation&, const SaidConversation&);
  void duplicate_steps(SaidConversation&, const SaidConversation&);
  void swap_steps(SaidConversation&, const SaidConversation&);
  void insert_step(SaidConversation&, const SaidConversation&);
  void splice(SaidConversation&, const SaidConversation&);
  void end_early(SaidConversation&, const SaidConversation&);
  void change_end(SaidConversation&, const SaidConversation&);
  void change_start(SaidConversation&, const SaidConversation&);

  const chat::Profile& profile_;
  const Speaker& speaker_;
  Dice dice_;
};

}  // namespace chatspec
