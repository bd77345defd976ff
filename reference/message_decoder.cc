#include "reference/message_decoder.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "reference/escape.h"

namespace chat {

MessageDecoder::MessageDecoder(const Profile& profile, TextSink& sink, std::uint64_t max_bytes)
    : profile_(&profile), sink_(&sink), max_bytes_(max_bytes) {}

std::expected<std::optional<MessageDecoder::Message>, FrameError> MessageDecoder::next(
    std::string_view& input) {
  while (!input.empty()) {
    if (!at_line_start_) {
      read_text(input);
    } else if (read_line_start(input) == LineStart::kTerminator) {
      matched_ = 0;
      carriage_return_held_ = false;
      return std::exchange(message_, {});
    }
    if (message_.bytes > max_bytes_) {
      return std::unexpected(
          FrameError{fmt::format("a message of more than {} bytes", max_bytes_)});
    }
  }
  return std::nullopt;
}

MessageDecoder::LineStart MessageDecoder::read_line_start(std::string_view& input) {
  const std::string_view terminator = profile_->terminator;
  while (matched_ < terminator.size() && !input.empty() && input.front() == terminator[matched_]) {
    ++matched_;
    input.remove_prefix(1);
  }
  const bool complete = matched_ == terminator.size();
  if (input.empty()) {
    return complete && !profile_->has_line_ends() ? LineStart::kTerminator : LineStart::kUndecided;
  }
  if (complete && profile_->has_line_ends()) {
    if (input.front() == '\n') {
      input.remove_prefix(1);
      return LineStart::kTerminator;
    }
    if (input.front() == '\r' && !carriage_return_held_) {
      carriage_return_held_ = true;
      input.remove_prefix(1);
      return LineStart::kUndecided;
    }
  }
  at_line_start_ = false;
  std::string_view text = terminator.substr(0, std::exchange(matched_, 0));
  if (is_stuffed(*profile_, text)) text.remove_prefix(1);
  unescape(text);
  return LineStart::kText;
}

void MessageDecoder::read_text(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const bool ends = end != std::string_view::npos;
  std::string_view piece = input.substr(0, end);
  input.remove_prefix(ends ? end + 1 : input.size());

  if (profile_->has_line_ends()) {
    const bool held_is_text = !(ends && piece.empty());
    if (std::exchange(carriage_return_held_, false) && held_is_text) unescape("\r");
    if (piece.ends_with('\r')) {
      piece.remove_suffix(1);
      carriage_return_held_ = !ends;
    }
  }
  unescape(piece);
  if (!ends) return;
  if (std::exchange(escape_held_, false)) put({&*profile_->escape, 1});
  sink_->line_end();
  ++message_.lines;
  at_line_start_ = true;
}

void MessageDecoder::unescape(std::string_view piece) {
  if (piece.empty()) return;
  if (!profile_->escapes()) {
    put(piece);
    return;
  }
  const char escape = *profile_->escape;
  std::size_t start = 0;   // of what was not handed on yet
  std::size_t search = 0;  // after start where the byte at start was escaped
  if (std::exchange(escape_held_, false)) {
    if (is_escaped(piece.front())) {
      search = 1;
    } else {
      put({&escape, 1});
    }
  }
  while (true) {
    const std::size_t found = piece.find(escape, search);
    if (found == std::string_view::npos) break;
    if (found + 1 == piece.size()) {
      piece.remove_suffix(1);
      escape_held_ = true;
      break;
    }
    search = found + 1;
    if (is_escaped(piece[found + 1])) {
      put(piece.substr(start, found - start));
      start = found + 1;
      search = found + 2;
    }
  }
  put(piece.substr(start));
}

void MessageDecoder::put(std::string_view piece) {
  if (piece.empty()) return;
  message_.bytes += piece.size();
  sink_->text(piece);
}

bool MessageDecoder::is_escaped(char c) const {
  return profile_->escaped.find(c) != std::string::npos;
}

}  // namespace chat
