#include "harness/cli/explore/search_options.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/isolation/isolation.h"
#include "harness/cell/isolation/sandbox.h"
#include "harness/cell/program/program.h"
#include "harness/explore/asking/reached_lines.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Has the children of a Python program that forks end without cleaning up (loaded/python).
constexpr std::string_view kForksVariable = "CHATSPEC_FORKS";

class StartWords {
 public:
  StartWords(std::string_view option, bool inherits, SandboxPolicy& sandbox)
      : option_(option), inherits_(inherits), sandbox_(sandbox) {}

  // What belongs to this program and is loaded into others. The error is a sentence.
  std::expected<std::string, std::string> find_own(std::string_view name) {
    std::error_code failure;
    const fs::path program = fs::read_symlink("/proc/self/exe", failure);
    const fs::path found =
        fs::canonical(program.parent_path() / "../libexec/chatspec" / name, failure);
    if (failure)
      return std::unexpected(
          fmt::format("{}: {}, which belongs to this program, is not where it should be, in "
                      "../libexec/chatspec",
                      option_, name));
    allow_command(sandbox_, {found});
    return found.native();
  }

  void set(std::string_view variable, const std::string& value) {
    words_.push_back(fmt::format("{}={}", variable, value));
  }

  // A variable that programs have anyway is kept, after ours.
  void set(std::string_view variable, const std::string& value, std::string_view separator) {
    const char* before = inherits_ ? std::getenv(std::string(variable).c_str()) : nullptr;
    const bool has_more = before && *before != '\0';
    words_.push_back(fmt::format("{}={}{}{}", variable, value, has_more ? separator : "",
                                 has_more ? before : ""));
  }

  std::vector<std::string> take(const std::string& env) {
    words_.insert(words_.begin(), env);
    return std::move(words_);
  }

 private:
  std::string_view option_;
  bool inherits_;
  SandboxPolicy& sandbox_;
  std::vector<std::string> words_;
};

}  // namespace

void add_fork_at_accept(CLI::App& command, SearchOptions& options) {
  command.add_flag("--fork-at-accept", options.fork_at_accept,
                   "Start a server once for many conversations: let it fork when it is ready for "
                   "its first client, if it has one thread. What is found is seen again without");
}

void add_coverage(CLI::App& command, SearchOptions& options) {
  command.add_flag(
      "--coverage", options.coverage,
      "Go on from what reaches new lines of the program, if it is in Python or Java or "
      "runs in Node. What is found is seen again without");
}

std::expected<SearchStart, std::string> plan_search_start(const SearchOptions& options,
                                                          const RunArguments& arguments,
                                                          RunPlan& plan) {
  SearchStart start{.forks = options.fork_at_accept, .tells_lines = options.coverage};
  if (!options.fork_at_accept && !options.coverage) return start;
  if (options.fork_at_accept && plan.options.role == Role::kClient)
    return std::unexpected("--fork-at-accept: a client accepts nothing; it is for servers");
  const std::string_view option = options.coverage ? "--coverage" : "--fork-at-accept";
  SandboxPolicy& sandbox = plan.program->sandbox;
  StartWords words(option, arguments.isolation != to_string(Isolation::kSandbox), sandbox);
  if (options.fork_at_accept) {
    const auto library = words.find_own("fork-at-accept.so");
    if (!library) return std::unexpected(library.error());
    words.set("LD_PRELOAD", *library, ":");
    words.set(kForksVariable, "1");
  }
  if (options.coverage) {
    const auto node = words.find_own("node/watch.cjs");
    if (!node) return std::unexpected(node.error());
    words.set("NODE_OPTIONS", fmt::format("--require \"{}\"", *node), " ");
    // It is there if there was a JDK when this program was built.
    if (const auto java = words.find_own("java/watch-lines.so"))
      words.set("JAVA_TOOL_OPTIONS", fmt::format("\"-agentpath:{}\"", *java), " ");
  }
  const auto python = words.find_own("python");
  if (!python) return std::unexpected(python.error());
  words.set("PYTHONPATH", *python, ":");
  // Else what is ours would be compiled into a file beside it.
  words.set("PYTHONDONTWRITEBYTECODE", "1");
  const auto env = find_program("env", "/usr/bin:/bin");
  if (!env) return std::unexpected(fmt::format("{}: {}", option, env.error().message));
  allow_command(sandbox, {*env});
  start.before = words.take(*env);
  return start;
}

}  // namespace chatspec
