// Folders that the command line names, made where they are not there.

#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "harness/cli/console/exit_status.h"

namespace chatspec {

// Why a folder could not be made, and with what a command ends that needs it.
struct FolderTrouble {
  std::string message;  // "PATH: cannot make this folder: REASON"
  ExitCode code;        // of what is there already and no folder, the command line is wrong
};

// Makes a folder where it is not there, with those in which it lies.
std::expected<void, FolderTrouble> make_folder(const std::filesystem::path& path);

}  // namespace chatspec
