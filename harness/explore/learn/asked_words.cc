#include "harness/explore/learn/asked_words.h"

#include <algorithm>
#include <utility>

namespace chatspec::learning {

namespace {

using Runs = std::vector<std::vector<Output>>;

// An output has the majority where it came at least twice as often as all others together, and at
// least two times more.
bool has_majority(const std::map<Output, int>& tally, Output leader) {
  int others = 0;
  for (const auto& [output, times] : tally) others += output == leader ? 0 : times;
  return others == 0 || tally.at(leader) >= std::max(2 * others, others + 2);
}

}  // namespace

// How the answers to one word come out, symbol by symbol.
struct AskedWords::Vote {
  struct Place {
    Output leader = kUnknownOutput;
    std::map<Output, int> tally{};
    bool is_decided = true;
  };
  std::vector<Place> places{};
  bool is_settled = true;  // each place is decided, and one run went all the way
};

AskedWords::AskedWords(Teacher& teacher, int inputs, AskSettings settings)
    : teacher_(teacher), settings_(std::move(settings)), tree_(inputs, settings_.after_end) {}

Answer AskedWords::answer(std::span<const Symbol> word) {
  if (is_known(word)) {
    ++statistics_.cache_hits;
  } else if (auto asked = confirm(word); !asked) {
    return std::unexpected(asked.error());
  }
  std::vector<Output> outputs;
  Node node = kRootNode;
  for (const Symbol input : word) {
    outputs.push_back(tree_.output(node, input));
    node = tree_.next(node, input);
  }
  return outputs;
}

std::expected<void, TeacherFailure> AskedWords::confirm(std::span<const Symbol> word) {
  auto answered = ask(word);
  if (!answered) return std::unexpected(answered.error());
  return note(word, std::move(*answered));
}

std::expected<void, TeacherFailure> AskedWords::ask_all(std::span<const Word> words) {
  std::vector<Word> unknown;
  for (const Word& word : words) {
    if (is_known(word)) {
      ++statistics_.cache_hits;
    } else if (statistics_.words + unknown.size() < settings_.most_words) {
      unknown.push_back(word);
    } else {
      return std::unexpected(budget_used());
    }
  }
  std::vector<Answer> answers = teacher_.answer_all(unknown);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto taken = take(unknown[i], std::move(answers[i]));
    if (!taken) return std::unexpected(taken.error());
    if (auto noted = note(unknown[i], std::move(*taken)); !noted) return noted;
  }
  return {};
}

std::expected<Word, TeacherFailure> AskedWords::explore(Node from, const NextSymbol& next) {
  const Word access = tree_.access(from);
  Word chosen;
  std::vector<Output> outputs;
  // As far as the tree knows the answers, nothing has to be asked.
  Node node = from;
  std::optional<Symbol> symbol;
  while ((symbol = next(outputs)) && tree_.next(node, *symbol) != kNoNode) {
    chosen.push_back(*symbol);
    outputs.push_back(tree_.output(node, *symbol));
    node = tree_.next(node, *symbol);
  }
  if (!symbol) return chosen;
  if (statistics_.words >= settings_.most_words) return std::unexpected(budget_used());

  chosen.push_back(*symbol);
  Word word = access;
  word.insert(word.end(), chosen.begin(), chosen.end());
  const std::size_t sure = word.size();
  const auto go_on = [&](std::span<const Output> seen) -> std::optional<Symbol> {
    if (!seen.empty() && ends(seen.back())) return std::nullopt;
    if (seen.size() < sure) return word[seen.size()];
    if (contradicts(word, seen.first(sure - 1))) return std::nullopt;
    const auto chosen_next = next(seen.subspan(access.size()));
    if (chosen_next) word.push_back(*chosen_next);
    return chosen_next;
  };
  Answer played = teacher_.answer_while(go_on);
  if (played && played->size() < word.size()) word.resize(played->size());  // it ended before
  auto answered = take(word, std::move(played));
  if (!answered) return std::unexpected(answered.error());
  if (auto noted = note(word, std::move(*answered)); !noted) return std::unexpected(noted.error());
  if (word.size() < access.size()) return Word();
  return Word(word.begin() + static_cast<std::ptrdiff_t>(access.size()), word.end());
}

bool AskedWords::is_doubtful(std::span<const Symbol> word, int least_answers) const {
  const Node node = tree_.find(word.first(word.size() - 1));
  return node != kEndNode && tree_.times(node, word.back()) < least_answers &&
         !unstable_.contains(Word(word.begin(), word.end()));
}

std::vector<UnstablePlace> AskedWords::unstable_places() const {
  std::vector<UnstablePlace> places;
  for (const auto& [word, place] : unstable_) places.push_back(place);
  return places;
}

TeacherFailure AskedWords::budget_used() const {
  return {.kind = TeacherFailure::Kind::kBudget,
          .text = "all " + std::to_string(settings_.most_words) + " words were asked"};
}

Answer AskedWords::ask(std::span<const Symbol> word) {
  if (statistics_.words >= settings_.most_words) return std::unexpected(budget_used());
  return take(word, teacher_.answer(word));
}

Answer AskedWords::take(std::span<const Symbol> word, Answer answer) {
  if (!answer) return answer;
  const auto end = std::ranges::find_if(*answer, [&](Output output) { return ends(output); });
  const bool has_ended = end != answer->end();
  if (has_ended) answer->erase(end + 1, answer->end());
  if (answer->size() > word.size() || (answer->size() < word.size() && !has_ended)) {
    return std::unexpected(TeacherFailure{.text = "of " + std::to_string(word.size()) +
                                                  " symbols " + std::to_string(answer->size()) +
                                                  " were answered"});
  }
  ++statistics_.words;
  statistics_.symbols += answer->size();
  return answer;
}

bool AskedWords::is_known(std::span<const Symbol> word) const {
  return is_known_further(kRootNode, word);
}

bool AskedWords::is_known_further(Node from, std::span<const Symbol> word) const {
  return from != kNoNode && tree_.find(word, from) != kNoNode;
}

bool AskedWords::contradicts(std::span<const Symbol> word, std::span<const Output> outputs) const {
  Node node = kRootNode;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (tree_.next(node, word[i]) == kNoNode) return false;
    if (tree_.output(node, word[i]) != outputs[i]) return true;
    node = tree_.next(node, word[i]);
  }
  return false;
}

std::expected<void, TeacherFailure> AskedWords::note(std::span<const Symbol> word,
                                                     std::vector<Output> outputs) {
  if (contradicts(word, outputs)) return settle(word, {std::move(outputs)});
  Node node = kRootNode;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    node = tree_.add(node, word[i], outputs[i], ends(outputs[i]));
  }
  return {};
}

std::expected<void, TeacherFailure> AskedWords::settle(std::span<const Symbol> word, Runs runs) {
  Vote vote = count_votes(word, runs);
  for (int repeats = 0; !vote.is_settled && repeats < settings_.most_repeats; ++repeats) {
    auto again = ask(word);
    if (!again) return std::unexpected(again.error());
    ++statistics_.repeats;
    runs.push_back(std::move(*again));
    vote = count_votes(word, runs);
  }
  keep(word, vote);
  return {};
}

AskedWords::Vote AskedWords::count_votes(std::span<const Symbol> word, const Runs& runs) const {
  Vote vote;
  std::vector<const std::vector<Output>*> agreeing;
  for (const auto& outputs : runs) agreeing.push_back(&outputs);
  Node node = kRootNode;  // while what is decided is what was known
  for (std::size_t i = 0; i < word.size(); ++i) {
    Vote::Place place;
    const auto before = unstable_.find(Word(word.begin(), word.begin() + static_cast<int>(i) + 1));
    if (before != unstable_.end()) place.tally = before->second.answers;
    const bool is_known = node != kNoNode && tree_.next(node, word[i]) != kNoNode;
    if (is_known) {
      place.leader = tree_.output(node, word[i]);
      place.tally[place.leader] = tree_.times(node, word[i]);
    }
    std::erase_if(agreeing, [&](const auto* outputs) { return outputs->size() <= i; });
    for (const auto* outputs : agreeing) ++place.tally[(*outputs)[i]];
    if (place.tally.empty()) break;  // the runs ended early
    const bool is_frozen = before != unstable_.end() && !before->second.is_decided && is_known;
    if (!is_frozen) {
      for (const auto& [output, times] : place.tally) {
        if (place.leader == kUnknownOutput || times > place.tally.at(place.leader))
          place.leader = output;
      }
      place.is_decided = has_majority(place.tally, place.leader);
    } else {
      place.is_decided = false;
    }
    if (!place.is_decided && !is_frozen) vote.is_settled = false;
    node = is_known && tree_.output(node, word[i]) == place.leader ? tree_.next(node, word[i])
                                                                   : kNoNode;
    vote.places.push_back(place);
    if (ends(place.leader)) break;
    const auto is_other = [&](const auto* outputs) { return (*outputs)[i] != place.leader; };
    if (!std::ranges::all_of(agreeing, is_other)) {
      std::erase_if(agreeing, is_other);
    } else if (!is_known_further(node, word.subspan(i + 1))) {
      // What follows was only seen after another answer; that has to do where nothing else comes.
      vote.is_settled = false;
      vote.places.back().is_decided = false;
    }
  }
  return vote;
}

void AskedWords::keep(std::span<const Symbol> word, const Vote& vote) {
  Node node = kRootNode;
  for (std::size_t i = 0; i < vote.places.size(); ++i) {
    const Vote::Place& place = vote.places[i];
    if (place.tally.size() > 1) {
      const Word prefix(word.begin(), word.begin() + static_cast<int>(i) + 1);
      unstable_[prefix] = {prefix, place.tally, place.is_decided};
    }
    const Node known = tree_.next(node, word[i]);
    const bool is_same = known != kNoNode && tree_.output(node, word[i]) == place.leader;
    if (known != kNoNode && !is_same) ++revision_;
    const int times = place.tally.at(place.leader) - (is_same ? tree_.times(node, word[i]) : 0);
    node = tree_.add(node, word[i], place.leader, ends(place.leader), times);
  }
  // Every session ended before, though most answers say that it goes on: then it ends here.
  const bool is_whole = node == kEndNode || vote.places.size() == word.size();
  if (!is_whole) tree_.add(node, word[vote.places.size()], settings_.after_end, true);
}

}  // namespace chatspec::learning
