// Standard output, which may be a full disk or a pipe that nobody reads any more; and standard
// error.

#pragma once

#include <string_view>

namespace chatspec {

// Writes to standard output, through its buffer. What fails is remembered and does not throw.
void say(std::string_view text);

// "chatspec: MESSAGE" on standard error.
void complain(std::string_view message);

// Writes to standard error as it is. Where even that fails, nothing is left to say.
void warn(std::string_view text);

// Empties the buffers. False where something, now or before, could not be written.
bool flush_output();

// "cannot write to standard output: REASON", once flush_output() gave false.
std::string_view describe_output_failure();

}  // namespace chatspec
