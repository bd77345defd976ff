#include "harness/grade/alike/alike.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "harness/report/signs.h"

namespace chatspec {
namespace {

// How likely whoever copies keeps a mistake.
constexpr double kKept = 0.8;
// One class in so many would have a pair that is alike by chance.
constexpr double kClasses = 20;

using ShownBy = std::vector<std::size_t>;  // indices of submissions, in order

std::map<Trait, ShownBy> find_who_shows(std::span<const Fingerprint> all) {
  std::map<Trait, ShownBy> shown;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto& [trait, words] : all[i].traits) shown[trait].push_back(i);
  }
  return shown;
}

bool is_mistake(const Trait& trait) {
  return trait.kind == TraitKind::kMistake;
}

// Among whom a trait is rare or not: of a case, those with the same mistake.
std::size_t count_base(const Trait& trait, const std::map<Trait, ShownBy>& shown,
                       std::size_t submissions) {
  if (trait.within.empty()) return submissions;
  return shown.at({TraitKind::kMistake, trait.role, trait.within, ""}).size();
}

}  // namespace

AlikeSearch::AlikeSearch(std::span<const Fingerprint> all) : all_(all) {
  const std::map<Trait, ShownBy> shown = find_who_shows(all);
  std::map<std::tuple<TraitKind, Role, std::string, ShownBy>, std::size_t> groups;
  numbers_.resize(all.size());
  for (const auto& [trait, by] : shown) {
    const auto& [known, words] = *all[by.front()].traits.find(trait);
    const auto base = static_cast<double>(count_base(trait, shown, all.size()));
    const double share = static_cast<double>(by.size()) / base;
    Weight weight{.shown_by = by.size()};
    weight.bits = is_mistake(trait) ? std::log2(kKept / share) : -std::log2(share);
    // Where all show it, somebody else might not.
    if (is_mistake(trait))
      weight.bits_against = std::min(std::log2((1 - kKept) / (1 - share + 1 / base)), 0.0);
    const auto group = is_mistake(trait) ? std::tuple(trait.kind, trait.role,
                                                      without_particulars(words), ShownBy())
                                         : std::tuple(trait.kind, trait.role, trait.within, by);
    weight.group = groups.emplace(group, groups.size()).first->second;
    for (const std::size_t who : by) numbers_[who].push_back(weights_.size());
    known_.push_back({&known, &words});
    weights_.push_back(weight);
  }
}

double AlikeSearch::bits_beyond_chance() const {
  const auto count = static_cast<double>(all_.size());
  return std::log2(kClasses * std::max(count * (count - 1) / 2, 1.0));
}

double AlikeSearch::compare(std::size_t one, std::size_t other) const {
  // By groups, what counts for it, and what counts against it since only one shows it.
  std::map<std::size_t, double> shared;
  std::map<std::size_t, double> only_one;
  std::map<std::size_t, double> only_other;
  const auto count_against = [&](std::size_t number, std::map<std::size_t, double>& only) {
    const Weight& weight = weights_[number];
    if (weight.bits_against < 0)
      only[weight.group] = std::min(only[weight.group], weight.bits_against);
  };
  auto left = numbers_[one].begin();
  auto right = numbers_[other].begin();
  while (left != numbers_[one].end() && right != numbers_[other].end()) {
    if (*left < *right) {
      count_against(*left++, only_one);
    } else if (*right < *left) {
      count_against(*right++, only_other);
    } else {
      const Weight& weight = weights_[*left];
      const auto [counted, is_first] = shared.emplace(weight.group, weight.bits);
      if (!is_first) counted->second = std::max(counted->second, weight.bits);
      ++left;
      ++right;
    }
  }
  while (left != numbers_[one].end()) count_against(*left++, only_one);
  while (right != numbers_[other].end()) count_against(*right++, only_other);
  double bits = 0;
  for (const auto& [group, counts] : shared) bits += counts;
  const auto add_unshared = [&](const auto& only, const auto& others) {
    for (const auto& [group, counts] : only)
      bits += shared.contains(group) || others.contains(group) ? 0 : counts;
  };
  add_unshared(only_one, only_other);
  add_unshared(only_other, only_one);
  return bits;
}

std::vector<AlikePair> AlikeSearch::find_pairs(double least_bits) const {
  const auto has_mistake = [&](std::size_t who) {
    return std::ranges::any_of(all_[who].traits,
                               [](const auto& one) { return is_mistake(one.first); });
  };
  std::vector<std::size_t> flawed;
  for (std::size_t who = 0; who < all_.size(); ++who) {
    if (has_mistake(who)) flawed.push_back(who);
  }
  std::vector<AlikePair> pairs;
  for (std::size_t i = 0; i < flawed.size(); ++i) {
    for (std::size_t j = i + 1; j < flawed.size(); ++j) {
      const double bits = compare(flawed[i], flawed[j]);
      if (bits >= least_bits) pairs.push_back({flawed[i], flawed[j], bits});
    }
  }
  std::ranges::stable_sort(pairs, std::greater(), &AlikePair::bits);
  return pairs;
}

AlikeEvidence AlikeSearch::explain(const AlikePair& pair) const {
  const std::vector<std::size_t>& one = numbers_[pair.one];
  const std::vector<std::size_t>& other = numbers_[pair.other];
  std::vector<std::size_t> both;
  std::ranges::set_intersection(one, other, std::back_inserter(both));
  std::ranges::stable_sort(both, std::greater(),
                           [&](std::size_t number) { return weights_[number].bits; });
  AlikeEvidence evidence;
  std::set<std::size_t> counted;
  for (const std::size_t number : both) {
    if (!counted.insert(weights_[number].group).second) continue;
    evidence.shared.push_back({*known_[number].trait, *known_[number].words, weights_[number].bits,
                               weights_[number].shown_by});
  }
  // Those that the other one does not make, in whatever way it shows.
  const auto tell_rest = [&](const std::vector<std::size_t>& numbers,
                             const std::vector<std::size_t>& others) {
    std::set<std::size_t> told;
    for (const std::size_t number : others) told.insert(weights_[number].group);
    std::vector<std::string> rest;
    for (const std::size_t number : numbers) {
      if (is_mistake(*known_[number].trait) && told.insert(weights_[number].group).second)
        rest.push_back(*known_[number].words);
    }
    return rest;
  };
  evidence.only_one = tell_rest(one, other);
  evidence.only_other = tell_rest(other, one);
  return evidence;
}

}  // namespace chatspec
