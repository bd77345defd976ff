// The cases that `chatspec list` shows, as a table and as JSON.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chatspec {

struct ListedCase {
  std::string id{};
  std::string level{};
  std::vector<std::string> requirements{};
  std::vector<std::string> tags{};
  std::string title{};
  std::string file{};
  std::size_t line = 0;
};

// A row for each, in columns as wide as their widest cell. In a terminal of so many columns, a
// title that does not fit goes on below itself, or, where hardly anything is left for it, below the
// row. Whatever is no terminal gets each row in one line.
std::string render_case_table(std::span<const ListedCase> cases,
                              std::optional<std::size_t> columns);

// An object in a line for each, with the members of ListedCase. Printable ASCII.
std::string render_cases_as_json(std::span<const ListedCase> cases);

}  // namespace chatspec
