#include "reference/unit_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reference/quote.h"
#include "reference/signature.h"

namespace chat {
UnitReader::UnitReader(const Profile& profile, std::size_t max_bytes)
    : profile_(&profile),
      max_bytes_(max_bytes),
      words_{profile.hello, profile.data, profile.pass,     profile.fail,
             profile.quit,  profile.ok,   profile.signature} {}

std::expected<std::optional<std::string>, FrameError> UnitReader::next(std::string_view& input) {
  return profile_->has_line_ends() ? next_line(input) : next_word(input);
}

UnitReader::Result UnitReader::next_line(std::string_view& input) {
  const auto too_long = [this] {
    return std::unexpected(FrameError{fmt::format("a unit of more than {} bytes", max_bytes_)});
  };
  const std::size_t end = input.find('\n');
  const std::string_view piece = input.substr(0, end);
  // One byte more than a unit may have, since a CR before the LF does not count.
  if (piece.size() > max_bytes_ + 1 - std::min(pending_.size(), max_bytes_ + 1)) return too_long();
  pending_ += piece;
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  if (end == std::string_view::npos) {
    if (pending_.size() > max_bytes_ && !pending_.ends_with('\r')) return too_long();
    return std::nullopt;
  }
  if (pending_.ends_with('\r')) pending_.pop_back();
  if (pending_.size() > max_bytes_) return too_long();
  return std::exchange(pending_, {});
}

// No word is the beginning of another (find_inconsistency() sees to that), so a word is complete as
// soon as it is there.
UnitReader::Result UnitReader::next_word(std::string_view& input) {
  while (!input.empty()) {
    pending_ += input.front();
    input.remove_prefix(1);
    if (is_signature(*profile_, pending_) || std::ranges::find(words_, pending_) != words_.end()) {
      return std::exchange(pending_, {});
    }
    const bool possible =
        begins_signature(*profile_, pending_) ||
        std::ranges::any_of(words_, [this](std::string_view w) { return w.starts_with(pending_); });
    if (!possible) {
      constexpr std::size_t kShownBytes = 80;
      pending_ += input.substr(0, kShownBytes);
      return std::unexpected(FrameError{quote(pending_)});
    }
  }
  return std::nullopt;
}

}  // namespace chat
