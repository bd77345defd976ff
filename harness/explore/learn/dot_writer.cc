#include <array>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/explore/learn/dot.h"
#include "reference/text/quote.h"

namespace chatspec::learning {
namespace {

// A text in DOT's quotation marks. Names become printable ASCII first; then a backslash is doubled,
// since whoever draws reads \n, \l and \N as something else.
std::string quote_for_dot(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// As escape_bytes(), but quotation marks are as they are: the quoting is DOT's. The first slash of
// a label ends its input, so there is none in an input.
std::string show(std::string_view name, bool is_input) {
  const std::string shown = chat::escape_bytes(name);
  std::string plain;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] == '\\' && i + 1 < shown.size() && shown[i + 1] == '"') ++i;
    plain += is_input && shown[i] == '/' ? "\\x2f" : std::string(1, shown[i]);
  }
  return plain;
}

std::string name_output(Output output, const Alphabet& alphabet) {
  return output == kUnknownOutput ? "?" : show(alphabet.outputs.name(output), false);
}

std::string label_of(Symbol input, Output output, const Alphabet& alphabet) {
  return quote_for_dot(
      fmt::format("{}/{}", show(alphabet.inputs.name(input), true), name_output(output, alphabet)));
}

struct Style {
  EdgeStatus status;
  std::string_view words;
};
constexpr std::array kStyles{
    Style{EdgeStatus::kSame, "color=gray60, fontcolor=gray40"},
    Style{EdgeStatus::kMissing, "color=black, style=dashed"},
    Style{EdgeStatus::kOther, "color=red, fontcolor=red"},
};

std::string_view style_of(EdgeStatus status) {
  for (const Style& style : kStyles) {
    if (style.status == status) return style.words;
  }
  return {};
}

std::string_view style_of(const ComparedState& state) {
  if (!state.of_machine) return style_of(EdgeStatus::kMissing);
  if (!state.of_prior) return style_of(EdgeStatus::kOther);
  return style_of(EdgeStatus::kSame);
}

constexpr std::string_view kHead =
    "digraph machine {\n"
    "  rankdir=LR;\n"
    "  __start0 [label=\"\", shape=none, width=0, height=0];\n";
constexpr std::string_view kTail = "  __start0 -> s0;\n}\n";

}  // namespace

std::string write_dot(const MealyMachine& machine, const Alphabet& alphabet) {
  std::string text(kHead);
  for (State state = 0; state < machine.states(); ++state) {
    text += fmt::format("  s{0} [label=\"s{0}\"];\n", state);
  }
  for (State state = 0; state < machine.states(); ++state) {
    for (Symbol input = 0; input < machine.inputs(); ++input) {
      const MealyStep step = machine.step(state, input);
      text += fmt::format("  s{} -> s{} [label={}];\n", state, step.next,
                          label_of(input, step.output, alphabet));
    }
  }
  return text.append(kTail);
}

// Edges that go the same way and are in the same status are drawn as one, a line for each.
std::string write_dot(const ComparedMachines& compared, const Alphabet& alphabet,
                      const ComparedPicture& picture) {
  std::string text(kHead);
  for (std::size_t i = 0; i < compared.states.size(); ++i) {
    const std::string name = i < picture.state_names.size() ? picture.state_names[i] : "";
    const std::string label =
        name.empty() ? fmt::format("\"s{}\"", i) : quote_for_dot(show(name, false));
    text += fmt::format("  s{} [label={}, {}];\n", i, label, style_of(compared.states[i]));
  }
  std::map<std::tuple<State, State, EdgeStatus>, std::string> labels;
  for (const ComparedEdge& edge : compared.edges) {
    if (edge.output == picture.left_out) continue;
    std::string& label = labels[{edge.from, edge.to, edge.status}];
    const std::string line = label_of(edge.input, edge.output, alphabet);
    if (!label.empty()) label += "\\n";
    label += std::string_view(line).substr(1, line.size() - 2);
  }
  for (const auto& [edge, label] : labels) {
    const auto& [from, to, status] = edge;
    text += fmt::format("  s{} -> s{} [label=\"{}\", {}];\n", from, to, label, style_of(status));
  }
  return text.append(kTail);
}

}  // namespace chatspec::learning
