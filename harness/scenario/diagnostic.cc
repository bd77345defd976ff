#include "harness/scenario/diagnostic.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

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
  for (char& c : out) {
    if (c == '\t') c = ' ';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return out;
}

constexpr std::size_t kMaxShownColumns = 160;

}  // namespace

void Diagnostics::add(Place place, std::size_t length, std::string message, std::string hint) {
  Diagnostic entry{place, length, std::move(message), std::move(hint)};
  if (std::ranges::find(entries_, entry) == entries_.end()) entries_.push_back(std::move(entry));
}

void Diagnostics::sort() {
  std::ranges::stable_sort(entries_, {}, &Diagnostic::place);
}

std::string Diagnostics::render(std::string_view file_name, std::string_view source) const {
  std::string out;
  auto to = std::back_inserter(out);
  for (const Diagnostic& entry : entries_) {
    fmt::format_to(to, "{}:{}:{}: error: {}\n", file_name, entry.place.line, entry.place.column,
                   entry.message);
    const std::string line =
        printable(line_of(source, entry.place.line).substr(0, kMaxShownColumns));
    const std::size_t column = std::min(entry.place.column - 1, line.size());
    const std::size_t room = std::max<std::size_t>(line.size() - column, 1);
    const std::size_t length = std::clamp<std::size_t>(entry.length, 1, room);
    fmt::format_to(to, "{:5} | {}\n", entry.place.line, line);
    fmt::format_to(to, "      | {:{}}^{:~<{}}\n", "", column, "", length - 1);
    if (!entry.hint.empty()) fmt::format_to(to, "  hint: {}\n", entry.hint);
  }
  return out;
}

}  // namespace chatspec
