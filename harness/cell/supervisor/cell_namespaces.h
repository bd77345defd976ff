// Makes new namespaces (namespaces(7)) a place in which a program can live: users, mounts, /proc,
// the loopback interface, and a file system of its own for the cell's folder.

#pragma once

#include <expected>
#include <string_view>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/supervisor/supervisor_protocol.h"

namespace chatspec {

// What went wrong in setting up; `error` as errno.
struct SetUpFailure {
  std::string_view what;
  int error = 0;
};

struct CellMounts {
  FileDescriptor folder{};  // the cell's, where the plan gave it a file system; else invalid
  bool has_program_folder = false;  // whether the plan's program folder lies in it
};

// For the first process of the namespaces, once.
std::expected<CellMounts, SetUpFailure> set_up_namespaces(const SupervisorPlan& plan);

}  // namespace chatspec
