// What the results of several platforms are made of.

#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "harness/grade/platform_results.h"

namespace chatspec {

using PlatformJson = nlohmann::ordered_json;

// Of a platform that takes fractions.
double as_number(Points points);

// "server: handshake quit".
std::string name_of(const PartMark& part);

bool is_earned_in_full(const PartMark& part);

// What a part earned and what each mistake in it cost, in lines, far below what any platform takes.
std::string describe_part(const PartMark& part, const MarkedSubmission& marked);

std::string explain_no_mark(const Mark& mark);

// A line where `indent` is -1. What is no UTF-8 is replaced.
std::string dump(const PlatformJson& value, int indent);

}  // namespace chatspec
