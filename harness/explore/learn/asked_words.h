// Words asked of a teacher, each only once: what was answered is kept as a tree.
//
// Systems that answer the same word differently are asked again and their answers vote. A majority
// of two thirds decides, two votes ahead at least; where there is none after so many repeats, the
// place stays undecided: the answer that came most often stands from then on, so that whoever asks
// sees a deterministic system and comes to an end. All places where answers differed are kept.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "harness/explore/learn/observation_tree.h"
#include "harness/explore/learn/teacher.h"

namespace chatspec::learning {

struct AskSettings {
  // Which outputs end a session: what follows is answered `after_end` and is never asked. None
  // where it is empty.
  std::function<bool(Output)> ends{};
  Output after_end = kUnknownOutput;

  // How often at most a word is asked again when its answers differ.
  int most_repeats = 6;

  // How many words may be asked in all, repeats among them.
  std::uint64_t most_words = UINT64_MAX;
};

// A place at which a system did not always answer the same.
struct UnstablePlace {
  Word word{};                      // its last symbol is the one
  std::map<Output, int> answers{};  // how often each came
  bool is_decided = true;           // whether one of them has the majority
};

struct AskStatistics {
  std::uint64_t words = 0;       // asked, repeats among them
  std::uint64_t symbols = 0;     // sent
  std::uint64_t cache_hits = 0;  // words that were known already
  std::uint64_t repeats = 0;     // words asked again because answers differed
};

class AskedWords {
 public:
  // Borrows the teacher.
  AskedWords(Teacher& teacher, int inputs, AskSettings settings = {});

  // One output for each symbol, also of those after the end of a session.
  Answer answer(std::span<const Symbol> word);

  // Asks what of these words is not known yet, several at once where the teacher can. Stops at the
  // first failure.
  std::expected<void, TeacherFailure> ask_all(std::span<const Word> words);

  // Goes on from the word of a node, symbol by symbol as `next` says from what was answered since;
  // it is asked again when the session has ended or the tree knows the answer. The word is not
  // asked at all where everything is known. Gives the symbols that followed the node's.
  std::expected<Word, TeacherFailure> explore(Node from, const NextSymbol& next);

  // Asks a word again although it is known.
  std::expected<void, TeacherFailure> confirm(std::span<const Symbol> word);

  // Whether the last symbol of a word that is known was answered less often than that, so that a
  // wrong answer may not have shown. Not where answers were seen to differ: those have been voted
  // on.
  bool is_doubtful(std::span<const Symbol> word, int least_answers) const;

  const ObservationTree& tree() const { return tree_; }

  // Grows when an answer that was given before was replaced: what was concluded from it may be
  // wrong, and nodes of the tree may no longer belong to it.
  std::uint64_t revision() const { return revision_; }

  bool ends(Output output) const { return settings_.ends && settings_.ends(output); }
  const AskStatistics& statistics() const { return statistics_; }
  std::vector<UnstablePlace> unstable_places() const;

 private:
  struct Vote;

  Answer ask(std::span<const Symbol> word);
  std::expected<void, TeacherFailure> note(std::span<const Symbol> word,
                                           std::vector<Output> outputs);
  std::expected<void, TeacherFailure> settle(std::span<const Symbol> word,
                                             std::vector<std::vector<Output>> runs);
  Vote count_votes(std::span<const Symbol> word,
                   const std::vector<std::vector<Output>>& runs) const;
  void keep(std::span<const Symbol> word, const Vote& vote);
  TeacherFailure budget_used() const;
  Answer take(std::span<const Symbol> word, Answer answer);
  bool is_known(std::span<const Symbol> word) const;
  bool is_known_further(Node from, std::span<const Symbol> word) const;
  bool contradicts(std::span<const Symbol> word, std::span<const Output> outputs) const;

  Teacher& teacher_;
  AskSettings settings_;
  ObservationTree tree_;
  std::map<Word, UnstablePlace> unstable_{};
  std::uint64_t revision_ = 0;
  AskStatistics statistics_{};
};

}  // namespace chatspec::learning
