// Which lines of its own code a program reaches, where it lets itself be watched without being
// changed: what is loaded into it (loaded/) appends them to a file in its cell's folder, each once,
// as FILE:LINE and a line end. Whatever else stands there is the program's doing, and no evidence
// of anything: a search is guided by it, and nothing more.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/cell.h"

namespace chatspec {

// The file, and the environment variable that has its path.
inline constexpr std::string_view kReachedFile = "reached-lines.txt";
inline constexpr std::string_view kReachedVariable = "CHATSPEC_REACHED";

// "server.py:12", each once.
using ReachedLines = std::vector<std::string>;

// Of one program, as long as it lives.
class ReachedReader {
 public:
  // What it has told since it was asked last. Of a file that is larger than one of lines is, the
  // rest is not read.
  ReachedLines take(Cell& cell);

 private:
  std::size_t read_ = 0;  // bytes of the file
  std::string begun_;     // a line that has no end yet
};

}  // namespace chatspec
