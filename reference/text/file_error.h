// What is wrong with a text file, and where.

#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace chat {

struct FileError {
  std::string file;
  std::size_t line = 0;  // counts from 1; 0 where the file as a whole is meant
  std::string message;   // what was expected and what was found, fit for a terminal

  // "FILE:LINE: message", or "FILE: message" without a line.
  std::string to_string() const;

  friend bool operator==(const FileError&, const FileError&) = default;
};

// The first ten, one below the other, and how many more there are; without a line end at the end.
std::string to_string(std::span<const FileError> errors);

}  // namespace chat
