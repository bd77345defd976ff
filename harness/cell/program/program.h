// Which file a command's first word means.

#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "harness/cell/cell.h"

namespace chatspec {

// Looks a program up as a shell would: as a path if it holds a slash, else in the folders of `path`
// (as in $PATH). Gives an absolute path, since the program starts in another working directory;
// else kNotStarted with a message that says what is wrong with the best candidate.
std::expected<std::string, CellFailure> find_program(std::string_view name, std::string_view path);

// What keeps a file from being run, in words that follow a colon; nothing where it can be.
std::optional<std::string> find_obstacle_to_running(const std::filesystem::path& file);

// Why the kernel refused to run a program that was found, in a sentence. `error` as errno.
std::string explain_not_run(const std::string& program, int error);

}  // namespace chatspec
