#include "reference/unit_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reference/framing.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chat {

UnitReader::UnitReader(const Profile& profile, std::size_t max_bytes)
    : profile_(&profile),
      max_bytes_(max_bytes),
      words_{profile.hello,
             profile.data,
             profile.pass,
             profile.fail,
             profile.quit,
             profile.ok,
             profile.reply_to_pass(),
             profile.reply_to_fail()} {
  if (profile.error_reply) words_.push_back(*profile.error_reply);
  if (profile.has_signature_behind_reply()) {
    announcement_ = encode_announcement(profile);
  } else {
    words_.push_back(profile.signature);
  }
}

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
    if (is_word()) return std::exchange(pending_, {});
    if (!begins_word()) {
      constexpr std::size_t kShownBytes = 80;
      pending_ += input.substr(0, kShownBytes);
      return std::unexpected(FrameError{quote(pending_)});
    }
  }
  return std::nullopt;
}

bool UnitReader::is_word() const {
  const bool has_signature =
      pending_.starts_with(announcement_) &&
      is_signature(*profile_, std::string_view(pending_).substr(announcement_.size()));
  return has_signature || std::ranges::find(words_, pending_) != words_.end();
}

bool UnitReader::begins_word() const {
  if (pending_.size() < announcement_.size() && announcement_.starts_with(pending_)) return true;
  const bool begins_with_signature =
      pending_.starts_with(announcement_) &&
      begins_signature(*profile_, std::string_view(pending_).substr(announcement_.size()));
  return begins_with_signature || std::ranges::any_of(words_, [this](const std::string& word) {
           return word.starts_with(pending_);
         });
}

}  // namespace chat
