// Whether the kernel can run a file, by its first bytes (execve(2)). It is looked at before
// anything is started: a wrapper that starts the program may hand what the kernel refuses to a
// shell, which then makes of it what it can.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chatspec {

// As many first bytes as are looked at; the kernel looks at no more of a script.
inline constexpr std::size_t kFormatBytes = 256;

// What is said of a file of no format that is known.
inline constexpr std::string_view kNoProgram =
    "it is no program of this system (a script needs a first line like #!/usr/bin/env python3)";

// What keeps a file with these first bytes from being run, in words that follow a colon; nothing
// where it can be, for all that is known. Programs for this machine are ELF, scripts name an
// interpreter that is there.
std::optional<std::string> find_format_obstacle(std::string_view beginning);

// Whether this machine runs other formats, too (binfmt_misc), so that a file of another may be run.
bool runs_other_formats();

}  // namespace chatspec
