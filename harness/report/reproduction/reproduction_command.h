// The command line that plays a case again, made of what its run recorded.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

// `chatspec run …` as words of a shell, quoted where that is needed: options of one value hold it
// after a blank. Nothing where the record is not enough: it has bytes that nobody can type, or
// does not say how the program is started. `build` is null where nothing was built.
//
// Of a profile that is not built in, its file is named profile.txt; of the keys of a server that
// runs already, keys.txt.
std::optional<std::vector<std::string>> make_run_command(const RunRecord& run,
                                                         const CaseRecord& record,
                                                         const BuildRecord* build);

// An address as it is logged, "HOST PORT", as it is typed.
std::string join_address(std::string address);

// Whether it is a tier that was asked for, and not what comes without a word.
bool is_tier_of_choice(std::string_view isolation);

// The words in as few lines of at most `columns` as they fit in, joined by a backslash; all lines
// but the first are indented. A word that is longer stands in a line of its own.
std::string wrap_command(const std::vector<std::string>& words, std::size_t columns);

// Whether it is one that chatspec knows by its name.
bool is_builtin(const ProfileRecord& profile);

}  // namespace chatspec
