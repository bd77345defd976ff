#include "harness/cell/kernel/core_file.h"

#include <cstring>
#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

#include <sys/procfs.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/kernel/process_table.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostCores = 16;
constexpr std::size_t kMostEntries = 4096;  // of the folder, that are looked at

struct CloseCoreFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

// A structure of the file, which may lie at any place and beyond its end.
template <typename Structure>
std::optional<Structure> structure_at(std::string_view bytes, std::uint64_t at) {
  if (at > bytes.size() || bytes.size() - at < sizeof(Structure)) return std::nullopt;
  Structure structure;
  std::memcpy(&structure, bytes.data() + at, sizeof structure);
  return structure;
}

// The name and the description of a note each end at a multiple of four bytes.
std::uint64_t padded(std::uint64_t size) {
  return (size + 3) & ~std::uint64_t{3};
}

std::string printable(std::string_view name) {
  std::string text(name.substr(0, name.find('\0')));
  for (char& c : text) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text;
}

// What the notes say: the first of each kind is that of the thread that the signal killed, and of
// the process.
CoreFile read_notes(std::string_view notes) {
  CoreFile core;
  std::uint64_t at = 0;
  while (const auto note = structure_at<Elf64_Nhdr>(notes, at)) {
    const std::uint64_t description = at + sizeof *note + padded(note->n_namesz);
    if (note->n_type == NT_PRSTATUS && core.signal == 0) {
      const auto status = structure_at<elf_prstatus>(notes, description);
      if (status) core.signal = status->pr_cursig;
    } else if (note->n_type == NT_PRPSINFO) {
      const auto info = structure_at<elf_prpsinfo>(notes, description);
      if (info) core.program = printable({info->pr_fname, sizeof info->pr_fname});
    }
    at = description + padded(note->n_descsz);
  }
  return core;
}

Reading<std::optional<CoreFile>> read_core(int folder, const char* name) {
  // The program may have put anything there: a pipe, a link to somewhere else.
  const FileDescriptor file(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file && (errno == EMFILE || errno == ENFILE || errno == ENOMEM))
    return unread("a file that may be a core", errno);
  struct stat facts{};
  if (!file || fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  std::string bytes(SELFMAG, '\0');
  if (pread(file.get(), bytes.data(), bytes.size(), 0) != SELFMAG || bytes != ELFMAG)
    return std::nullopt;
  bytes.resize(kCoreBytes);
  const ssize_t size = pread(file.get(), bytes.data(), bytes.size(), 0);
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  auto core = parse_core(bytes);
  if (core) core->written = facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec;
  return core;
}

}  // namespace

bool is_kept_where_it_works(std::string_view pattern) {
  return !pattern.empty() && pattern.front() != '|' && pattern.front() != '@' &&
         !pattern.contains('/');
}

std::optional<std::string> find_obstacle_to_core_files() {
  rlimit limit{};
  getrlimit(RLIMIT_CORE, &limit);
  if (limit.rlim_max < kCoreBytes) return "the limit on core files is too low (ulimit -Hc)";
  const ProcessTable host = ProcessTable::of_host();
  const std::string pattern = host.read("sys/kernel/core_pattern").value_or("");
  if (is_kept_where_it_works(pattern)) return std::nullopt;
  return "kernel.core_pattern sends core files elsewhere";
}

std::optional<CoreFile> parse_core(std::string_view bytes) {
  const auto header = structure_at<Elf64_Ehdr>(bytes, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_type != ET_CORE) {
    return std::nullopt;
  }
  for (std::uint64_t i = 0; i < header->e_phnum; ++i) {
    const auto part = structure_at<Elf64_Phdr>(bytes, header->e_phoff + i * sizeof(Elf64_Phdr));
    if (!part) break;
    if (part->p_type != PT_NOTE || part->p_offset > bytes.size()) continue;
    CoreFile core = read_notes(bytes.substr(part->p_offset, part->p_filesz));
    if (core.signal > 0) return core;
  }
  return std::nullopt;
}

Reading<std::vector<CoreFile>> find_core_files(int folder) {
  const int fd = is_faulted(KernelPlace::kReadCoreFiles)
                     ? -1
                     : openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseCoreFolder> open(fd < 0 ? nullptr : fdopendir(fd));
  std::vector<CoreFile> cores;
  if (!open && (errno == ENOENT || errno == EACCES)) return cores;
  if (!open) return unread("the folder in which core files lie", errno);
  for (std::size_t seen = 0; seen < kMostEntries && cores.size() < kMostCores; ++seen) {
    const dirent* entry = readdir(open.get());
    if (!entry) break;
    auto core = read_core(folder, entry->d_name);
    if (!core) return std::unexpected(core.error());
    if (*core) cores.push_back(**core);
  }
  return cores;
}

}  // namespace chatspec
