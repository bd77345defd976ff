// The longest common subsequence of lines, by the table of its lengths, of what is left between a
// common begin and a common end.

#include "harness/cli/suite/line_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace chatspec {
namespace {

constexpr std::size_t kAround = 3;                       // lines of context
constexpr std::size_t kMaxTable = std::size_t{1} << 22;  // entries, of four bytes each

// A line as it was, left out or new.
struct DiffLine {
  char mark = ' ';  // ' ', '-' or '+'
  std::string_view text;
};

// With their line ends.
std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

using Lines = std::vector<std::string_view>;

void mark_all(std::vector<DiffLine>& out, char mark, auto begin, auto end) {
  for (auto line = begin; line != end; ++line) out.push_back({mark, *line});
}

// What becomes of lines of which neither the first nor the last are the same.
void align(const Lines& before, const Lines& after, std::vector<DiffLine>& out) {
  const std::size_t rows = before.size();
  const std::size_t width = after.size() + 1;
  if ((rows + 1) * width > kMaxTable) {
    mark_all(out, '-', before.begin(), before.end());
    mark_all(out, '+', after.begin(), after.end());
    return;
  }
  // common[i * width + j]: how many lines before[i..] and after[j..] have in common.
  std::vector<std::uint32_t> common((rows + 1) * width);
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;)
      common[i * width + j] =
          before[i] == after[j] ? common[(i + 1) * width + j + 1] + 1
                                : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows || j < after.size()) {
    if (i < rows && j < after.size() && before[i] == after[j]) {
      out.push_back({' ', before[i++]});
      ++j;
    } else if (j == after.size() ||
               (i < rows && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      out.push_back({'-', before[i++]});
    } else {
      out.push_back({'+', after[j++]});
    }
  }
}

std::vector<DiffLine> compare_lines(const Lines& before, const Lines& after) {
  const auto begin = std::ranges::mismatch(before, after);
  std::vector<DiffLine> out;
  mark_all(out, ' ', before.begin(), begin.in1);
  Lines left(begin.in1, before.end());
  Lines right(begin.in2, after.end());
  Lines same_end;
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    same_end.push_back(left.back());
    left.pop_back();
    right.pop_back();
  }
  align(left, right, out);
  mark_all(out, ' ', same_end.rbegin(), same_end.rend());
  return out;
}

// The range of a hunk in one of the texts: of an empty one, the line before it.
std::string range_of(std::size_t first, std::size_t count) {
  return count == 1 ? std::to_string(first)
                    : fmt::format("{},{}", count == 0 ? first - 1 : first, count);
}

std::string show_line(const DiffLine& line) {
  const bool has_end = line.text.ends_with('\n');
  return fmt::format("{}{}{}", line.mark, line.text,
                     has_end ? "" : "\n\\ No newline at end of file\n");
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const std::vector<DiffLine> lines = compare_lines(split_lines(before), split_lines(after));
  std::string text = fmt::format("--- {0}\n+++ {0}\n", name);
  const auto is_change = [](const DiffLine& line) { return line.mark != ' '; };
  std::size_t done = 0;        // lines before which everything is shown or left out
  std::size_t old_number = 1;  // of the line `done` in each text
  std::size_t new_number = 1;
  while (true) {
    const auto change =
        std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(done), lines.end(), is_change);
    if (change == lines.end()) return text;
    const auto first_change = static_cast<std::size_t>(change - lines.begin());
    const std::size_t begin = first_change - std::min(kAround, first_change - done);
    old_number += begin - done;
    new_number += begin - done;
    // It goes on as long as the next change is so near that what is around them would touch.
    std::size_t last_change = first_change;
    for (std::size_t i = first_change; i < lines.size() && i <= last_change + 2 * kAround; ++i) {
      if (is_change(lines[i])) last_change = i;
    }
    const std::size_t end = std::min(last_change + kAround + 1, lines.size());
    std::string body;
    std::size_t old_count = 0;
    std::size_t new_count = 0;
    for (std::size_t i = begin; i < end; ++i) {
      body += show_line(lines[i]);
      old_count += lines[i].mark != '+' ? 1 : 0;
      new_count += lines[i].mark != '-' ? 1 : 0;
    }
    text += fmt::format("@@ -{} +{} @@\n{}", range_of(old_number, old_count),
                        range_of(new_number, new_count), body);
    old_number += old_count;
    new_number += new_count;
    done = end;
  }
}

}  // namespace chatspec
