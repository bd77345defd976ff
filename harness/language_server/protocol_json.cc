#include "harness/language_server/protocol_json.h"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "reference/text/word_table.h"

namespace chatspec::language_server {
namespace {

constexpr std::array kEncodings{chat::EnumWord{Encoding::kUtf8, "utf-8"},
                                chat::EnumWord{Encoding::kUtf16, "utf-16"}};

// CompletionItemKind.
struct ProposalNumber {
  ProposalKind kind;
  int number;
};
constexpr std::array kProposalNumbers{
    ProposalNumber{ProposalKind::kWord, 14},         // Keyword
    ProposalNumber{ProposalKind::kItem, 3},          // Function
    ProposalNumber{ProposalKind::kRequirement, 18},  // Reference
    ProposalNumber{ProposalKind::kScenario, 17},     // File
    ProposalNumber{ProposalKind::kTag, 20},          // EnumMember
    ProposalNumber{ProposalKind::kText, 12},         // Value
};
static_assert(chat::covers_in_order(kProposalNumbers, &ProposalNumber::kind, ProposalKind::kText));

// SymbolKind.
struct OutlineNumber {
  OutlineKind kind;
  int number;
};
constexpr std::array kOutlineNumbers{
    OutlineNumber{OutlineKind::kScenario, 2},     // Module
    OutlineNumber{OutlineKind::kValue, 14},       // Constant
    OutlineNumber{OutlineKind::kRow, 22},         // EnumMember
    OutlineNumber{OutlineKind::kTranscript, 12},  // Function
};
static_assert(chat::covers_in_order(kOutlineNumbers, &OutlineNumber::kind,
                                    OutlineKind::kTranscript));

// A member of a member …; null where one is missing.
const Received& look_up(const Received& from, std::initializer_list<const char*> names) {
  static const Received kNull;
  const Received* found = &from;
  for (const char* name : names) {
    if (!found->is_object() || !found->contains(name)) return kNull;
    found = &(*found)[name];
  }
  return *found;
}

Sent write_position(const Position& position) {
  return {{"line", position.line}, {"character", position.character}};
}

Sent write_range(const Text& text, Stretch stretch, Encoding encoding) {
  return {{"start", write_position(text.position_of(stretch.begin, encoding))},
          {"end", write_position(text.position_of(stretch.end, encoding))}};
}

Sent write_range(const Places& places, Stretch stretch) {
  return write_range(places.document.text, stretch, places.encoding);
}

Sent markdown(const std::string& text) {
  return {{"kind", "markdown"}, {"value", text}};
}

Sent write_diagnostic(const Places& places, const Diagnostic& finding) {
  constexpr int kError = 1;
  constexpr int kWarning = 2;
  return {{"range",
           write_range(places, places.document.text.stretch_of(finding.place, finding.length))},
          {"severity", finding.severity() == Severity::kError ? kError : kWarning},
          {"code", entry_of(finding.code).word},
          {"source", "chatspec"},
          {"message", finding.hint.empty()
                          ? finding.message
                          : fmt::format("{}\nhint: {}", finding.message, finding.hint)}};
}

}  // namespace

ClientAbilities read_abilities(const Received& params) {
  ClientAbilities abilities;
  const Received& offered = look_up(params, {"capabilities", "general", "positionEncodings"});
  for (const Received& one : offered) {  // the one that the client likes best comes first
    const auto encoding = one.is_string()
                              ? chat::value_of(kEncodings, one.get_ref<const std::string&>())
                              : std::nullopt;
    if (!encoding) continue;
    abilities.encoding = *encoding;
    break;
  }
  const auto can = [&](const char* feature, const char* ability) {
    const Received& said = look_up(params, {"capabilities", "textDocument", feature, ability});
    return said.is_boolean() && said.get<bool>();
  };
  abilities.takes_nested_symbols = can("documentSymbol", "hierarchicalDocumentSymbolSupport");
  abilities.reads_versions = can("publishDiagnostics", "versionSupport");
  return abilities;
}

Sent initialize_result(const ClientAbilities& abilities) {
  constexpr int kIncremental = 2;
  Sent abilities_of_server{
      {"positionEncoding", chat::row_of(kEncodings, abilities.encoding).word},
      {"textDocumentSync",
       {{"openClose", true}, {"change", kIncremental}, {"save", {{"includeText", false}}}}},
      {"hoverProvider", true},
      {"completionProvider", {{"triggerCharacters", Sent::array({" ", "<", "|", "/"})}}},
      {"definitionProvider", true},
      {"documentSymbolProvider", true},
      {"documentFormattingProvider", true},
      {"codeLensProvider", Sent::object()},
      {"codeActionProvider", {{"codeActionKinds", Sent::array({"quickfix"})}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
  return {{"capabilities", std::move(abilities_of_server)},
          {"serverInfo", {{"name", "chatspec"}, {"version", CHATSPEC_VERSION}}}};
}

Position read_position(const Received& position) {
  const auto read = [&](const char* name) -> std::size_t {
    return position.at(name).get_ref<const Received::number_unsigned_t&>();
  };
  return {.line = read("line"), .character = read("character")};
}

Stretch read_range(const Received& range, const Text& text, Encoding encoding) {
  const std::size_t begin = text.offset_of(read_position(range.at("start")), encoding);
  const std::size_t end = text.offset_of(read_position(range.at("end")), encoding);
  return {std::min(begin, end), std::max(begin, end)};
}

void apply_change(const Received& change, Encoding encoding, Text& text) {
  const std::string& by = change.at("text").get_ref<const std::string&>();
  if (!change.contains("range")) {
    text = Text(by);
  } else {
    text.replace(read_range(change.at("range"), text, encoding), by);
  }
}

Sent write_diagnostics(const Places& places, const std::vector<Diagnostic>& findings) {
  Sent all = Sent::array();
  for (const Diagnostic& finding : findings) all.push_back(write_diagnostic(places, finding));
  return all;
}

Sent write_hover(const Places& places, const Hover& hover) {
  return {{"contents", markdown(hover.markdown)}, {"range", write_range(places, hover.stretch)}};
}

Sent write_completion(const Places& places, const Completion& completion) {
  const Sent range = write_range(places, completion.replaced);
  Sent items = Sent::array();
  for (const Proposal& one : completion.proposals) {
    Sent item{{"label", one.text}, {"kind", chat::row_of(kProposalNumbers, one.kind).number}};
    if (!one.detail.empty()) item["detail"] = one.detail;
    if (!one.markdown.empty()) item["documentation"] = markdown(one.markdown);
    item["sortText"] = fmt::format("{:04}", items.size());
    item["textEdit"] = {{"range", range}, {"newText", one.text}};
    items.push_back(std::move(item));
  }
  return {{"isIncomplete", false}, {"items", std::move(items)}};
}

Sent write_location(const Target& target, Encoding encoding) {
  return {{"uri", target.document->uri},
          {"range", write_range(target.document->text, target.stretch, encoding)}};
}

Sent write_outline(const Places& places, const std::vector<OutlineEntry>& entries, bool nested) {
  Sent symbols = Sent::array();
  for (const OutlineEntry& entry : entries) {
    // An editor refuses a symbol without a name.
    Sent symbol{{"name", entry.name.empty() ? "(no name)" : entry.name},
                {"kind", chat::row_of(kOutlineNumbers, entry.kind).number}};
    if (nested) {
      symbol["range"] = write_range(places, entry.whole);
      symbol["selectionRange"] = write_range(places, entry.name_at);
    } else {
      symbol["location"] = {{"uri", places.document.uri},
                            {"range", write_range(places, entry.whole)}};
    }
    if (nested && !symbols.empty()) {
      symbols.front()["children"].push_back(std::move(symbol));
    } else {
      symbols.push_back(std::move(symbol));
    }
  }
  return symbols;
}

Sent write_lenses(const Places& places, const std::vector<RunLens>& lenses) {
  Sent all = Sent::array();
  for (const RunLens& lens : lenses) {
    all.push_back({{"range", write_range(places, lens.stretch)},
                   {"command",
                    {{"title", lens.title},
                     {"command", kRunCommand},
                     {"arguments",
                      Sent::array({Sent{{"uri", places.document.uri}, {"words", lens.words}}})}}}});
  }
  return all;
}

Sent write_edit(const Places& places, const Edit& edit) {
  return {{"range", write_range(places, edit.replaced)}, {"newText", edit.by}};
}

Sent write_fix(const Places& places, const QuickFix& fix) {
  Sent changes;
  changes[places.document.uri] = Sent::array({write_edit(places, fix.edit)});
  return {{"title", fmt::format("Change to {}", fix.edit.by)},
          {"kind", "quickfix"},
          {"diagnostics", Sent::array({write_diagnostic(places, fix.mended)})},
          {"isPreferred", true},
          {"edit", {{"changes", std::move(changes)}}}};
}

}  // namespace chatspec::language_server
