// The conversation of a case as it went, for people: events -> lines.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

struct ExchangeLine {
  Role speaker = Role::kClient;
  std::uint64_t connection = 1;
  std::string bytes{};     // what went over the connection; empty where `note` says what happened
  std::string note{};      // "closes the connection", …
  std::size_t pieces = 1;  // in how many segments we sent it
  std::uint64_t left_out = 0;  // bytes that are not shown
  bool is_gap = false;         // lines are left out here, as many as `note` says

  bool operator==(const ExchangeLine&) const = default;
};

// Its bytes, quoted, with what is not shown of them; printable ASCII but for a sign in front of
// that.
std::string show_bytes(const ExchangeLine& line);

struct ExchangeLimits {
  std::size_t max_bytes = 200;  // of a line, with the words that say how much of it is not shown
  // Of more lines those between so many at the beginning and so many at the end are left out,
  // unless they are hardly more than the line that says so.
  std::size_t max_head = 13;
  std::size_t max_tail = 27;
};

// Everything that was sent and received, unit by unit.
std::vector<ExchangeLine> list_exchange(const RunRecord& run, const CaseRecord& record,
                                        const ExchangeLimits& limits = {});

}  // namespace chatspec
