#include "harness/scenario/pattern.h"

namespace chatspec {

bool fits(const Pattern& pattern, std::string_view text) {
  if (pattern.parts.empty()) return false;
  const std::string& first = pattern.parts.front();
  const std::string& last = pattern.parts.back();
  if (pattern.parts.size() == 1) return text == first;
  if (text.size() < first.size() + last.size()) return false;
  if (!text.starts_with(first) || !text.ends_with(last)) return false;
  text.remove_prefix(first.size());
  text.remove_suffix(last.size());
  for (std::size_t i = 1; i + 1 < pattern.parts.size(); ++i) {
    const std::size_t at = text.find(pattern.parts[i]);
    if (at == text.npos) return false;
    text.remove_prefix(at + pattern.parts[i].size());
  }
  return true;
}

Pattern split_at_stars(std::string_view text) {
  Pattern pattern;
  for (std::size_t star = text.find('*'); star != text.npos; star = text.find('*')) {
    pattern.parts.emplace_back(text.substr(0, star));
    text.remove_prefix(star + 1);
  }
  pattern.parts.emplace_back(text);
  return pattern;
}

}  // namespace chatspec
