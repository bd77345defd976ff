#include "harness/cell/program/program_format.h"

#include <algorithm>
#include <array>
#include <elf.h>
#include <filesystem>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

struct Machine {
  unsigned number;
  std::string_view name;
  bool is_run_here;
};

#if defined(__x86_64__)
constexpr bool kIsX86 = true;
#else
constexpr bool kIsX86 = false;
#endif
#if defined(__aarch64__)
constexpr bool kIsArm = true;
#else
constexpr bool kIsArm = false;
#endif

constexpr std::array kMachines{
    Machine{EM_X86_64, "x86-64", kIsX86}, Machine{EM_386, "i386", kIsX86},
    Machine{EM_AARCH64, "ARM64", kIsArm}, Machine{EM_ARM, "ARM", kIsArm},
    Machine{EM_RISCV, "RISC-V", false},   Machine{EM_PPC64, "POWER", false},
    Machine{EM_S390, "S/390", false},
};

constexpr std::array<std::string_view, 4> kMachO{"\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe",
                                                 "\xca\xfe\xba\xbe", "\xfe\xed\xfa\xcf"};

// Nothing of a machine that is not in the table, or where none of it is the one that this is.
std::optional<std::string> find_obstacle_of_elf(std::string_view header) {
  constexpr std::size_t kMachineAt = 18;
  if (header.size() < kMachineAt + 2)
    return "it is cut off: no more of a program than its beginning";
  const bool is_big_endian = header[EI_DATA] == ELFDATA2MSB;
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned>(static_cast<unsigned char>(header[kMachineAt + i]));
  };
  const unsigned number = is_big_endian ? byte(0) << 8 | byte(1) : byte(1) << 8 | byte(0);
  const auto machine = std::ranges::find(kMachines, number, &Machine::number);
  if (!(kIsX86 || kIsArm) || machine == kMachines.end() || machine->is_run_here)
    return std::nullopt;
  return fmt::format("it was compiled for another kind of machine ({})", machine->name);
}

std::optional<std::string> find_obstacle_of_script(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t", 2), line.size()));
  const std::string_view interpreter = line.substr(0, line.find_first_of(" \t\n"));
  const std::string_view first_line = line.substr(0, line.find('\n'));
  if (interpreter.ends_with('\r') || (interpreter.ends_with("/env") && first_line.ends_with('\r')))
    return "its first line ends with CR LF, as on Windows, and Linux takes the CR for a part of "
           "the interpreter's name; save it with LF";
  std::error_code error;
  if (interpreter.starts_with('/') && !fs::exists(interpreter, error) && !error)
    return fmt::format("the interpreter that its first line names is not there: {}",
                       chat::quote(interpreter));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> find_format_obstacle(std::string_view beginning) {
  if (beginning.starts_with(ELFMAG)) return find_obstacle_of_elf(beginning);
  if (beginning.starts_with("#!")) return find_obstacle_of_script(beginning);
  if (beginning.empty()) return "it is empty";
  if (beginning.starts_with("MZ")) return "it is a program for Windows";
  if (std::ranges::any_of(kMachO, [&](auto magic) { return beginning.starts_with(magic); }))
    return "it is a program for macOS";
  return std::string(kNoProgram);
}

// Beside the two files by which it is set, each format is a file.
bool runs_other_formats() {
  std::error_code error;
  const fs::directory_iterator formats("/proc/sys/fs/binfmt_misc", error);
  return !error && std::ranges::any_of(formats, [](const fs::directory_entry& entry) {
    return entry.path().filename() != "register" && entry.path().filename() != "status";
  });
}

}  // namespace chatspec
