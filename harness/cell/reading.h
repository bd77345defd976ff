// What was read of the kernel, or why it could not be. "Cannot be read" is never "empty": whoever
// reads decides on each failure, and none of them is evidence of anything.

#pragma once

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <expected>
#include <string>
#include <string_view>

namespace chatspec {

struct Unread {
  std::string what;  // for people: "/proc/12/stat", "the table of sockets"
  int error = 0;     // as errno
  // There is more than is looked at (look_bounds.h), which is whoever's doing made so much.
  bool is_too_much = false;
  std::string sentence{};  // in place of the usual one, where that would not do

  bool operator==(const Unread&) const = default;
  // There is no such process, thread or file (any more), if the kernel is to be believed.
  bool says_gone() const { return error == ENOENT || error == ESRCH; }
  std::string to_string() const {
    return sentence.empty() ? "cannot read " + what + ": " + std::strerror(error) : sentence;
  }
};

template <typename Content>
using Reading = std::expected<Content, Unread>;

inline std::unexpected<Unread> unread(std::string what, int error) {
  return std::unexpected(Unread{.what = std::move(what), .error = error});
}

// `what` in the plural: "its descriptors".
inline std::unexpected<Unread> too_much(const std::string& what, std::size_t most) {
  return std::unexpected(Unread{.what = what,
                                .error = EOVERFLOW,
                                .is_too_much = true,
                                .sentence = what + " are more than " + std::to_string(most) +
                                            ", which is more than is looked at"});
}

// The places in which the kernel is read: each call to it that tells something of an
// implementation. Tests let them fail, one after the other.
enum class KernelPlace {
  kOpenProcFile,
  kReadProcFile,
  kReadProcLink,
  kListProcFolder,
  kReadMemory,
  kIdentifyFile,
  kAskForSockets,
  kSocketsAnswer,
  kSocketOption,
  kCopyDescriptor,
  kCountUnread,
  kReceiveMessage,
  kTakeDescriptors,
  kReadCoreFiles,
  kReceive,
};
inline constexpr std::array kKernelPlaces{
    KernelPlace::kOpenProcFile,    KernelPlace::kReadProcFile,  KernelPlace::kReadProcLink,
    KernelPlace::kListProcFolder,  KernelPlace::kReadMemory,    KernelPlace::kIdentifyFile,
    KernelPlace::kAskForSockets,   KernelPlace::kSocketsAnswer, KernelPlace::kSocketOption,
    KernelPlace::kCopyDescriptor,  KernelPlace::kCountUnread,   KernelPlace::kReceiveMessage,
    KernelPlace::kTakeDescriptors, KernelPlace::kReadCoreFiles, KernelPlace::kReceive};
static_assert(kKernelPlaces.back() == KernelPlace::kReceive &&
              kKernelPlaces.size() == static_cast<std::size_t>(KernelPlace::kReceive) + 1);

// For tests alone: says with which errno a call at this place fails, 0 where it does not.
// Thread-safe, and also called in processes that were forked meanwhile. Null, as it is, lets all
// be.
using KernelFaults = int (*)(KernelPlace place);
inline std::atomic<KernelFaults> kernel_faults{nullptr};

// Whether this call is to fail; then errno is set.
inline bool is_faulted(KernelPlace place) {
  const KernelFaults faults = kernel_faults.load(std::memory_order_relaxed);
  const int error = faults ? faults(place) : 0;
  if (error != 0) errno = error;
  return error != 0;
}

}  // namespace chatspec
