// What those look at who explain a unit: itself, and what the script knows of its surroundings.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/script/script.h"

namespace chatspec {

struct UnitView {
  const Script& script;
  std::size_t step;
  const Expectation& expectation;
  std::string_view received;  // all of it, from the unit's begin on
  std::size_t sent_before;    // so many bytes we had sent when the first of it came
  std::string_view unit;      // the first of it, with its line end
  std::string_view content;   // without
  std::string_view expected;  // without its line end; empty where no unit was due

  const chat::Profile& profile() const { return script.profile; }
  bool was_due() const { return !expected.empty(); }
};

// For people, without its line end, cut where it is long.
std::string show_unit(std::string_view content);

// The last thing that we had sent on the connection, without its line end; may be empty.
std::string_view last_sent(const UnitView& view);
// What we send next on it, in the same way.
std::string_view next_sent(const UnitView& view);

}  // namespace chatspec
