// Standard output, which may be a full disk or a pipe that nobody reads any more; and standard
// error.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// Takes the numbers of the standard streams that whoever started this process has closed, so that
// nothing else that it opens is written to as its output; using such a stream fails. Call it first.
void hold_standard_streams();

// Writes to standard output, through its buffer. What fails is remembered and does not throw.
void say(std::string_view text);

// "chatspec: MESSAGE" on standard error.
void complain(std::string_view message);

// Writes to standard error as it is. Where even that fails, nothing is left to say.
void warn(std::string_view text);

// Whether to write colours to standard output (style.h), as this process's environment has it.
bool wants_colour_on_output();

// Whether a descriptor is a terminal that can move back and write a line anew.
bool is_able_terminal(int descriptor);

// Empties the buffers. False where something, now or before, could not be written.
bool flush_output();

// "cannot write to standard output: REASON", once flush_output() gave false.
std::string describe_output_failure();

// Whether it was that whoever read standard output has closed it, as `| head` does when it has seen
// enough. That is a wish, not trouble.
bool has_reader_left();

}  // namespace chatspec
