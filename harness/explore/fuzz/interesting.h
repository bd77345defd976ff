// Lines and bytes on which programs stumble.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chatspec {

// The commands in order and out of it, almost the commands, and what is none; without line ends.
std::vector<std::string> make_command_lines(const chat::Profile& profile);
// Lines of a text as they stand on the wire: dots, escapes, blanks, words of the protocol, bytes
// that are no ASCII; without line ends.
std::vector<std::string> make_text_lines(const chat::Profile& profile);

// The replies in order and out of it, almost the replies, and what is none; without line ends.
std::vector<std::string> make_reply_lines(const chat::Profile& profile);
// Lines of a client's messages, as they stand in its file: what is escaped, what looks like the
// protocol or like a length; without line ends, and without CR, of which nobody says whether it is
// the half of one.
std::vector<std::string> make_message_lines(const chat::Profile& profile);

// What may stand within a line and is seldom tried; without LF.
std::span<const std::string_view> odd_bytes();
// Lengths around the sizes of buffers, up to what LIMIT-1 asks for, in bytes.
std::span<const std::size_t> edge_lengths();

// More than a megabyte (LIMIT-2), in lines that LIMIT-1 asks for.
std::string make_large_text();

}  // namespace chatspec
