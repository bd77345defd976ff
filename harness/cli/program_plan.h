// What the command line of `chatspec run` says of the program under test, with every file looked
// up.

#pragma once

#include <expected>
#include <string>

#include "harness/cell/tier/sandbox.h"
#include "harness/play/command.h"

namespace chatspec {

struct RunArguments;

struct ProgramPlan {
  Command command;
  SandboxPolicy sandbox;
};

// For a program that we start, a server or a client. The error is a sentence without a full stop.
std::expected<ProgramPlan, std::string> plan_program(const RunArguments& arguments, Role role);

}  // namespace chatspec
