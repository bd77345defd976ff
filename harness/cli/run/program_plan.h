// What the command line of `chatspec run` says of the program under test, with every file looked
// up.

#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/cell/isolation/sandbox.h"
#include "harness/cell/program/program_folder.h"
#include "harness/cli/run/run_arguments.h"
#include "harness/play/command.h"

namespace chatspec {

struct ProgramPlan {
  Command command;
  SandboxPolicy sandbox;
  std::optional<ProgramFolder> folder{};  // in a copy of which it starts

  // What is wrong with the files that the command line names, as far as they can be known: with
  // those that a build makes, after it. In a sentence without a full stop; nothing where all is
  // well.
  std::optional<std::string> find_unusable_file(const std::string& folder_name) const;
};

// For a program that we start, a server or a client. The error is a sentence without a full stop,
// which begins with the option that is wrong.
std::expected<ProgramPlan, std::string> plan_program(const RunArguments& arguments, Role role);

}  // namespace chatspec
