#include "harness/scenario/hint.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/text/suggest.h"

namespace chatspec {
namespace {

constexpr std::string_view kBegin = "did you mean ";
constexpr std::string_view kEnd = "?";

using Quoted = std::string (*)(std::string_view);

std::string as_is(std::string_view word) {
  return std::string(word);
}

std::string in_brackets(std::string_view word) {
  return fmt::format("<{}>", word);
}

std::string make_hint(std::string_view word, std::span<const std::string_view> candidates,
                      Quoted quoted) {
  const std::string_view near = chat::closest_name(word, candidates);
  if (!near.empty()) return fmt::format("{}{}{}", kBegin, quoted(near), kEnd);
  std::vector<std::string> all;
  for (const std::string_view candidate : candidates) all.push_back(quoted(candidate));
  return all.empty() ? std::string() : fmt::format("one of: {}", fmt::join(all, ", "));
}

}  // namespace

bool is_mistyped(std::string_view word, std::span<const std::string_view> candidates) {
  return !chat::closest_name(word, candidates).empty();
}

std::string hint_for(std::string_view word, std::span<const std::string_view> candidates,
                     std::string_view otherwise) {
  return is_mistyped(word, candidates) ? hint_for(word, candidates) : std::string(otherwise);
}

std::string hint_for(std::string_view word, std::span<const std::string_view> candidates) {
  return make_hint(word, candidates, as_is);
}

std::string hint_for_item(std::string_view word, std::span<const std::string_view> candidates) {
  return make_hint(word, candidates, in_brackets);
}

std::string_view suggested_word(std::string_view hint) {
  if (!hint.starts_with(kBegin) || !hint.ends_with(kEnd)) return {};
  hint.remove_prefix(kBegin.size());
  hint.remove_suffix(kEnd.size());
  return hint;
}

}  // namespace chatspec
