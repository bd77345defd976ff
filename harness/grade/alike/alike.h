// Which submissions behave alike beyond chance. A hint for a person who then looks, and no proof:
// those who learned the same may make the same mistakes.
//
// What few of a class do says much where two do it, what many do says little. So each trait that
// two share counts as many bits as it is rare among all, -log2 of the share that shows it, and each
// mistake that only one of them makes counts against it. That is the logarithm of how much likelier
// it is that one was made from the other than that both were made alone, where whoever copies keeps
// a mistake in 8 of 10 cases and traits do not hang together. They do in part; so of mistakes that
// are told in the same words the rarest counts, of other traits that the very same submissions show
// one of each kind, and cases only as far as they are rare among those with the same mistake. What
// a program says and how it writes counts only where it is shared: a translation does not keep it.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/grade/alike/fingerprint.h"

namespace chatspec {

struct SharedTrait {
  Trait trait{};
  std::string words{};
  double bits = 0;
  std::size_t shown_by = 0;  // submissions of the class
};

struct AlikePair {
  std::size_t one = 0;  // indices of the fingerprints
  std::size_t other = 0;
  double bits = 0;
};

// Why two are alike.
struct AlikeEvidence {
  std::vector<SharedTrait> shared{};    // what counts most first
  std::vector<std::string> only_one{};  // mistakes, in words
  std::vector<std::string> only_other{};
};

class AlikeSearch {
 public:
  // Borrows them.
  explicit AlikeSearch(std::span<const Fingerprint> all);

  // With so many bits, at most one in twenty classes of this size would have any such pair, were
  // traits independent of each other: log2 of twenty times the number of pairs. (Of two that were
  // made alone, the bits reach B with a probability of at most 2^-B: Markov's inequality.)
  double bits_beyond_chance() const;

  // All pairs that have at least so many bits, the most alike first. Those in which nothing is
  // wrong are alike to nobody.
  std::vector<AlikePair> find_pairs(double least_bits) const;

  AlikeEvidence explain(const AlikePair& pair) const;

 private:
  // A trait as pairs are compared by it.
  struct Weight {
    double bits = 0;          // where both show it
    double bits_against = 0;  // where only one does; 0 or less
    std::size_t group = 0;    // of which one counts
    std::size_t shown_by = 0;
  };
  struct Known {
    const Trait* trait = nullptr;
    const std::string* words = nullptr;
  };

  double compare(std::size_t one, std::size_t other) const;

  std::span<const Fingerprint> all_;
  std::vector<Weight> weights_{};                    // by the numbers of traits
  std::vector<std::vector<std::size_t>> numbers_{};  // of each fingerprint's traits, in order
  std::vector<Known> known_{};                       // by the numbers of traits
};

}  // namespace chatspec
