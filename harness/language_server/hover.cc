#include "harness/language_server/hover.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/language_server/line_spot.h"
#include "harness/language_server/manual.h"
#include "harness/report/formats/markdown_text.h"
#include "harness/suite/scenario_file.h"

namespace chatspec::language_server {
namespace {

// What the manual says of a word, form by form.
std::string describe_word(std::string_view section, std::string_view word) {
  std::string text;
  for (const ManualEntry* entry : find_in_manual(section, word)) {
    text += fmt::format("{}`{}`: {}", text.empty() ? "" : "\n\n", fmt::join(entry->forms, "`, `"),
                        entry->meaning);
  }
  return text;
}

struct Said {
  Stretch stretch{};  // of the line
  std::string markdown{};
};

std::string_view part_of(std::string_view line, Stretch stretch) {
  return line.substr(stretch.begin, stretch.end - stretch.begin);
}

Said say_of_requirement(const LineSpot& spot, Stretch word) {
  const chat::Requirement* requirement = chat::find_requirement(part_of(spot.line, word));
  return {word, requirement ? describe_requirement(*requirement) : ""};
}

Said say_of_name(const LineSpot& spot, Stretch word) {
  switch (spot.shape.directive->kind) {
    case DirectiveKind::kCovers:
      return say_of_requirement(spot, word);
    case DirectiveKind::kNeeds: {
      const Document* needed =
          spot.workspace.find_scenario(std::string(part_of(spot.line, word)), spot.document);
      return {word, needed ? describe_scenario(*needed) : ""};
    }
    case DirectiveKind::kSignature:
      return {word, describe_word("Forms of a signature", part_of(spot.line, word))};
    default:
      return {word, describe_word("Directives", spot.shape.directive->word)};
  }
}

// `<random N>` and `<column>`, of a text.
Said say_of_text(const LineSpot& spot, Stretch item) {
  const std::string_view text = part_of(spot.line, item);
  const bool is_random = text.starts_with("<random");
  return {item, describe_word("Values", is_random ? "<random" : "<column>")};
}

Said say_of_item(const LineSpot& spot, Stretch item) {
  const std::string_view text = part_of(spot.line, item);
  const TagWord* tag = nullptr;  // the longest that the item begins with
  for (const TagWord& one : kTags) {
    const bool is_begin = text.substr(1).starts_with(one.word);
    if (is_begin && (!tag || one.word.size() > tag->word.size())) tag = &one;
  }
  if (!tag) return {item, describe_word("Values", "<column>")};
  return {item, describe_word("Transcript", fmt::format("<{}", tag->word))};
}

Said say_of_modifier(const LineSpot& spot, Stretch word) {
  const std::string_view text = part_of(spot.line, word);
  if (text == "deviates") return {word, describe_word("Alternatives", text)};
  const Said of_requirement = say_of_requirement(spot, word);
  if (!of_requirement.markdown.empty()) return of_requirement;
  return {word, describe_word("Delivery", text)};
}

Said say_of_turn(const LineSpot& spot) {
  if (spot.place >= spot.shape.bar)
    return say_of_modifier(spot, word_at(spot.line, spot.place, "|,"));
  const Stretch item = item_at(spot.line, spot.place);
  if (item.end > item.begin) return say_of_item(spot, item);
  const Stretch word = word_at(spot.line, spot.place);
  const std::string_view text = part_of(spot.line, word);
  const bool is_item_word = word.begin == spot.shape.value && (text == "raw" || text == "like");
  return {word, is_item_word ? describe_word("Transcript", text) : ""};
}

Said say_of_first_word(const LineSpot& spot) {
  const Stretch word = spot.shape.word;
  const std::string_view text = part_of(spot.line, word);
  switch (spot.shape.kind) {
    case LineKind::kDirective:
      return {word, describe_word("Directives", text)};
    case LineKind::kAlternative:
    case LineKind::kContinued:
      return {word, describe_word("Alternatives", text)};
    default:
      return {};
  }
}

Said say_of_line(const LineSpot& spot) {
  const Stretch item = item_at(spot.line, spot.place);
  const bool is_on_item = item.end > item.begin;
  switch (spot.shape.kind) {
    case LineKind::kDirective: {
      const DirectiveKind kind = spot.shape.directive->kind;
      const bool is_text = kind == DirectiveKind::kKey || kind == DirectiveKind::kMessage;
      if (is_text && is_on_item) return say_of_text(spot, item);
      if (is_text || kind == DirectiveKind::kScenario) return {};
      return say_of_name(spot, word_at(spot.line, spot.place));
    }
    case LineKind::kText:
      return is_on_item ? say_of_text(spot, item) : Said{};
    case LineKind::kTurn:
    case LineKind::kAlternative:
    case LineKind::kContinued:
      return say_of_turn(spot);
    default:
      return {};
  }
}

}  // namespace

std::string describe_requirement(const chat::Requirement& requirement) {
  std::vector<std::string_view> bound;
  if (requirement.binds.server) bound.emplace_back("server");
  if (requirement.binds.client) bound.emplace_back("client");
  return fmt::format("**{}** ({}; {})\n\n{}", requirement.id, chat::to_string(requirement.level),
                     fmt::join(bound, ", "), requirement.text);
}

std::string describe_scenario(const Document& scenario) {
  const Title* title = scenario.scenario.find<Title>();
  const std::string why = description_of(scenario.scenario);
  return fmt::format("**{}** {}{}{}", markdown_line(scenario.id),
                     markdown_line(title ? title->text : ""), why.empty() ? "" : "\n\n",
                     markdown_line(why));
}

std::optional<Hover> hover_at(const Workspace& workspace, const Document& document,
                              std::size_t offset) {
  const Stretch whole = document.text.line_at(offset);
  const std::string_view line = document.text.part(whole);
  const std::size_t place = std::min(offset, whole.end) - whole.begin;
  const LineSpot spot{workspace, document, line, shape_of(line), place};
  const bool is_on_first = place >= spot.shape.word.begin && place < spot.shape.word.end &&
                           spot.shape.kind != LineKind::kText;
  const Said said = is_on_first ? say_of_first_word(spot) : say_of_line(spot);
  if (said.markdown.empty()) return std::nullopt;
  return Hover{{whole.begin + said.stretch.begin, whole.begin + said.stretch.end}, said.markdown};
}

}  // namespace chatspec::language_server
