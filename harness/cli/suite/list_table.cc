#include "harness/cli/suite/list_table.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "harness/report/text/paragraph.h"

namespace chatspec {
namespace {

constexpr std::size_t kLeastTitleColumns = 24;
constexpr std::size_t kIndentBelow = 4;

std::string requirements_of(const ListedCase& one) {
  return fmt::format("{}", fmt::join(one.requirements, " "));
}

// The title after or below what stands before it in the row.
std::string add_title(std::string row, const std::string& title, std::size_t columns) {
  const bool is_behind = row.size() + kLeastTitleColumns <= columns;
  const std::size_t indent = is_behind ? row.size() : kIndentBelow;
  const std::string gap(indent, ' ');
  const std::vector<std::string> lines =
      wrap(title, std::max(columns, indent + kLeastTitleColumns) - indent);
  const std::size_t end = row.find_last_not_of(' ') + 1;
  if (!is_behind) row = row.substr(0, end) + "\n" + gap;
  return row + fmt::format("{}\n", fmt::join(lines, "\n" + gap));
}

}  // namespace

std::string render_case_table(std::span<const ListedCase> cases,
                              std::optional<std::size_t> columns) {
  std::size_t id_width = 0;
  std::size_t requirements_width = 0;
  for (const ListedCase& one : cases) {
    id_width = std::max(id_width, one.id.size());
    requirements_width = std::max(requirements_width, requirements_of(one).size());
  }
  std::string text;
  for (const ListedCase& one : cases) {
    const std::string row = fmt::format("{:<{}}  {:<6}  {:<{}}  ", one.id, id_width, one.level,
                                        requirements_of(one), requirements_width);
    text += columns ? add_title(row, one.title, *columns) : row + one.title + "\n";
  }
  return text;
}

std::string render_cases_as_json(std::span<const ListedCase> cases) {
  std::string text;
  for (const ListedCase& one : cases) {
    const nlohmann::ordered_json object{
        {"id", one.id},     {"level", one.level}, {"requirements", one.requirements},
        {"tags", one.tags}, {"title", one.title}, {"file", one.file},
        {"line", one.line}};
    text += object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace chatspec
