#include "harness/grade/recipe_of_submission.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/scenario/pattern.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostNamesShown = 8;

bool has_name(const std::vector<std::string>& names, const std::string& pattern) {
  const Pattern parts = split_at_stars(pattern);
  return std::ranges::any_of(names, [&](const std::string& name) { return fits(parts, name); });
}

}  // namespace

const Recipe* find_recipe(const Assignment& assignment, const std::vector<std::string>& names) {
  const auto recipe = std::ranges::find_if(assignment.recipes, [&](const Recipe& one) {
    return std::ranges::all_of(
        one.when, [&](const std::string& pattern) { return has_name(names, pattern); });
  });
  return recipe == assignment.recipes.end() ? nullptr : &*recipe;
}

std::expected<const Recipe*, std::string> choose_recipe(const Assignment& assignment,
                                                        const std::vector<std::string>& names) {
  if (const Recipe* recipe = find_recipe(assignment, names)) return recipe;
  std::vector<std::string> wanted;
  for (const Recipe& recipe : assignment.recipes)
    wanted.push_back(fmt::format("{} ({})", recipe.name, fmt::join(recipe.when, " ")));
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
