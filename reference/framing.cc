#include "reference/framing.h"

#include <algorithm>
#include <utility>

#include "reference/escape.h"

namespace chat {
namespace {

constexpr std::size_t kWhole = std::string_view::npos;

}  // namespace

std::vector<std::string_view> text_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  if (text.empty()) return lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string encode_unit(const Profile& profile, std::string_view word) {
  std::string out(word);
  out += profile.line_end_bytes();
  return out;
}

std::string encode_announcement(const Profile& profile) {
  return profile.has_signature_behind_reply() ? profile.signature + " "
                                              : encode_unit(profile, profile.signature);
}

std::string encode_text(const Profile& profile, std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16 + 2);
  TextEncoder encoder(profile, text);
  while (!encoder.done()) encoder.append_to(out, kWhole);
  return out;
}

std::string encode_terminator(const Profile& profile) {
  return encode_unit(profile, profile.terminator);
}

TextEncoder::TextEncoder(const Profile& profile, std::string_view text)
    : profile_(&profile),
      line_end_(profile.has_line_ends() ? profile.line_end_bytes() : "\n"),
      rest_(text),
      final_line_end_due_(!text.empty()) {
  special_['\n'] = true;
  if (!profile.escapes()) return;
  for (const char c : profile.escaped) special_[static_cast<unsigned char>(c)] = true;
}

void TextEncoder::append_to(std::string& out, std::size_t max_bytes) {
  std::string_view piece = rest_.substr(0, std::max<std::size_t>(max_bytes, 1));
  rest_.remove_prefix(piece.size());
  while (!piece.empty()) {
    if (std::exchange(at_line_start_, false) && is_stuffed(*profile_, piece)) out += piece.front();
    const auto stop = std::ranges::find_if(
        piece, [this](char c) { return special_[static_cast<unsigned char>(c)]; });
    out.append(piece.begin(), stop);
    piece.remove_prefix(static_cast<std::size_t>(stop - piece.begin()));
    if (piece.empty()) break;
    if (piece.front() == '\n') {
      out += line_end_;
      at_line_start_ = true;
    } else {
      out += *profile_->escape;
      out += piece.front();
    }
    piece.remove_prefix(1);
  }
  if (rest_.empty() && final_line_end_due_) {
    out += line_end_;
    final_line_end_due_ = false;
  }
}

}  // namespace chat
