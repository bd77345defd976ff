#include "harness/grade/gradebook/gradebook_match.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/diagnosis/text_comparison.h"

namespace chatspec {
namespace {

// Between those of a group, in their names and keys.
constexpr std::string_view kAnd = " & ";

std::vector<std::string_view> split_group(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(kAnd); end != text.npos; end = text.find(kAnd)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + kAnd.size());
  }
  parts.push_back(text);
  return parts;
}

std::vector<Identity> identities_of_key(std::string_view platform) {
  if (platform == "Canvas") return {Identity::kCanvasId};
  if (platform == "Moodle") return {Identity::kMoodleParticipant};
  if (platform == "Gradescope") return {Identity::kNumber, Identity::kLogin, Identity::kAddress};
  return {};
}

// The number at the end of "Participant 12345", in whatever language.
std::string_view participant_number(std::string_view cell) {
  const std::size_t last = cell.find_last_not_of("0123456789");
  return cell.substr(last == cell.npos ? 0 : last + 1);
}

bool is_known_by(std::string_view cell, Identity identity, std::string_view word) {
  switch (identity) {
    case Identity::kMoodleParticipant:
      return participant_number(cell) == word;
    case Identity::kLogin:
    case Identity::kAddress:
      return same_but_for_letter_case(cell, word);
    case Identity::kCanvasId:
    case Identity::kNumber:
      return cell == word;
  }
  return false;
}

// In one order: "Doe, Jane" and "jane doe" have the same.
std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : lower_case(name) + " ") {
    if (c != ' ' && c != ',') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  std::ranges::sort(words);
  return words;
}

class Matcher {
 public:
  explicit Matcher(const Gradebook& book) : book_(book) {}

  // The records that are a student of this key, or of this name.
  std::vector<std::size_t> find(std::string_view platform, std::string_view key,
                                std::string_view name) const {
    const std::vector<Identity> by_key = identities_of_key(platform);
    if (has_any(by_key)) return find_by(by_key, key);
    constexpr std::array kByName{Identity::kLogin, Identity::kNumber, Identity::kAddress};
    const auto called_so = find_by(kByName, name);
    return called_so.empty() ? find_named(name) : called_so;
  }

 private:
  bool has_any(std::span<const Identity> identities) const {
    return std::ranges::any_of(book_.identities, [&](const IdentityColumn& column) {
      return std::ranges::count(identities, column.identity) > 0;
    });
  }

  std::vector<std::size_t> find_by(std::span<const Identity> identities,
                                   std::string_view word) const {
    std::vector<std::size_t> records;
    std::ranges::copy_if(book_.students, std::back_inserter(records), [&](std::size_t record) {
      return std::ranges::any_of(book_.identities, [&](const IdentityColumn& column) {
        const std::string_view cell = cell_of(book_.table.records[record], column.column);
        return !cell.empty() && std::ranges::count(identities, column.identity) > 0 &&
               is_known_by(cell, column.identity, word);
      });
    });
    return records;
  }

  std::vector<std::size_t> find_named(std::string_view name) const {
    const auto wanted = words_of_name(name);
    std::vector<std::size_t> records;
    std::ranges::copy_if(book_.students, std::back_inserter(records), [&](std::size_t record) {
      std::string whole;
      for (const std::size_t column : book_.names)
        whole += fmt::format("{} ", cell_of(book_.table.records[record], column));
      return !wanted.empty() && words_of_name(whole) == wanted;
    });
    return records;
  }

  const Gradebook& book_;
};

std::string list_lines(const Gradebook& book, const std::vector<std::size_t>& records) {
  std::vector<std::size_t> lines;
  for (const std::size_t record : records) lines.push_back(book.table.records[record].line);
  return fmt::format("{}", fmt::join(lines, ", "));
}

std::string list_ids(std::span<const GradedStudent> students,
                     const std::set<std::size_t>& indices) {
  std::vector<std::string> ids;
  for (const std::size_t index : indices) ids.push_back(students[index].id);
  return fmt::format("{}", fmt::join(ids, ", "));
}

}  // namespace

GradebookMatches match_students(const Gradebook& book, std::span<const GradedStudent> students) {
  const Matcher matcher(book);
  GradebookMatches matches;
  std::map<std::size_t, std::set<std::size_t>> by_record;
  for (std::size_t i = 0; i < students.size(); ++i) {
    const GradedStudent& student = students[i];
    const auto keys = split_group(student.key);
    const auto names = split_group(student.student);
    const bool is_group = student.platform == "Gradescope" && keys.size() == names.size();
    for (std::size_t member = 0; member < (is_group ? keys.size() : 1); ++member) {
      const std::string_view key = is_group ? keys[member] : student.key;
      const std::string_view name = is_group ? names[member] : student.student;
      const auto records = matcher.find(student.platform, key, name);
      const std::string who = fmt::format("{} (submission {})", show_cell(name), student.id);
      if (records.empty()) matches.missing.push_back(who);
      if (records.size() == 1) by_record[records.front()].insert(i);
      if (records.size() > 1)
        matches.ambiguous.push_back(fmt::format(
            "lines {}: each can be {}; leave one of them in the file, or give this grade by hand "
            "and remove the submission's line from scores.csv",
            list_lines(book, records), who));
    }
  }
  for (const auto& [record, of] : by_record) {
    if (of.size() == 1) {
      matches.found.push_back({record, *of.begin()});
    } else {
      matches.ambiguous.push_back(fmt::format(
          "line {}: several submissions are of this student: {}; leave the line of one of them in "
          "scores.csv",
          book.table.records[record].line, list_ids(students, of)));
    }
  }
  return matches;
}

}  // namespace chatspec
