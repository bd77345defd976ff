// Markdown that grows part by part, as long as GitHub takes it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace chatspec {

// GitHub refuses a summary of more than 1 MiB.
inline constexpr std::size_t kMostMarkdownBytes = std::size_t{1} << 20;

class BoundedText {
 public:
  // Adds a part as a whole. What does not fit is left out, with all that comes behind it.
  void add(std::string_view part) {
    is_full_ = is_full_ || text_.size() + part.size() + kRemark.size() > kMostMarkdownBytes;
    if (!is_full_) text_ += part;
  }

  // All that fitted; where that is not all, it says so.
  std::string finish() {
    if (is_full_) text_ += kRemark;
    return std::move(text_);
  }

 private:
  static constexpr std::string_view kRemark =
      "\n\nThe rest is left out: a summary takes at most 1 MiB. The log has all of it.\n";

  std::string text_;
  bool is_full_ = false;
};

}  // namespace chatspec
