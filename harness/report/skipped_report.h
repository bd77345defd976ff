// What was not played, and why, for people at a terminal.

#pragma once

#include <span>
#include <string>

#include "harness/report/log/record.h"
#include "harness/report/text/style.h"

namespace chatspec {

// Each reason, with how many cases it kept from being played, the most first. What a failure kept
// back is told where the failure is. "" where all was played.
std::string render_skipped(std::span<const CaseRecord* const> cases, const Style& style);

}  // namespace chatspec
