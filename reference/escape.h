// Escaping of one line of text, as a whole (ESC-1 to ESC-4, STUFF-1, STUFF-2). message_decoder.h
// unescapes a stream.

#pragma once

#include <string>
#include <string_view>

#include "reference/profile.h"

namespace chat {

// Appends the line as it is sent. Without escaping in the profile, that is the line itself.
void escape_text_line(const Profile& profile, std::string_view line, std::string& out);

// Appends the text for which a received line stands. Every line but the terminator stands for some
// text: a stray escape character is text.
void unescape_line(const Profile& profile, std::string_view line, std::string& out);

// Whether the line begins with the character that is doubled there.
bool is_stuffed(const Profile& profile, std::string_view line);

}  // namespace chat
