// Tables that say something of each value of an enumeration, such as its word: one row per value,
// in the enumeration's order, so that a value finds its row by itself.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace chat {

// The row of a table that has nothing to say but the word.
template <typename Enum>
struct EnumWord {
  Enum value;
  std::string_view word;
};

// Whether a table has a row for each value up to `last`, in order. For static_assert.
template <typename Row, std::size_t size, typename Enum>
constexpr bool covers_in_order(const std::array<Row, size>& table, Enum Row::* value, Enum last) {
  if (size != static_cast<std::size_t>(last) + 1) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (static_cast<std::size_t>(table[i].*value) != i) return false;
  }
  return true;
}

// The row of a value, in a table that covers its enumeration in order.
template <typename Row, std::size_t size, typename Enum>
constexpr const Row& row_of(const std::array<Row, size>& table, Enum value) {
  return table.at(static_cast<std::size_t>(value));
}

// The row with a word; null where there is none.
template <typename Row, std::size_t size>
constexpr const Row* find_word(const std::array<Row, size>& table, std::string_view word) {
  const auto found = std::ranges::find(table, word, &Row::word);
  return found == table.end() ? nullptr : &*found;
}

// The value of a word, or nothing.
template <typename Enum, std::size_t size>
constexpr std::optional<Enum> value_of(const std::array<EnumWord<Enum>, size>& table,
                                       std::string_view word) {
  const auto* row = find_word(table, word);
  return row ? std::optional(row->value) : std::nullopt;
}

}  // namespace chat
