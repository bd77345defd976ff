// What the parser cannot see: whether the parts of a scenario fit each other, and the protocol.

#pragma once

#include <expected>
#include <functional>
#include <string>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// Gives the content of a file that a scenario names, or why it cannot be had.
using FileReader = std::function<std::expected<std::string, std::string>(const std::string& path)>;

// The text that a file's content stands for in a scenario: its last line end belongs to the file.
std::string without_last_line_end(std::string content);

// The reader for a scenario that stands alone: gives the error that there are none.
std::expected<std::string, std::string> no_files(const std::string& path);

// Reports everything that would make the scenario mean nothing, or something else than it says: for
// every row of its table and every role that it has. A scenario that parsed and checked without an
// error can be compiled (script.h) without one.
void check_scenario(const Scenario& scenario, const FileReader& read_file,
                    Diagnostics& diagnostics);

}  // namespace chatspec
