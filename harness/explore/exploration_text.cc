#include "harness/explore/exploration_text.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <queue>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/explore/protocol/answer.h"
#include "harness/explore/remarks.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostPlacesTold = 3;

// "server" or "client": who is asked.
std::string_view name_program(const Exploration& done) {
  return chat::to_string(other(done.alphabet.speaker));
}

std::string capitalised(std::string text) {
  if (!text.empty())
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

// Why nothing can be said of the machine as a whole.
std::string tell_end(const Exploration& done) {
  if (done.learned.end == learning::LearnEnd::kTooManyStates)
    return fmt::format("it seems to have more than {} states, as one that answers at random does",
                       done.learned.machine.states());
  if (done.end) return done.end->message;
  return done.learned.failure ? done.learned.failure->text : "not all was asked";
}

// The symbols with which the connection stays open in a state, and in the protocol's.
struct GoingOn {
  std::set<std::string_view> does{};
  std::set<std::string_view> should{};
};

GoingOn find_going_on(const Exploration& done, const learning::Difference& one) {
  GoingOn found;
  const auto& outputs = done.outputs;
  const auto stays_open = [&](learning::Output output) {
    return output >= 0 && !ends_connection(outputs.name(output));
  };
  for (learning::Symbol symbol = 0; symbol < done.reference.machine.inputs(); ++symbol) {
    const std::string_view name = symbol_of(done.alphabet, symbol).name;
    if (stays_open(done.learned.machine.step(one.state, symbol).output)) found.does.insert(name);
    if (stays_open(done.reference.machine.step(one.prior_state, symbol).output))
      found.should.insert(name);
  }
  return found;
}

std::string name_some(const std::set<std::string_view>& names) {
  return names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, ", "));
}

void add_unstable(const Exploration& done, std::vector<std::string>& remarks) {
  for (std::size_t i = 0; i < std::min(done.unstable.size(), kMostPlacesTold); ++i) {
    const learning::UnstablePlace& place = done.unstable[i];
    std::string counts;
    for (const auto& [output, count] : place.answers)
      counts += fmt::format("{}{} ({} times)", counts.empty() ? "" : ", ",
                            output < 0 ? "nothing known" : done.outputs.name(output), count);
    remarks.push_back(fmt::format("not always the same: {} was answered {}",
                                  show_word(done.alphabet, place.word), counts));
  }
  if (done.unstable.size() > kMostPlacesTold)
    remarks.push_back(
        fmt::format("{} more are not always the same",
                    chat::count_things(done.unstable.size() - kMostPlacesTold, "answer")));
  for (const learning::Word& word : done.not_shown_again)
    remarks.push_back(fmt::format("a difference was seen once and not again: {}",
                                  show_word(done.alphabet, word)));
}

// Whether the program has states that none of the protocol's was held against: those to which only
// differences lead.
bool has_uncompared_states(const Exploration& done) {
  return std::ranges::any_of(done.compared.states, [](const learning::ComparedState& state) {
    return state.of_machine && !state.of_prior;
  });
}

}  // namespace

std::string sum_up(const Exploration& done) {
  if (!done.findings.empty())
    return fmt::format("it is not the protocol's machine: {}{}",
                       chat::count_things(done.findings.size(), "difference"),
                       done.is_whole() ? "" : ", and not all is known, since " + tell_end(done));
  if (done.left_out > 0)
    return fmt::format("it seems not to be the protocol's machine: {}, not shown again {}",
                       chat::count_things(done.left_out, "difference"),
                       done.end ? "since " + done.end->message : "for want of time");
  if (!done.not_shown_again.empty()) return "it does not always answer the same";
  if (!done.is_whole()) return fmt::format("nothing is known for certain: {}", tell_end(done));
  if (!done.conforms()) return "it does not always answer the same";
  return "it is the protocol's machine";
}

std::string tell(const Exploration& done, const ExplorationFinding& finding) {
  const std::span<const learning::Symbol> word(finding.word);
  const auto before = word.first(word.size() - 1);
  std::string text =
      fmt::format("{}, {}: expected {}, came {}.", capitalised(name_place(done.alphabet, before)),
                  symbol_of(done.alphabet, word.back()).name, finding.expected, finding.came);
  if (finding.strays_after < word.size())
    text += fmt::format(" It goes astray with {}.",
                        show_word(done.alphabet, word.first(finding.strays_after)));
  return text;
}

std::vector<std::string> tell_states(const Exploration& done) {
  std::vector<std::string> told;
  std::set<std::pair<learning::State, learning::State>> seen;
  for (const learning::Difference& one : done.compared.differences) {
    if (!seen.emplace(one.prior_state, one.state).second) continue;
    const auto in_state = std::ranges::count_if(done.compared.differences, [&](const auto& other) {
      return other.prior_state == one.prior_state && other.state == one.state;
    });
    const GoingOn going = find_going_on(done, one);
    if (in_state < 2 || going.does == going.should) continue;
    told.push_back(fmt::format("{} it goes on with {}; the protocol does with {}.",
                               capitalised(name_place(done.alphabet, one.access)),
                               name_some(going.does), name_some(going.should)));
  }
  return told;
}

bool is_over(const Exploration& done, std::size_t state) {
  return std::ranges::all_of(done.compared.edges, [&](const learning::ComparedEdge& edge) {
    return static_cast<std::size_t>(edge.from) != state ||
           (edge.output >= 0 && done.outputs.name(edge.output) == kEndedAnswer);
  });
}

std::vector<std::string> name_states(const Exploration& done) {
  std::vector<std::string> names(done.compared.states.size());
  std::vector<std::optional<learning::Word>> words(names.size());
  if (words.empty()) return names;
  words.front().emplace();
  std::queue<std::size_t> next({0});
  for (; !next.empty(); next.pop()) {
    const std::size_t from = next.front();
    names[from] = is_over(done, from) ? "over" : name_place(done.alphabet, *words[from]);
    for (const learning::ComparedEdge& edge : done.compared.edges) {
      const auto to = static_cast<std::size_t>(edge.to);
      if (static_cast<std::size_t>(edge.from) != from || words[to]) continue;
      words[to] = words[from];
      words[to]->push_back(edge.input);
      next.push(to);
    }
  }
  return names;
}

std::vector<std::string> tell_remarks(const Exploration& done) {
  std::vector<std::string> remarks;
  if (done.is_whole())
    remarks.push_back(done.learned.guarantee.describe(done.learned.machine.states()));
  add_unstable(done, remarks);
  if (done.left_out > 0 && !done.findings.empty())
    remarks.push_back(fmt::format("{} more left out here, for want of time",
                                  chat::count_things(done.left_out, "difference")));
  if (!done.findings.empty() && has_uncompared_states(done))
    remarks.push_back(
        "a difference may lead where the protocol has no state; what else is wrong from there on "
        "is not told until it is mended");
  const ConversationRemarks& seen = done.counts.remarks;
  if (seen.resets > 0)
    remarks.push_back(fmt::format("{} in place of an orderly close (END-3)",
                                  chat::count_things(seen.resets, "reset")));
  remark_on_evidence(done.counts, remarks);
  return remarks;
}

std::string tell_counts(const Exploration& done) {
  const double seconds = std::chrono::duration<double>(done.duration).count();
  return fmt::format("{} in {:.1f} s ({:.0f} a second), with {}",
                     chat::count_things(done.counts.conversations, "conversation"), seconds,
                     seconds > 0 ? static_cast<double>(done.counts.conversations) / seconds : 0.0,
                     chat::count_things(done.counts.programs, name_program(done)));
}

std::string render_exploration(const Exploration& done, std::size_t shown, std::size_t columns) {
  std::string text = hang("", fmt::format("{}.", capitalised(sum_up(done))), columns);
  if (done.counts.answered > 0)
    text += fmt::format(
        "{} of {} symbols; the protocol has {}.\n",
        chat::count_things(static_cast<std::uint64_t>(done.learned.machine.states()), "state"),
        done.alphabet.size(), done.reference.machine.states());
  for (const std::string& one : tell_states(done)) text += "\n" + hang("", one, columns);
  if (!done.findings.empty()) text += '\n';
  for (std::size_t i = 0; i < std::min(shown, done.findings.size()); ++i) {
    text += hang(fmt::format("{:3}. ", i + 1), tell(done, done.findings[i]), columns);
    text += hang("     Shortest: ", show_word(done.alphabet, done.findings[i].word), columns);
  }
  if (done.findings.size() > shown)
    text += fmt::format("     and {} more\n", done.findings.size() - shown);
  return text + "\n" + render_remarks(tell_remarks(done), columns) + tell_counts(done) + "\n";
}

}  // namespace chatspec
