#include "harness/cell/supervisor/exec_program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include <linux/close_range.h>
#include <linux/keyctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace chatspec {
namespace {

// What is done between fork and exec, in this order.
enum class ExecStep : int { kGroup, kFolder, kStreams, kKeyring, kLimits, kProgram };

constexpr std::array<std::string_view, 6> kExecSteps{
    "cannot enter the cell's group",       "cannot enter the cell's folder",
    "cannot give it its standard streams", "cannot give it a keyring",
    "cannot limit its resources",          kCannotRun};
static_assert(kExecSteps[static_cast<std::size_t>(ExecStep::kProgram)] == kCannotRun);

struct StartReport {
  ExecStep step;
  int error;
};

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const auto& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  result.push_back(nullptr);
  return result;
}

void restore_signals() {
  for (int number = 1; number < NSIG; ++number) std::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

// A file from which this process, once it is the wrapper, reads its options; or invalid.
FileDescriptor write_options(const std::vector<std::string>& options) {
  std::string text;
  const std::string own = "/proc/" + std::to_string(getpid());
  for (const std::string& option : options)
    text.append(option == kWrapperFolder ? own : option).push_back('\0');
  FileDescriptor file(memfd_create("options", MFD_CLOEXEC));
  const bool written =
      file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      lseek(file.get(), 0, SEEK_SET) == 0;
  return written ? std::move(file) : FileDescriptor();
}

// As another descriptor, that is out of the way of those with fixed numbers.
FileDescriptor move_away(const FileDescriptor& given) {
  return FileDescriptor(fcntl(given.get(), F_DUPFD_CLOEXEC, kOptionsDescriptor + 1));
}

// What a wrapper reads last: the numbers may be those of other descriptors, which nobody needs
// then.
bool set_streams(const StartDescriptors& given, const std::vector<std::string>& options) {
  const int nothing = open("/dev/null", O_RDONLY);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
      dup2(given.output.get(), STDOUT_FILENO) < 0 || dup2(given.errors.get(), STDERR_FILENO) < 0 ||
      close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
    return false;
  }
  if (!given.filter) return true;
  const FileDescriptor filter = move_away(given.filter);
  const FileDescriptor written = move_away(write_options(options));
  return filter && written && dup2(filter.get(), kFilterDescriptor) >= 0 &&
         dup2(written.get(), kOptionsDescriptor) >= 0;
}

// A kernel without keyrings has none to give away.
bool join_new_keyring() {
  return syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr) >= 0 || errno == ENOSYS;
}

bool set_limits(const std::vector<ResourceLimit>& limits) {
  for (const ResourceLimit& limit : limits) {
    const auto resource = static_cast<__rlimit_resource>(limit.resource);
    rlimit inherited{};
    if (getrlimit(resource, &inherited) != 0) return false;
    const rlim_t value = std::min<rlim_t>(limit.value, inherited.rlim_max);
    const rlimit both{.rlim_cur = value, .rlim_max = value};
    if (setrlimit(resource, &both) != 0) return false;
  }
  return true;
}

// In the new process. Comes back only if something fails, and gives at what.
ExecStep become(const StartRequest& request, const StartDescriptors& descriptors) {
  // Before the limits, which we may be beyond already.
  const std::vector<char*> arguments = pointers(request.arguments);
  const std::vector<char*> environment = pointers(request.environment);
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0L, 0L, 0L);
  if (descriptors.group && write(descriptors.group.get(), "0", 1) != 1) return ExecStep::kGroup;
  if (request.owner >= 0) {
    const auto owner = static_cast<uid_t>(request.owner);
    if (chown(request.folder.c_str(), owner, owner) != 0) return ExecStep::kFolder;
  }
  if (chdir(request.work_folder.c_str()) != 0) return ExecStep::kFolder;
  if (!set_streams(descriptors, request.options)) return ExecStep::kStreams;
  if (request.is_filtered && !join_new_keyring()) return ExecStep::kKeyring;
  restore_signals();
  // Last, because a sanitizer's own calls may need more than they leave.
  if (!set_limits(request.limits)) return ExecStep::kLimits;
  execve(request.program.c_str(), arguments.data(), environment.data());
  return ExecStep::kProgram;
}

}  // namespace

std::expected<BegunProgram, StartFailure> begin_program(const StartRequest& request,
                                                        const StartDescriptors& descriptors) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return std::unexpected(StartFailure{"cannot make a pipe", errno});
  FileDescriptor read_end(ends[0]);
  // Where nothing that a wrapper reads takes its place.
  const FileDescriptor write_end = move_away(FileDescriptor(ends[1]));
  if (!set_non_blocking(read_end))
    return std::unexpected(StartFailure{"cannot make a pipe", errno});
  const pid_t pid = fork();
  if (pid < 0) return std::unexpected(StartFailure{"cannot start a process", errno});
  if (pid == 0) {
    const StartReport report{.step = become(request, descriptors), .error = errno};
    [[maybe_unused]] const auto told = write(write_end.get(), &report, sizeof report);
    _exit(127);
  }
  return BegunProgram{.pid = pid, .report = std::move(read_end)};
}

// The pipe ends with the child's exec, which closes the other end, or with the child.
std::optional<std::expected<void, StartFailure>> take_start_report(const FileDescriptor& report) {
  StartReport text{};
  ssize_t size = 0;
  while ((size = read(report.get(), &text, sizeof text)) < 0 && errno == EINTR) {
  }
  if (size < 0 && errno == EAGAIN) return std::nullopt;
  if (size == 0) return std::expected<void, StartFailure>();
  if (size != sizeof text) return std::unexpected(StartFailure{"cannot see it start", errno});
  return std::unexpected(StartFailure{kExecSteps[static_cast<std::size_t>(text.step)], text.error});
}

}  // namespace chatspec
