#include "reference/text/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "reference/text/quote.h"

namespace chat {
namespace {

// Nobody mistypes a name that long; a hostile one shall not cost quadratic time.
constexpr std::size_t kMaxWordBytes = 64;

char fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Damerau's distance in the form without overlapping swaps ("optimal string alignment").
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::vector<std::size_t>, 3> rows;
  for (auto& row : rows) row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({above[j] + 1, row[j - 1] + 1,
                    above[j - 1] + static_cast<std::size_t>(fold(a[i - 1]) != fold(b[j - 1]))});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view closest_name(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > kMaxWordBytes) return {};
  std::string_view best;
  // Something of the word must be left: a digit is not a mistyped other digit.
  std::size_t best_distance = std::min(std::max<std::size_t>(1, word.size() / 3) + 1, word.size());
  for (const std::string_view candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view name = closest_name(word, candidates);
  if (name.empty()) return {};
  return "; did you mean " + quote(name) + "?";
}

}  // namespace chat
