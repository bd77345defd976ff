// What learning platforms read of a mark, in files that are asked for by options.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "harness/cli/console/console.h"
#include "harness/cli/console/exit_status.h"
#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"

namespace chatspec {

class PlatformFiles {
 public:
  // An option for each platform. The command must not outlive this.
  void add_options(CLI::App& command);

  // An option that was given; "" where none was.
  std::string_view find_asked() const;
  // Whether standard output is one of the files.
  bool takes_output() const;

  // Writes all that are asked for, or tells what is wrong: kUsage where a platform lacks something
  // that only it can say, kInternal where a file cannot be written.
  ExitCode write(const Assignment& assignment, const Mark& mark, Console& console) const;

 private:
  std::map<std::string_view, std::string> paths_{};  // by options; "" where it is not asked for
};

}  // namespace chatspec
