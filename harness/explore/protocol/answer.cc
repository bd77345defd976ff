#include "harness/explore/protocol/answer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/framing.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using chat::Profile;

constexpr std::array kLast{kClosedAnswer,  kEndedAnswer, kCrashedAnswer,     kUnclosedAnswer,
                           kUnendedAnswer, kFloodAnswer, kNoConnectionAnswer};

// Takes parts of an answer off its front.
class AnswerParts {
 public:
  AnswerParts(const Profile& profile, std::string_view rest,
              std::span<const std::string> right_signatures)
      : profile_(profile), rest_(rest), right_(right_signatures) {}

  bool done() const { return rest_.empty(); }

  std::string next() {
    if (const auto reply = take_reply()) return chat::escape_bytes(*reply);
    if (auto signature = take_signature()) return *std::move(signature);
    return chat::quote_start(take_unknown(), kMostAnswerQuoteBytes);
  }

 private:
  bool take(std::string_view bytes) {
    if (!rest_.starts_with(bytes)) return false;
    rest_.remove_prefix(bytes.size());
    return true;
  }

  // The longest that fits, as one may be the beginning of another where there are line ends.
  std::optional<std::string_view> take_reply() {
    if (profile_.has_signature_behind_reply()) {
      const std::string announcement = chat::encode_announcement(profile_);
      const std::string_view digits = rest_.substr(std::min(announcement.size(), rest_.size()));
      if (rest_.starts_with(announcement) && size_of_signature(digits) > 0) {
        rest_ = digits;
        return profile_.signature;
      }
    }
    for (const std::string* word :
         {&profile_.ok, &profile_.signature, &profile_.reply_to_pass(), &profile_.reply_to_fail(),
          profile_.error_reply ? &*profile_.error_reply : nullptr}) {
      if (word && take(chat::encode_unit(profile_, *word))) return *word;
    }
    return std::nullopt;
  }

  // With its line end; 0 where there is none.
  std::size_t size_of_signature(std::string_view bytes) const {
    const std::string_view line_end = profile_.line_end_bytes();
    const std::size_t digits = chat::signature_size(profile_);
    if (bytes.size() < digits + line_end.size()) return 0;
    const bool is_one = chat::is_signature(profile_, bytes.substr(0, digits)) &&
                        bytes.substr(digits).starts_with(line_end);
    return is_one ? digits + line_end.size() : 0;
  }

  std::optional<std::string> take_signature() {
    const std::size_t size = size_of_signature(rest_);
    if (size == 0) return std::nullopt;
    const std::string_view signature = rest_.substr(0, chat::signature_size(profile_));
    rest_.remove_prefix(size);
    const bool is_right =
        !right_.empty() && chat::same_signature(profile_, signature, right_.front());
    if (right_.size() > 1) right_ = right_.subspan(1);
    return is_right ? "signature right" : "signature wrong";
  }

  // A line with its end, or all that is left.
  std::string_view take_unknown() {
    const std::size_t end = rest_.find('\n');
    const std::string_view unit =
        profile_.has_line_ends() && end != rest_.npos ? rest_.substr(0, end + 1) : rest_;
    rest_.remove_prefix(unit.size());
    return unit;
  }

  const Profile& profile_;
  std::string_view rest_;
  std::span<const std::string> right_;
};

}  // namespace

bool ExpectedAnswer::allows(std::string_view came) const {
  if (came == answer || std::ranges::find(also, came) != also.end()) return true;
  const bool is_exception = came.ends_with(name_crash("", kExceptionCrash));
  switch (freedom) {
    case AnswerFreedom::kNone:
      return false;
    case AnswerFreedom::kMustEnd:
      return ends_closed(came) || is_exception;
    case AnswerFreedom::kAny:
      return is_exception || !(came.ends_with(kCrashedAnswer) || came.ends_with(kFloodAnswer));
  }
  std::unreachable();
}

std::string name_answer(const Profile& profile, std::string_view received, AnswerEnd end,
                        std::span<const std::string> right_signatures) {
  std::vector<std::string> parts;
  AnswerParts rest(profile, received, right_signatures);
  while (!rest.done() && parts.size() < kMostAnswerParts) parts.push_back(rest.next());
  if (!rest.done()) parts.emplace_back(kMoreParts);
  return join_answer(std::move(parts), end);
}

std::string join_answer(std::vector<std::string> parts, AnswerEnd end) {
  if (end == AnswerEnd::kClosed) parts.emplace_back(kClosedAnswer);
  if (end == AnswerEnd::kUnclosed) parts.emplace_back(kUnclosedAnswer);
  if (end == AnswerEnd::kFlood) parts.assign(1, std::string(kFloodAnswer));
  if (parts.empty()) parts.emplace_back(kNothingAnswer);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string name_crash(std::string_view answer, std::string_view how) {
  if (ends_closed(answer)) {
    answer.remove_suffix(kClosedAnswer.size());
    return fmt::format("{}{}, {}", answer, how, kCrashedAnswer);
  }
  return fmt::format("{}{}{}, {}", answer, answer.empty() ? "" : ", ", how, kCrashedAnswer);
}

bool ends_closed(std::string_view answer) {
  return answer.ends_with(kClosedAnswer) && !answer.ends_with(kUnclosedAnswer);
}

bool ends_connection(std::string_view answer) {
  return std::ranges::any_of(kLast, [&](std::string_view last) { return answer.ends_with(last); });
}

}  // namespace chatspec
