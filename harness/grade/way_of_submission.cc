#include "harness/grade/way_of_submission.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/scenario/pattern.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostNamesShown = 8;

bool has_name(const std::vector<std::string>& names, const std::string& pattern) {
  const Pattern parts = split_at_stars(pattern);
  return std::ranges::any_of(names, [&](const std::string& name) { return fits(parts, name); });
}

}  // namespace

const Way* find_way(const Assignment& assignment, const std::vector<std::string>& names) {
  const auto way = std::ranges::find_if(assignment.ways, [&](const Way& one) {
    return std::ranges::all_of(
        one.when, [&](const std::string& pattern) { return has_name(names, pattern); });
  });
  return way == assignment.ways.end() ? nullptr : &*way;
}

std::expected<const Way*, std::string> choose_way(const Assignment& assignment,
                                                  const std::vector<std::string>& names) {
  if (const Way* way = find_way(assignment, names)) return way;
  std::vector<std::string> wanted;
  for (const Way& way : assignment.ways)
    wanted.push_back(fmt::format("{} ({})", way.name, fmt::join(way.when, " ")));
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (shown.size() < kMostNamesShown) shown.push_back(chat::quote(name));
  }
  return std::unexpected(fmt::format(
      "its files are of none of the assignment's languages: expected {}, found {}{}",
      fmt::join(wanted, " or "), fmt::join(shown, ", "),
      names.size() > shown.size() ? fmt::format(" and {} more", names.size() - shown.size()) : ""));
}

}  // namespace chatspec
