#include "reference/escape.h"

namespace chat {

bool is_stuffed(const Profile& profile, std::string_view line) {
  return profile.dot_stuffing && !line.empty() && line.front() == profile.terminator.front();
}

void escape_text_line(const Profile& profile, std::string_view line, std::string& out) {
  if (is_stuffed(profile, line)) out += line.front();
  if (!profile.escapes()) {
    out += line;
    return;
  }
  for (const char c : line) {
    if (profile.escaped.find(c) != std::string::npos) out += *profile.escape;
    out += c;
  }
}

void unescape_line(const Profile& profile, std::string_view line, std::string& out) {
  if (is_stuffed(profile, line) && line != profile.terminator) line.remove_prefix(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escapes_next = profile.escape == line[i] && i + 1 < line.size() &&
                              profile.escaped.find(line[i + 1]) != std::string::npos;
    if (escapes_next) ++i;
    out += line[i];
  }
}

}  // namespace chat
