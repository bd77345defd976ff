#include "harness/scenario/diagnostic.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include <fmt/format.h>

#include "reference/text/printable.h"

namespace chatspec {
namespace {

std::string_view line_of(std::string_view source, std::size_t number) {
  std::size_t begin = 0;
  for (std::size_t line = 1; line < number; ++line) {
    const std::size_t end = source.find('\n', begin);
    if (end == std::string_view::npos) return {};
    begin = end + 1;
  }
  return source.substr(begin, source.find('\n', begin) - begin);
}

std::string printable(std::string_view line) {
  std::string out(line);
  std::ranges::replace(out, '\t', ' ');
  return chat::mask_controls(out, "");
}

constexpr std::size_t kMaxShownColumns = 160;
constexpr std::ptrdiff_t kMaxEntries = 100;

}  // namespace

void Diagnostics::add(LintCode code, Place place, std::size_t length, std::string message,
                      std::string hint) {
  assert(place.line >= 1 && place.column >= 1 && !message.empty());
  Diagnostic entry{code, place, length, std::move(message), std::move(hint)};
  if (std::ranges::find(entries_, entry) != entries_.end()) return;
  // Of each severity, so that no number of warnings hides an error.
  if (std::ranges::count(entries_, entry.severity(), &Diagnostic::severity) < kMaxEntries) {
    entries_.push_back(std::move(entry));
  } else {
    has_more_ = has_more_ || entry.severity() == Severity::kError;
  }
}

void Diagnostics::sort() {
  std::ranges::stable_sort(entries_, {}, &Diagnostic::place);
}

bool Diagnostics::has_errors() const {
  return std::ranges::count(entries_, Severity::kError, &Diagnostic::severity) > 0;
}

std::string render_error(std::string_view file_name, LintCode code, std::string_view message) {
  return fmt::format("{}: error: {} [{}]\n", file_name, message, entry_of(code).word);
}

std::string Diagnostics::render(std::string_view file_name, std::string_view source,
                                Severity severity) const {
  std::string out;
  auto to = std::back_inserter(out);
  for (const Diagnostic& entry : entries_) {
    if (entry.severity() != severity) continue;
    fmt::format_to(to, "{}:{}:{}: {}: {} [{}]\n", file_name, entry.place.line, entry.place.column,
                   severity == Severity::kError ? "error" : "warning", entry.message,
                   entry_of(entry.code).word);
    const std::string line =
        printable(line_of(source, entry.place.line).substr(0, kMaxShownColumns));
    const std::size_t column = std::min(entry.place.column - 1, line.size());
    const std::size_t room = std::max<std::size_t>(line.size() - column, 1);
    const std::size_t length = std::clamp<std::size_t>(entry.length, 1, room);
    fmt::format_to(to, "{:5} | {}\n", entry.place.line, line);
    fmt::format_to(to, "      | {:{}}^{:~<{}}\n", "", column, "", length - 1);
    if (!entry.hint.empty()) fmt::format_to(to, "  hint: {}\n", entry.hint);
  }
  if (has_more_ && severity == Severity::kError)
    fmt::format_to(to, "{}: error: there are more errors than these\n", file_name);
  return out;
}

}  // namespace chatspec
