// What the log of an earlier run says of the one that begins.

#pragma once

#include <expected>
#include <set>
#include <string>
#include <vector>

#include "harness/suite/shards.h"
#include "reference/role.h"

namespace chatspec {

struct EarlierFailures {
  std::set<std::string> ids{};  // of cases that did not pass: fail, hang, crash, and error
  std::vector<std::string> played_then{};  // the words by which what was played was selected
};

// What failed in a log. The error names the log; one of an implementation in the other role is an
// error, since the same cases are others there.
std::expected<EarlierFailures, std::string> read_failures(const std::string& path, chat::Role role);

// How long each case of a log took that was played. The error is the same.
std::expected<Timings, std::string> read_timings(const std::string& path, chat::Role role);

}  // namespace chatspec
