// The part of the judge that looks for faults of the program's own, which a scenario need not ask
// for: a process that was killed, a report of a sanitizer, an exception that nothing caught.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/script/script.h"

namespace chatspec {

// The fault that the transcript shows, if any. A death of the first process is not among them
// (kExited tells of it), but what is known of its reason is: as a finding whose code is kKilled.
// What the program wrote after the harness had ended a connection that the scenario leaves open,
// or had asked it to end, is no evidence.
std::optional<Finding> judge_faults(const Script& script, const std::vector<Event>& events);

// Where the scenario makes the program give up, the requirement that says how: by bad arguments
// CLI-3, by bad files FILE-6, by ending the connection before its time END-2, by a violation
// STATE-6. To die of an exception then is a way of giving up, and not the one that is wanted.
std::optional<std::string_view> find_reason_to_give_up(const Script& script);

}  // namespace chatspec
