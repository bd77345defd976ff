#include <array>

#include <nlohmann/json.hpp>

#include "harness/explore/exploration_files.h"
#include "harness/explore/exploration_text.h"
#include "harness/explore/learn/dot.h"
#include "harness/explore/protocol/answer.h"
#include "reference/text/word_table.h"

namespace chatspec {
namespace {

using ExplorationJson = nlohmann::ordered_json;

constexpr std::array kEnds{
    chat::EnumWord{learning::LearnEnd::kConforms, "conforms"},
    chat::EnumWord{learning::LearnEnd::kLearned, "learned"},
    chat::EnumWord{learning::LearnEnd::kTooManyStates, "too-many-states"},
    chat::EnumWord{learning::LearnEnd::kNotAnswered, "not-answered"},
};
static_assert(chat::covers_in_order(kEnds, &chat::EnumWord<learning::LearnEnd>::value,
                                    learning::LearnEnd::kNotAnswered));

constexpr std::array kStatuses{
    chat::EnumWord{learning::EdgeStatus::kSame, "same"},
    chat::EnumWord{learning::EdgeStatus::kMissing, "missing"},
    chat::EnumWord{learning::EdgeStatus::kOther, "other"},
};
static_assert(chat::covers_in_order(kStatuses, &chat::EnumWord<learning::EdgeStatus>::value,
                                    learning::EdgeStatus::kOther));

ExplorationJson list_symbols(const Exploration& done, std::span<const learning::Symbol> word) {
  ExplorationJson names = ExplorationJson::array();
  for (const learning::Symbol symbol : word) names.push_back(symbol_of(done.alphabet, symbol).name);
  return names;
}

ExplorationJson list_edges(const Exploration& done) {
  ExplorationJson edges = ExplorationJson::array();
  for (const learning::ComparedEdge& edge : done.compared.edges)
    edges.push_back({{"from", edge.from},
                     {"symbol", symbol_of(done.alphabet, edge.input).name},
                     {"answer", edge.output < 0 ? "" : done.outputs.name(edge.output)},
                     {"to", edge.to},
                     {"status", chat::row_of(kStatuses, edge.status).word}});
  return edges;
}

}  // namespace

std::string render_exploration_json(const Exploration& done, const ExplorationTitle& title) {
  ExplorationJson findings = ExplorationJson::array();
  for (const ExplorationFinding& one : done.findings)
    findings.push_back({{"word", list_symbols(done, one.word)},
                        {"expected", one.expected},
                        {"came", one.came},
                        {"text", tell(done, one)}});
  const ExplorationJson whole{
      {std::string(chat::to_string(title.role)), title.name},
      {"profile", title.profile},
      {"isolation", title.isolation},
      {"seed", title.seed},
      {"conforms", done.conforms()},
      {"end", chat::row_of(kEnds, done.learned.end).word},
      {"summary", sum_up(done)},
      {"states", done.learned.machine.states()},
      {"protocol_states", done.reference.machine.states()},
      {"differences", findings},
      {"remarks", tell_remarks(done)},
      {"conversations", done.counts.conversations},
      {std::string(chat::to_string(title.role)) + "s", done.counts.programs},
      {"duration_us", std::chrono::duration_cast<std::chrono::microseconds>(done.duration).count()},
      {"edges", list_edges(done)}};
  return whole.dump(1, ' ', false, ExplorationJson::error_handler_t::replace) + "\n";
}

std::string render_exploration_dot(const Exploration& done) {
  learning::Alphabet names{.inputs = {}, .outputs = done.outputs};
  for (const SaidSymbol* symbol : done.alphabet) names.inputs.intern(symbol->name);
  // What comes after the end of a connection needs no edge.
  return write_dot(
      done.compared, names,
      {.state_names = name_states(done), .left_out = names.outputs.intern(kEndedAnswer)});
}

}  // namespace chatspec
