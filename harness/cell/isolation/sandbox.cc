// The view that a program has of the file system is a table of paths, each hidden, readable or its
// own, in which the nearest rule above a path holds, and nothing is there where there is none. It
// is made from the policy, thinned of what changes nothing, and then written down as options of
// bubblewrap, which takes mounts in the order in which they are given: so from the root down.

#include "harness/cell/isolation/sandbox.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <unistd.h>

#include <sys/resource.h>

#include "harness/cell/isolation/system_view.h"
#include "harness/cell/kernel/core_file.h"
#include "harness/cell/program/program.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kKeptVariables{"LANG", "LC_ALL", "TZ", "JAVA_HOME",
                                                         "LC_CTYPE"};
constexpr int kMaxLookedAt = 50'000;  // entries of a folder, for sockets
const std::string kNobody = "65534";  // a user, and a group

std::string find_tool(std::string_view name) {
  const auto found = find_program(name, "/usr/local/bin:/usr/bin:/bin");
  return found ? *found : "";
}

enum class Visibility {
  kHidden,
  kReadable,
  kCopied,  // its copy is readable
  kOwn
};

// By path, so that a folder comes before what lies in it and the nearer rule wins.
using View = std::map<fs::path, Visibility>;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_link(const fs::path& path) {
  std::error_code error;
  return fs::is_symlink(fs::symlink_status(path, error));
}

// What the nearest rule above a path says.
Visibility visibility_above(const View& view, const fs::path& path) {
  for (fs::path above = path; above.has_relative_path();) {
    above = above.parent_path();
    if (const auto rule = view.find(above); rule != view.end()) return rule->second;
  }
  return Visibility::kHidden;
}

// Whether every program sees it, as far as it is not hidden.
bool belongs_to_system(const SandboxPolicy& policy, const fs::path& path) {
  return std::ranges::any_of(policy.system,
                             [&](const fs::path& system) { return lies_within(path, system); });
}

// The copy of the settings, or null where they are shown one by one: there is none, or it has no
// place for something that is to be seen as well.
const SettingsCopy* copy_for(const SandboxPolicy& policy) {
  const auto has_no_place = [&](const fs::path& path) {
    return lies_within(path, kSettingsFolder) && !belongs_to_system(policy, path);
  };
  return std::ranges::any_of(policy.readable, has_no_place) ? nullptr : policy.settings.get();
}

View view_of(const SandboxPolicy& policy, const fs::path& folder) {
  View view;
  std::error_code error;
  const SettingsCopy* copy = copy_for(policy);
  if (copy) view[kSettingsFolder] = Visibility::kCopied;
  for (const fs::path& path : policy.system) {
    if (!(copy && copy->holds(path)) && !is_link(path)) view[path] = Visibility::kReadable;
  }
  for (const fs::path& path : policy.hidden) {
    const bool is_seen =
        !copy || !lies_within(path, kSettingsFolder) || belongs_to_system(policy, path);
    if (is_seen && fs::exists(path, error)) view[path] = Visibility::kHidden;
  }
  for (const fs::path& path : policy.readable) {
    if (path.has_relative_path()) view[path] = Visibility::kReadable;
  }
  view["/tmp"] = Visibility::kOwn;
  view[folder] = Visibility::kOwn;
  // Of what is readable or hidden with all around it, nothing is to be done.
  std::erase_if(view, [&](const auto& rule) {
    const Visibility above = visibility_above(view, rule.first);
    return rule.second != Visibility::kOwn &&
           (rule.second == above ||
            (rule.second == Visibility::kHidden && above == Visibility::kOwn));
  });
  return view;
}

// The options as they grow.
class Options {
 public:
  void add(std::initializer_list<std::string> words) {
    words_.insert(words_.end(), words.begin(), words.end());
  }

  // Folders between one that is empty to begin with and something in it that is shown. Left to
  // itself bubblewrap makes them for its own user alone.
  void make_way(const fs::path& path, const View& view) {
    std::vector<fs::path> missing;
    for (fs::path above = path.parent_path(); above.has_relative_path();
         above = above.parent_path()) {
      const auto rule = view.find(above);
      if (rule != view.end() &&
          (rule->second == Visibility::kReadable || rule->second == Visibility::kCopied))
        return;
      if (rule != view.end()) break;
      missing.push_back(above);
    }
    for (auto folder = missing.rbegin(); folder != missing.rend(); ++folder) {
      if (made_[*folder]++ == 0) add({"--perms", "0755", "--dir", *folder});
    }
  }

  std::vector<std::string> take() { return std::move(words_); }

 private:
  std::vector<std::string> words_;
  std::map<fs::path, int> made_;
};

void hide(Options& options, const fs::path& path) {
  if (is_folder(path)) {
    options.add({"--tmpfs", path});
  } else {
    options.add({"--ro-bind", "/dev/null", path});
  }
}

// Hidden folders are writable for bubblewrap's sake until all is in them.
void close_hidden(Options& options, const View& view) {
  for (const auto& [path, visibility] : view) {
    if (visibility == Visibility::kHidden && is_folder(path)) options.add({"--remount-ro", path});
  }
  options.add({"--remount-ro", "/dev", "--remount-ro", "/"});
}

void show_view(Options& options, const SandboxPolicy& policy, const View& view,
               const fs::path& folder) {
  const auto place = [&](std::string_view name) { return (folder / name).string(); };
  for (const auto& [path, visibility] : view) {
    options.make_way(path, view);
    switch (visibility) {
      case Visibility::kHidden:
        hide(options, path);
        break;
      case Visibility::kReadable:
        options.add({"--ro-bind", path, path});
        break;
      case Visibility::kCopied:
        options.add({"--ro-bind", policy.settings->path(), path});
        break;
      case Visibility::kOwn:
        options.add(
            {"--bind", place(path == folder ? cell_place::kFolder : cell_place::kTemporary), path});
        break;
    }
  }
  options.add({"--bind", place(cell_place::kSharedMemory), "/dev/shm"});
}

// Links as they are: some are read, and where they lead is shown or not.
void show_links(Options& options, const SandboxPolicy& policy, const View& view) {
  const SettingsCopy* copy = copy_for(policy);
  for (const fs::path& path : policy.system) {
    std::error_code error;
    if ((copy && copy->holds(path)) || !is_link(path)) continue;
    options.make_way(path, view);
    options.add({"--symlink", fs::read_symlink(path, error), path});
  }
}

// The supervisor and bubblewrap see the machine's mounts and the arguments that make a cell. What
// tells of these in /proc is covered.
void cover_proc(Options& options) {
  const std::string keeper = "/proc/1/";
  for (const char* name : {"mountinfo", "mounts", "mountstats"})
    options.add({"--ro-bind", "/dev/null", keeper + name});
  for (const std::string& folder : {keeper + "task", std::string(kWrapperFolder)})
    options.add({"--tmpfs", folder, "--remount-ro", folder});
  // To a user's own programs it lists all keys that the user has anywhere.
  std::error_code error;
  for (const char* keys : {"/proc/keys", "/proc/key-users"}) {
    if (fs::exists(keys, error)) options.add({"--ro-bind", "/dev/null", keys});
  }
}

// Whether the system lies in it, without which no program starts.
bool is_needed(const SandboxPolicy& policy, const fs::path& path) {
  return std::ranges::any_of(policy.system,
                             [&](const fs::path& system) { return lies_within(system, path); });
}

// Whether more may lie in it than programs: a home, or the folder of secrets.
bool is_somebodys(const SandboxPolicy& policy, const fs::path& folder) {
  const char* home = std::getenv("HOME");
  if (folder == folder.root_path() || folder.parent_path() == "/home") return true;
  if (home && lies_within(home, folder)) return true;
  return std::ranges::any_of(policy.hidden,
                             [&](const fs::path& hidden) { return lies_within(hidden, folder); });
}

void hide_sockets(SandboxPolicy& policy, const fs::path& folder) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (int i = 0; !error && entry != fs::recursive_directory_iterator() && i < kMaxLookedAt;
       entry.increment(error), ++i) {
    std::error_code unknown;
    if (!entry->is_symlink(unknown) && entry->is_socket(unknown))
      policy.hidden.push_back(entry->path());
  }
}

void allow_folder(SandboxPolicy& policy, const fs::path& folder) {
  policy.readable.push_back(folder);
  hide_sockets(policy, folder);
}

void allow_path(SandboxPolicy& policy, const fs::path& path) {
  if (belongs_to_system(policy, path)) return;
  const fs::path folder = path.parent_path();
  if (is_folder(path)) {
    allow_folder(policy, path);
  } else if (folder.filename() == "bin" || folder.filename() == "shims") {
    const fs::path above = folder.parent_path();
    allow_folder(policy, is_somebodys(policy, above) ? folder : above);
  } else {
    policy.readable.push_back(path);
  }
}

std::string visible_path_of(const SandboxPolicy& policy) {
  const char* inherited = std::getenv("PATH");
  std::string_view rest = inherited ? inherited : "";
  std::string kept;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
    const auto shows = [&](const fs::path& shown) { return lies_within(folder, shown); };
    if (!std::ranges::any_of(policy.system, shows) && !std::ranges::any_of(policy.readable, shows))
      continue;
    kept.append(kept.empty() ? "" : ":").append(folder);
  }
  return kept;
}

}  // namespace

SandboxPolicy make_sandbox_policy(std::vector<fs::path> secrets) {
  SandboxPolicy policy{.bubblewrap = find_tool("bwrap"),
                       .setpriv = find_tool("setpriv"),
                       .system = list_system(),
                       .hidden = list_private_folders()};
  std::error_code error;
  secrets.push_back(fs::current_path(error));
  for (const fs::path& secret : secrets) {
    // Made absolute first: of a file that is not there yet, only the folder can be looked up.
    const fs::path path = fs::weakly_canonical(fs::absolute(secret, error), error);
    if (!error && !is_needed(policy, path)) policy.hidden.push_back(path);
  }
  return policy;
}

void allow_command(SandboxPolicy& policy, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    std::error_code error;
    if (!word.starts_with('/') || !fs::exists(word, error)) continue;
    const fs::path path = fs::path(word).lexically_normal();
    allow_path(policy, path);
    const fs::path real = fs::canonical(path, error);
    if (!error && real != path) allow_path(policy, real);
  }
}

SandboxCommand sandbox_command(const SandboxPolicy& policy, const CellFolders& folders,
                               std::int64_t owner, const std::vector<std::string>& arguments) {
  SandboxCommand command{
      .words = {policy.bubblewrap, "--args", std::to_string(kOptionsDescriptor), "--"}};
  if (owner >= 0) {
    const std::string id = std::to_string(owner);
    command.words.insert(command.words.end(), {policy.setpriv, "--reuid", id, "--regid", id,
                                               "--clear-groups", "--no-new-privs", "--"});
  }
  command.words.insert(command.words.end(), arguments.begin(), arguments.end());

  // Network, process tree and IPC are the cell's own already.
  Options options;
  options.add({"--unshare-uts", "--unshare-cgroup-try", "--dev", "/dev", "--proc", "/proc"});
  if (owner < 0) {
    options.add({"--unshare-user", "--cap-drop", "ALL"});
    // Nor is it to take itself for root because whoever started us does (guests.h).
    if (geteuid() == 0) options.add({"--uid", kNobody, "--gid", kNobody});
  }
  const View view = view_of(policy, folders.own);
  show_view(options, policy, view, folders.own);
  show_links(options, policy, view);
  cover_proc(options);
  close_hidden(options, view);
  options.add({"--chdir", folders.work, "--seccomp", std::to_string(kFilterDescriptor)});
  if (owner >= 0) options.add({"--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"});
  command.options = options.take();
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

std::vector<std::string> sandbox_environment(const SandboxPolicy& policy,
                                             const CellFolders& folders) {
  std::vector<std::string> environment{"HOME=" + folders.own.native(),
                                       "PWD=" + folders.work.native(), "TMPDIR=/tmp",
                                       "PATH=" + visible_path_of(policy)};
  for (const std::string_view name : kKeptVariables) {
    const std::string variable(name);
    if (const char* value = std::getenv(variable.c_str())) {
      environment.push_back(variable + "=" + value);
    }
  }
  return environment;
}

}  // namespace chatspec
