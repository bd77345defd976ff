#include "harness/language_server/edits.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/scenario/hint.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/printer.h"

namespace chatspec::language_server {
namespace {

// What differs between two texts, in whole lines.
Edit find_difference(std::string_view before, std::string_view after) {
  const auto [at_before, at_after] = std::ranges::mismatch(before, after);
  std::size_t same = static_cast<std::size_t>(at_before - before.begin());
  same = same == 0 ? 0 : before.rfind('\n', same - 1) + 1;  // npos + 1 is 0
  std::size_t end = 0;  // how many bytes are the same at the end
  const std::size_t room = std::min(before.size(), after.size()) - same;
  while (end < room && before[before.size() - 1 - end] == after[after.size() - 1 - end]) ++end;
  while (end > 0 && before[before.size() - end] != '\n') --end;
  if (end > 0) --end;  // the line end before what is the same belongs to what is replaced
  return {{same, before.size() - end}, std::string(after.substr(same, after.size() - end - same))};
}

}  // namespace

std::expected<std::optional<Edit>, std::string> format_document(const Document& document) {
  const Parsed parsed = parse_scenario(document.text.bytes());
  const auto& entries = parsed.diagnostics.entries();
  const auto error = std::ranges::find(entries, Severity::kError, &Diagnostic::severity);
  if (error != entries.end()) {
    return std::unexpected(fmt::format("it is not formatted before line {} is mended: {}",
                                       error->place.line, error->message));
  }
  const std::string formatted = print(parsed.scenario);
  if (formatted == document.text.bytes()) return std::nullopt;
  return find_difference(document.text.bytes(), formatted);
}

std::vector<QuickFix> find_fixes(const Document& document, const std::vector<Diagnostic>& findings,
                                 Stretch touched) {
  std::vector<QuickFix> fixes;
  for (const Diagnostic& finding : findings) {
    const std::string_view word = suggested_word(finding.hint);
    const Stretch place = document.text.stretch_of(finding.place, finding.length);
    if (word.empty() || place.end < touched.begin || touched.end < place.begin) continue;
    fixes.push_back({finding, {place, std::string(word)}});
  }
  return fixes;
}

}  // namespace chatspec::language_server
