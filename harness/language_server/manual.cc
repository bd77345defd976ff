#include "harness/language_server/manual.h"

#include <algorithm>

#include "harness/language_server/manual_text.h"

namespace chatspec::language_server {
namespace {

// The cells of a row `| a | b |`; none of another line, or of the rule below a table's head. A bar
// that belongs to a cell is written `\|`.
std::vector<std::string> read_cells(std::string_view line) {
  std::vector<std::string> cells;
  if (!line.starts_with("| ") || !line.ends_with(" |")) return cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line.substr(i, 2) == "\\|") {
      cell += line[++i];
    } else if (line[i] == '|') {
      cell.erase(0, cell.find_first_not_of(' '));
      cell.erase(cell.find_last_not_of(' ') + 1);
      cells.push_back(std::move(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

// What stands between pairs of backquotes.
std::vector<std::string> code_in(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t begin = text.find('`'); begin != text.npos;) {
    const std::size_t end = text.find('`', begin + 1);
    if (end == text.npos) break;
    all.emplace_back(text.substr(begin + 1, end - begin - 1));
    begin = text.find('`', end + 1);
  }
  return all;
}

// `[text](address)` without its address, which leads nowhere from an editor.
std::string without_links(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t middle = open == text.npos ? open : text.find("](", open);
    const std::size_t close = middle == text.npos ? middle : text.find(')', middle);
    if (close == text.npos) break;
    plain += text.substr(0, open);
    plain += text.substr(open + 1, middle - open - 1);
    text.remove_prefix(close + 1);
  }
  return plain += text;
}

bool is_form_of(std::string_view form, std::string_view word) {
  if (!form.starts_with(word)) return false;
  const std::string_view behind = form.substr(word.size());
  return behind.empty() || behind.front() == ' ' || behind.front() == '>';
}

}  // namespace

std::vector<ManualEntry> parse_manual(std::string_view document) {
  std::vector<ManualEntry> entries;
  std::string section;
  for (std::size_t begin = 0; begin < document.size();) {
    const std::size_t end = std::min(document.find('\n', begin), document.size());
    const std::string_view line = document.substr(begin, end - begin);
    begin = end + 1;
    if (line.starts_with('#')) section = line.substr(std::min(line.find(' ') + 1, line.size()));
    const auto cells = read_cells(line);
    if (cells.size() != 2) continue;
    auto forms = code_in(cells[0]);
    if (!forms.empty()) entries.push_back({section, std::move(forms), without_links(cells[1])});
  }
  return entries;
}

const std::vector<ManualEntry>& manual_entries() {
  static const std::vector<ManualEntry> kEntries = parse_manual(manual_text());
  return kEntries;
}

std::vector<const ManualEntry*> find_in_manual(std::string_view section, std::string_view word) {
  std::vector<const ManualEntry*> found;
  for (const ManualEntry& entry : manual_entries()) {
    if (entry.section != section) continue;
    const bool is_meant = std::ranges::any_of(
        entry.forms, [&](const std::string& form) { return is_form_of(form, word); });
    if (is_meant) found.push_back(&entry);
  }
  return found;
}

}  // namespace chatspec::language_server
