#include "harness/cell/isolation/system_view.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string>

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Beside programs and libraries: where some languages keep their libraries, and what of /sys
// runtimes ask for the number and kind of processors and pages.
constexpr std::array kSystem{"/bin",
                             "/gnu/store",
                             "/lib",
                             "/lib32",
                             "/lib64",
                             "/libx32",
                             "/nix/store",
                             "/sbin",
                             "/sys/devices/system/cpu",
                             "/sys/devices/system/node",
                             "/sys/kernel/mm/transparent_hugepage",
                             "/usr",
                             "/var/lib/gems",
                             "/var/lib/ghc"};

// What the C library, TLS and runtimes read in /etc.
constexpr auto kSettings = std::to_array<std::string_view>({"R",
                                                            "alternatives",
                                                            "ca-certificates",
                                                            "ca-certificates.conf",
                                                            "crypto-policies",
                                                            "debian_version",
                                                            "fonts",
                                                            "gai.conf",
                                                            "group",
                                                            "host.conf",
                                                            "hosts",
                                                            "inputrc",
                                                            "ld.so.cache",
                                                            "ld.so.conf",
                                                            "ld.so.conf.d",
                                                            "ld.so.preload",
                                                            "locale.alias",
                                                            "locale.conf",
                                                            "localtime",
                                                            "magic",
                                                            "mime.types",
                                                            "netconfig",
                                                            "networks",
                                                            "nsswitch.conf",
                                                            "os-release",
                                                            "passwd",
                                                            "pki",
                                                            "protocols",
                                                            "rpc",
                                                            "services",
                                                            "shells",
                                                            "ssl",
                                                            "terminfo",
                                                            "timezone",
                                                            "xattr.conf"});
// The same, where names go on with a version.
constexpr auto kSettingsOfLanguages = std::to_array<std::string_view>(
    {"dotnet", "erlang", "fpc", "ghc", "gnucobol", "guile", "java", "julia", "lua", "mono", "ocaml",
     "octave", "perl", "php", "python", "ruby"});

// Where each package has a folder of its own, and anybody's files may lie, too.
constexpr std::array kPackages{"/opt", "/snap"};

constexpr std::array kPrivate{"/etc/ssl/private", "/etc/pki/tls/private"};

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

enum class Entries { kAll, kLinks };

std::vector<fs::path> entries_of(const fs::path& folder, Entries which = Entries::kAll) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    std::error_code unknown;
    if (which == Entries::kAll || entry->is_symlink(unknown)) found.push_back(entry->path());
  }
  return found;
}

bool is_setting(const std::string& name) {
  return std::ranges::count(kSettings, name) > 0 ||
         std::ranges::any_of(kSettingsOfLanguages,
                             [&](std::string_view start) { return name.starts_with(start); });
}

// Where a path leads to a package, the folder of that.
void note_package(const fs::path& path, std::set<fs::path>& packages) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return;
  for (const fs::path root : kPackages) {
    if (!lies_within(real, root) || real == root) continue;
    packages.insert(root / *std::next(real.begin(), std::distance(root.begin(), root.end())));
  }
}

// Whether a link may lead out of its folder: one to a name beside it does not, and what has that
// name is looked at for itself.
bool may_lead_away(const fs::path& link) {
  std::error_code error;
  return fs::read_symlink(link, error).has_parent_path();
}

// Each once, whatever leads to it: /bin may be /usr/bin.
std::vector<fs::path> folders_of_path() {
  std::vector<fs::path> folders;
  std::set<fs::path> seen;
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    const std::size_t end = rest.find(':');
    const fs::path folder(rest.substr(0, end));
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (folder.is_absolute() && !error && seen.insert(real).second) folders.push_back(folder);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return folders;
}

std::set<fs::path> list_packages() {
  std::set<fs::path> packages;
  if (std::ranges::all_of(kPackages, [](const fs::path& root) { return entries_of(root).empty(); }))
    return packages;
  if (const char* java = std::getenv("JAVA_HOME")) note_package(java, packages);
  for (const fs::path& folder : folders_of_path()) {
    note_package(folder, packages);
    for (const fs::path& link : entries_of(folder, Entries::kLinks)) {
      if (may_lead_away(link)) note_package(link, packages);
    }
  }
  return packages;
}

}  // namespace

bool lies_within(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

std::vector<fs::path> list_system() {
  std::vector<fs::path> found;
  std::ranges::copy_if(kSystem, std::back_inserter(found), is_there);
  for (const fs::path& entry : entries_of("/etc")) {
    if (is_setting(entry.filename())) found.push_back(entry);
  }
  std::ranges::copy(list_packages(), std::back_inserter(found));
  return found;
}

std::vector<fs::path> list_private_folders() {
  std::vector<fs::path> found;
  std::ranges::copy_if(kPrivate, std::back_inserter(found), is_there);
  return found;
}

}  // namespace chatspec
