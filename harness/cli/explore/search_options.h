// The options of commands that search: by which programs are started otherwise than they are
// judged, so that more is found in the same time.

#pragma once

#include <expected>
#include <string>

#include "harness/cli/run/run_arguments.h"
#include "harness/cli/run/run_plan.h"
#include "harness/explore/asking/search_start.h"

namespace CLI {
class App;
}

namespace chatspec {

struct SearchOptions {
  bool fork_at_accept = false;
  bool coverage = false;
};

// The options of servers that are found out about sooner if they fork …
void add_fork_at_accept(CLI::App& command, SearchOptions& options);
// … and of programs that tell which of their lines they reach.
void add_coverage(CLI::App& command, SearchOptions& options);

// How programs are started then; what that names may be seen in a sandbox. The error is a sentence.
std::expected<SearchStart, std::string> plan_search_start(const SearchOptions& options,
                                                          const RunArguments& arguments,
                                                          RunPlan& plan);

}  // namespace chatspec
