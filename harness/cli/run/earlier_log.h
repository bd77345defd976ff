// What the log of an earlier run says of the one that begins.

#pragma once

#include <expected>
#include <set>
#include <string>

#include "harness/suite/shards.h"
#include "reference/role.h"

namespace chatspec {

// The ids of the cases of a log that did not pass: fail, hang, crash, and error, which says nothing
// of the program. The error names the log; one of an implementation in the other role is an error,
// since the same cases are others there.
std::expected<std::set<std::string>, std::string> read_failed_ids(const std::string& path,
                                                                  chat::Role role);

// How long each case of a log took that was played. The error is the same.
std::expected<Timings, std::string> read_timings(const std::string& path, chat::Role role);

}  // namespace chatspec
