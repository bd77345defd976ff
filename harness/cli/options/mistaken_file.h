// Files that were taken for others: two names on a command line that changed places.

#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace chatspec {

// An error where the first bytes of a file show that it is something else than `wanted`, which is
// called as in "an assignment": better than a complaint about each of its lines.
std::expected<void, std::string> refuse_other_kinds(std::string_view content,
                                                    const std::string& path,
                                                    std::string_view wanted);

}  // namespace chatspec
