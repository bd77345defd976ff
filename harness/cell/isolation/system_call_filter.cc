#include "harness/cell/isolation/system_call_filter.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/socket.h>

namespace chatspec {
namespace {

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

constexpr std::array<std::uint64_t, 7> kNamespaceFlags{CLONE_NEWNS,  CLONE_NEWCGROUP, CLONE_NEWUTS,
                                                       CLONE_NEWIPC, CLONE_NEWUSER,   CLONE_NEWPID,
                                                       CLONE_NEWNET};

constexpr std::array<std::uint64_t, 4> kFamilies{AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};

std::unexpected<std::string> filter_failure(std::string_view what, int error) {
  return std::unexpected("cannot make a filter of system calls: " + std::string(what) + ": " +
                         std::strerror(error));
}

// A program for another of the processor's instruction sets is held to the same rules. Where the
// machine has no such set, nothing is to be done.
void add_architectures(const Filter& filter) {
#if defined(__x86_64__)
  seccomp_arch_add(filter.get(), SCMP_ARCH_X86);
  seccomp_arch_add(filter.get(), SCMP_ARCH_X32);
#elif defined(__aarch64__)
  seccomp_arch_add(filter.get(), SCMP_ARCH_ARM);
#else
  static_cast<void>(filter);
#endif
}

// Gives 0, or why it cannot be done, as errno. A call that this library does not know yet is none
// of the kernel's for which it was made.
int refuse_all(const Filter& filter) {
  for (const RefusedCall& call : kRefusedCalls) {
    const int number = seccomp_syscall_resolve_name(std::string(call.name).c_str());
    if (number == __NR_SCMP_ERROR) continue;
    const auto action = SCMP_ACT_ERRNO(static_cast<std::uint16_t>(call.error));
    if (const int result = seccomp_rule_add(filter.get(), action, number, 0); result != 0)
      return -result;
  }
  return 0;
}

// Refuses a call where its first argument is as said. As refuse_all().
int refuse_where(const Filter& filter, int number, scmp_arg_cmp argument, std::uint16_t error) {
  return -seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(error), number, 1, &argument);
}

int refuse_namespaces(const Filter& filter) {
  for (const std::uint64_t flag : kNamespaceFlags) {
    for (const int number : {SCMP_SYS(clone), SCMP_SYS(unshare)}) {
      const scmp_arg_cmp has_flag{
          .arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = flag, .datum_b = flag};
      if (const int error = refuse_where(filter, number, has_flag, EPERM); error != 0) return error;
    }
  }
  return 0;
}

// One rule for each family that a kernel may have. They are given as an int, of whose register the
// upper half means nothing.
int refuse_families(const Filter& filter) {
  constexpr std::uint64_t kInt = 0xffff'ffff;
  constexpr std::uint64_t kMostFamilies = 64;
  static_assert(AF_MAX <= kMostFamilies);
  for (const int number : {SCMP_SYS(socket), SCMP_SYS(socketpair)}) {
    for (std::uint64_t family = 0; family < kMostFamilies; ++family) {
      if (std::ranges::count(kFamilies, family) > 0) continue;
      const scmp_arg_cmp is_family{
          .arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = kInt, .datum_b = family};
      const int error = refuse_where(filter, number, is_family, EAFNOSUPPORT);
      if (error != 0) return error;
    }
  }
  return 0;
}

}  // namespace

std::expected<FileDescriptor, std::string> make_system_call_filter() {
  const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return filter_failure("seccomp_init", ENOMEM);
  add_architectures(filter);
  for (const auto& refuse : {refuse_all, refuse_namespaces, refuse_families}) {
    if (const int error = refuse(filter); error != 0) return filter_failure("a rule", error);
  }
  FileDescriptor file(memfd_create("system calls", MFD_CLOEXEC));
  if (!file) return filter_failure("memfd_create", errno);
  if (const int result = seccomp_export_bpf(filter.get(), file.get()); result != 0)
    return filter_failure("seccomp_export_bpf", -result);
  if (lseek(file.get(), 0, SEEK_SET) != 0) return filter_failure("lseek", errno);
  return file;
}

}  // namespace chatspec
