// Who is played against whom: the text file that `chatspec grid` is given.

#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "reference/role.h"
#include "reference/text/file_error.h"

namespace chatspec {

using chat::Role;

// One that joins: a server, a client, or both.
struct GridImplementation {
  std::string name{};              // letters, digits, '.', '_' and '-'; its files are named by it
  std::filesystem::path folder{};  // that it brings, absolute; empty where it brings none
  std::string build{};             // a command line for /bin/sh; empty where nothing is built
  std::string server{};            // as --server of `chatspec run`; empty where it has none
  std::string client{};
  std::vector<std::string> readable{};  // as --readable there, absolute
  std::size_t line = 0;                 // in the file; 0 for none of it

  const std::string& start(Role role) const { return role == Role::kServer ? server : client; }
};

struct Grid {
  std::string title{};
  // A built-in one's name, or a file's path, absolute; empty for that of the assignment, or `line`.
  std::string profile{};
  std::string isolation{};           // a tier's name; empty for the best that there is
  std::chrono::seconds deadline{5};  // of what is due
  std::chrono::seconds build_deadline{300};
  std::filesystem::path assignment{};  // in whose ways submissions are started; empty for none
  std::vector<GridImplementation> implementations{};
};

// All mistakes at once, each with its line. Paths are looked up from the folder of the file.
std::expected<Grid, std::vector<chat::FileError>> parse_grid(std::string_view text,
                                                             const std::filesystem::path& file);

}  // namespace chatspec
