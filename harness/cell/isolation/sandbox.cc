// The view that a program has of the file system is a table of paths, each hidden, readable or
// writable, in which the nearest rule above a path holds. It is made from the policy, thinned of
// what lies in something hidden, and then written down as arguments of bubblewrap, which takes
// mounts in the order in which they are given: so from the root down.

#include "harness/cell/isolation/sandbox.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <unistd.h>

#include <sys/resource.h>

#include "harness/cell/kernel/core_file.h"
#include "harness/cell/program.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Where the system and its packages lie. What else is in / and /var is people's, services' or other
// cells' own, whatever it is called.
constexpr std::array kSystem{"/bin",   "/dev", "/etc",       "/gnu",    "/lib",  "/lib32",
                             "/lib64", "/nix", "/opt",       "/proc",   "/sbin", "/snap",
                             "/sys",   "/usr", "/var/cache", "/var/lib"};
constexpr std::array<std::string_view, 6> kKeptVariables{"PATH", "LANG",      "LC_ALL",
                                                         "TZ",   "JAVA_HOME", "LC_CTYPE"};

std::string find_tool(std::string_view name) {
  const auto found = find_program(name, "/usr/local/bin:/usr/bin:/bin");
  return found ? *found : "";
}

bool lies_within(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

enum class Visibility { kHidden, kReadable, kWritable };

// By path, so that a folder comes before what lies in it and the nearer rule wins.
using View = std::map<fs::path, Visibility>;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// What the nearest rule above a path says.
std::optional<Visibility> visibility_above(const View& view, const fs::path& path) {
  for (fs::path above = path; above.has_relative_path();) {
    above = above.parent_path();
    if (const auto rule = view.find(above); rule != view.end()) return rule->second;
  }
  return std::nullopt;
}

View view_of(const SandboxPolicy& policy, const fs::path& folder) {
  View view;
  std::error_code error;
  for (const fs::path& path : policy.hidden) {
    if (fs::exists(path, error)) view[path] = Visibility::kHidden;
  }
  for (const fs::path& path : policy.readable) {
    const bool in_sight = std::ranges::none_of(
        policy.hidden, [&](const fs::path& hidden) { return lies_within(path, hidden); });
    if (!in_sight) view[path] = Visibility::kReadable;
  }
  view[folder] = Visibility::kWritable;
  // What lies in a hidden folder is hidden with it, its name too.
  std::erase_if(view, [&](const auto& rule) {
    return rule.second == Visibility::kHidden &&
           visibility_above(view, rule.first) == Visibility::kHidden;
  });
  return view;
}

// Folders between a hidden one and something in it that is shown. Left to itself bubblewrap makes
// them for its own user alone.
void make_way(std::vector<std::string>& command, const fs::path& path, const View& view) {
  std::vector<fs::path> missing;
  for (fs::path above = path.parent_path(); above.has_relative_path();
       above = above.parent_path()) {
    const auto rule = view.find(above);
    if (rule != view.end() && rule->second != Visibility::kHidden) return;
    if (rule != view.end()) break;
    missing.push_back(above);
    if (above.parent_path() == above.root_path()) return;  // not within a hidden one
  }
  for (auto folder = missing.rbegin(); folder != missing.rend(); ++folder) {
    command.insert(command.end(), {"--perms", "0755", "--dir", *folder});
  }
}

void show_path(std::vector<std::string>& command, const fs::path& path, Visibility visibility,
               const std::string& size) {
  const auto add = [&](std::initializer_list<std::string> words) {
    command.insert(command.end(), words);
  };
  switch (visibility) {
    case Visibility::kHidden:
      if (is_folder(path)) {
        add({"--size", size, "--tmpfs", path});
      } else {
        add({"--ro-bind", "/dev/null", path});
      }
      return;
    case Visibility::kReadable:
      return add({"--ro-bind", path, path});
    case Visibility::kWritable:
      return add({"--bind", path, path});
  }
}

// Hidden folders are writable for bubblewrap's sake until all is in them. /tmp stays so.
void close_hidden(std::vector<std::string>& command, const View& view) {
  for (const auto& [path, visibility] : view) {
    if (visibility != Visibility::kHidden || path == "/tmp" || !is_folder(path)) continue;
    command.insert(command.end(), {"--remount-ro", path});
  }
}

// Whether the system lies in it, without which no program starts.
bool is_needed(const fs::path& path) {
  return std::ranges::any_of(kSystem,
                             [&](const char* system) { return lies_within(system, path); });
}

// Where packages are installed, whose programs are made of several files.
bool belongs_to_system(const fs::path& path) {
  return std::ranges::any_of(kSystem,
                             [&](const char* system) { return lies_within(path, system); });
}

// Every folder in / and /var, those of the system too.
std::vector<fs::path> list_top_folders() {
  std::vector<fs::path> found;
  for (const char* parent : {"/", "/var"}) {
    std::error_code error;
    for (fs::directory_iterator entry(parent, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
      std::error_code unknown;
      const fs::file_status status = fs::symlink_status(entry->path(), unknown);
      if (fs::is_directory(status)) found.push_back(entry->path());
    }
  }
  return found;
}

}  // namespace

SandboxPolicy make_sandbox_policy(std::vector<fs::path> secrets) {
  SandboxPolicy policy{.bubblewrap = find_tool("bwrap"), .setpriv = find_tool("setpriv")};
  std::error_code error;
  std::ranges::move(list_top_folders(), std::back_inserter(secrets));
  secrets.push_back(fs::current_path(error));
  for (const fs::path& secret : secrets) {
    // Made absolute first: of a file that is not there yet, only the folder can be looked up.
    const fs::path path = fs::weakly_canonical(fs::absolute(secret, error), error);
    if (!error && !is_needed(path)) policy.hidden.push_back(path);
  }
  return policy;
}

void allow_command(SandboxPolicy& policy, const std::vector<std::string>& words) {
  const auto allow = [&](const fs::path& path) {
    const bool in_bin =
        path.parent_path().filename() == "bin" || path.parent_path().filename() == "shims";
    if (is_folder(path)) {
      policy.readable.push_back(path);
    } else if (in_bin) {
      policy.readable.push_back(path.parent_path().parent_path());
    } else {
      const fs::path folder = path.parent_path();
      if (!is_needed(folder) && !belongs_to_system(folder)) policy.hidden.push_back(folder);
      policy.readable.push_back(path);
    }
  };
  for (const std::string& word : words) {
    std::error_code error;
    if (!word.starts_with('/') || !fs::exists(word, error)) continue;
    const fs::path path = fs::path(word).lexically_normal();
    allow(path);
    const fs::path real = fs::canonical(path, error);
    if (!error && real != path) allow(real);
  }
}

std::vector<std::string> sandbox_command(const SandboxPolicy& policy, const CellFolders& folders,
                                         std::int64_t owner,
                                         const std::vector<std::string>& arguments) {
  const std::string size = std::to_string(policy.limits.disk_bytes);
  // Network and process tree are the cell's own already.
  std::vector<std::string> command{policy.bubblewrap,
                                   "--unshare-ipc",
                                   "--unshare-uts",
                                   "--unshare-cgroup-try",
                                   "--ro-bind",
                                   "/",
                                   "/",
                                   "--dev",
                                   "/dev",
                                   "--proc",
                                   "/proc"};
  const auto add = [&](std::initializer_list<std::string> words) {
    command.insert(command.end(), words);
  };
  if (owner < 0) add({"--unshare-user"});
  add({"--size", size, "--tmpfs", "/dev/shm", "--chmod", "1777", "/dev/shm", "--remount-ro",
       "/dev"});
  const View view = view_of(policy, folders.own);
  for (const auto& [path, visibility] : view) {
    make_way(command, path, view);
    show_path(command, path, visibility, size);
  }
  add({"--chmod", "1777", "/tmp"});
  close_hidden(command, view);
  add({"--chdir", folders.work, "--seccomp", std::to_string(kFilterDescriptor)});
  if (owner >= 0) {
    const std::string id = std::to_string(owner);
    add({"--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--", policy.setpriv, "--reuid", id,
         "--regid", id, "--clear-groups", "--no-new-privs"});
  }
  add({"--"});
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

// Memory is not among them: these limits count what a process reserves, and sanitizers, Go and Java
// reserve far more than they ever use (AddressSanitizer 16 TiB). What is used is watched by the
// supervisor, and held by the kernel where there is a control group.
std::vector<ResourceLimit> sandbox_limits(const SandboxLimits& limits) {
  return {{RLIMIT_FSIZE, limits.disk_bytes},
          {RLIMIT_NPROC, limits.processes},
          {RLIMIT_NOFILE, limits.open_files},
          {RLIMIT_CPU, limits.processor_s},
          {RLIMIT_CORE, kCoreBytes}};
}

std::vector<std::string> sandbox_environment(const CellFolders& folders) {
  std::vector<std::string> environment{"HOME=" + folders.own.native(),
                                       "PWD=" + folders.work.native(), "TMPDIR=/tmp"};
  for (const std::string_view name : kKeptVariables) {
    const std::string variable(name);
    if (const char* value = std::getenv(variable.c_str())) {
      environment.push_back(variable + "=" + value);
    }
  }
  return environment;
}

}  // namespace chatspec
