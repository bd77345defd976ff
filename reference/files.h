// The three kinds of file on a command line (FILE-1 to FILE-7): read, with located errors, and
// written.
//
// Parsers are given a file's content; `file_name` is for their errors only. Writers give content
// that the parsers take.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"
#include "reference/text/file_error.h"

namespace chat {

// The texts of a message file, their lines separated by LF, without the line end after each text.
// A file without messages gives none.
std::expected<std::vector<std::string>, FileError> parse_messages(std::string_view content,
                                                                  std::string_view file_name);

// The signatures, each 64 hexadecimal digits in the case that the file has.
std::expected<std::vector<std::string>, FileError> parse_signatures(std::string_view content,
                                                                    std::string_view file_name);

// The same for the signatures of a profile, which has another hash or codes it in another way.
std::expected<std::vector<std::string>, FileError> parse_signatures_of(const Profile& profile,
                                                                       std::string_view content,
                                                                       std::string_view file_name);

// The keys, at least one. An empty line is an empty key, an empty file is an error.
std::expected<std::vector<std::string>, FileError> parse_keys(std::string_view content,
                                                              std::string_view file_name);

// The freedoms that a file has.
struct FileStyle {
  bool crlf = false;
  bool last_line_end = true;
  bool trailing_blanks = false;  // after keys and signatures; a message file has no room for them
};

std::string format_messages(std::span<const std::string> texts, const FileStyle& style = {});
std::string format_signatures(std::span<const std::string> signatures, const FileStyle& style = {});
std::string format_keys(std::span<const std::string> keys, const FileStyle& style = {});

}  // namespace chat
