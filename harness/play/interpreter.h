// What the words of a command line are to the interpreter that its first word names. It is better
// to know nothing than to be wrong: whatever is not plain is left alone.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chatspec {

// The word that names the script: "server.py" of `python3 -u server.py {port}`. Nothing where there
// is none, where an option that is not known stands before it, or where it does not look like a
// path.
std::optional<std::size_t> find_script_word(const std::vector<std::string>& words);

// Whether a word names a module, which looks like a file and is none: "pkg" of `python3 -m pkg`.
bool is_module_name(const std::vector<std::string>& words, std::size_t index);

}  // namespace chatspec
