// Changes conversations at random, and makes new ones: lines, bytes, order, cuts and ends.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// So much is said in one conversation at most.
inline constexpr std::size_t kMostSaidBytes = std::size_t{192} << 10;
inline constexpr std::size_t kMostSaidSteps = 100;

// The same sequence of calls gives the same conversations for a seed, on every machine.
class Mutator {
 public:
  // Borrows the profile, which has line ends. `key_counts`: with how many keys a server may be
  // started, at least one number.
  Mutator(const chat::Profile& profile, std::vector<std::size_t> key_counts, std::uint64_t seed);

  // One change or several. `other` is what parts may be taken from.
  SaidConversation mutate(const SaidConversation& parent, const SaidConversation& other);
  // One that does what the protocol wants, or mostly so, with unusual texts.
  SaidConversation walk();

  // 0 <= below(n) < n.
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

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
  std::string any_of(const std::vector<std::string>& lines) { return lines[below(lines.size())]; }
  // 0 < choose_cut(bytes) < bytes.size(), of at least two.
  std::size_t choose_cut(std::string_view bytes);
  std::string any_line();
  std::string any_text();
  bool happens(std::size_t percent) { return below(100) < percent; }

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
  void change_keys(SaidConversation&, const SaidConversation&);

  const chat::Profile& profile_;
  std::vector<std::size_t> key_counts_;
  std::mt19937_64 random_;
  std::vector<std::string> commands_;
  std::vector<std::string> texts_;
};

}  // namespace chatspec
