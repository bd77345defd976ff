// Expectation x what a program wrote on its standard streams -> whether it is met. As with the
// bytes of a connection (matcher.h), the player asks this to know when to go on, and the judge asks
// the same again of the transcript.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// What a program wrote, as far as it is known.
struct Written {
  std::string_view output{};
  std::string_view errors{};
  std::size_t errors_before = 0;  // so many of `errors` came before it was given cause to complain
};

// As the transcript tells it at its end. Borrows the events.
Written find_written(const std::vector<Event>& events);

// Whether the step wants something written.
bool expects_output(const Step& step);

// Whether it has been written; `events` tell what we sent.
bool is_written(const Script& script, const Step& step, const std::vector<Event>& events,
                const Written& written);

// A line that is due and not there.
struct MissingLine {
  std::string line{};
  std::size_t times = 1;    // so often it was due up to here
  std::string_view rest{};  // of the output, after the lines that were due before it and are there
};
// The first of what the step wants printed. A pattern with gaps has no line to name; then there is
// nothing.
std::optional<MissingLine> find_missing_line(const Script& script, const Step& step,
                                             const std::vector<Event>& events,
                                             std::string_view output);

}  // namespace chatspec
