// Files that one command line names for several purposes.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace chatspec {

// As which standard output is named.
inline constexpr std::string_view kStandardOutput = "-";

struct NamedFile {
  std::string_view option;  // or the argument's name
  std::string path;         // empty where it names none
};

// The error is a sentence about the first file that is named twice, in whatever words.
std::expected<void, std::string> check_named_once(std::span<const NamedFile> files);

// The error is a sentence about the first file (no device) that would be written over though it is
// read, too.
std::expected<void, std::string> check_read_are_kept(std::span<const NamedFile> written,
                                                     std::span<const NamedFile> read);

// The error is a sentence about the first file that could not be written, as far as that can be
// known beforehand, or the first folder that is none: for what takes long, and writes at its end.
std::expected<void, std::string> check_can_be_written(std::span<const NamedFile> files);
std::expected<void, std::string> check_can_be_folder(const NamedFile& folder);

}  // namespace chatspec
