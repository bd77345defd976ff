// The system calls that the kernel refuses to a program in the sandbox (seccomp(2)): those by which
// it could reach what lies outside, keep something there, or be woken unseen. All others are let
// be.

#pragma once

#include <array>
#include <cerrno>
#include <expected>
#include <string>
#include <string_view>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

struct RefusedCall {
  std::string_view name;
  int error;  // with which it fails, as errno
};

// What has ENOSYS looks like an older kernel, for which programs have another way.
inline constexpr auto kRefusedCalls = std::to_array<RefusedCall>({
    // Whoever started chatspec keeps keys, such as those of Kerberos and of encrypted file systems.
    {"keyctl", EPERM},
    {"add_key", EPERM},
    {"request_key", EPERM},
    // By these the kernel does work of which nobody sees when it ends (wake_source.h).
    {"io_uring_setup", ENOSYS},
    {"io_uring_enter", ENOSYS},
    {"io_uring_register", ENOSYS},
    {"userfaultfd", EPERM},
    // Memory in files without a name, which nobody sees who looks for memory.
    {"memfd_create", ENOSYS},
    {"memfd_secret", ENOSYS},
    // Large parts of the kernel that no program under test needs.
    {"bpf", EPERM},
    {"perf_event_open", EPERM},
    // With namespaces of its own it would be root in them, with file systems beyond all limits.
    {"clone3", ENOSYS},  // its flags cannot be seen by a filter; clone's can
    {"setns", EPERM},
    {"mount", EPERM},
    {"umount2", EPERM},
    {"pivot_root", EPERM},
    {"move_mount", EPERM},
    {"open_tree", EPERM},
    {"fsopen", EPERM},
    {"fsconfig", EPERM},
    {"fsmount", EPERM},
    {"fspick", EPERM},
    {"mount_setattr", EPERM},
});
// Besides: clone() and unshare() with any flag of a new namespace (EPERM), and sockets of any
// family but AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK (EAFNOSUPPORT), whose buffers are not
// counted.

// A file of which bubblewrap reads the filter (--seccomp). The error is a sentence without a full
// stop.
std::expected<FileDescriptor, std::string> make_system_call_filter();

}  // namespace chatspec
