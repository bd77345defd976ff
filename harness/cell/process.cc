#include "harness/cell/process.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>

#include <fmt/format.h>
#include <sys/wait.h>

#include "harness/cell/child_registry.h"
#include "harness/cell/pidfd.h"
#include "harness/cell/program.h"

namespace chatspec {
namespace {

constexpr int kMaxWaitForKilledMs = 5000;

struct Pipe {
  FileDescriptor read_end;
  FileDescriptor write_end;
};

std::optional<Pipe> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  Pipe pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  // Only our end: to the program its output must look like any other.
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return std::nullopt;
  return pipe;
}

class FileActions {
 public:
  FileActions(const std::filesystem::path& folder, const Pipe& output, const Pipe& errors) {
    posix_spawn_file_actions_init(&actions_);
    check(posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()));
    check(posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    check(posix_spawn_file_actions_adddup2(&actions_, output.write_end.get(), STDOUT_FILENO));
    check(posix_spawn_file_actions_adddup2(&actions_, errors.write_end.get(), STDERR_FILENO));
    // Ours are close-on-exec; what the harness itself was started with may not be.
    check(posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1));
  }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  const posix_spawn_file_actions_t* get() const { return &actions_; }
  int error() const { return error_; }

 private:
  void check(int error) {
    if (error_ == 0) error_ = error;
  }
  posix_spawn_file_actions_t actions_{};
  int error_ = 0;
};

class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (auto& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

std::string_view name_of(std::string_view entry) {
  return entry.substr(0, entry.find('=') + 1);
}

std::vector<std::string> environment_with(const std::vector<std::string>& variables) {
  std::vector<std::string> result = variables;
  for (char** entry = environ; *entry; ++entry) {
    const auto same_name = [&](const std::string& other) {
      return name_of(other) == name_of(*entry);
    };
    if (std::none_of(variables.begin(), variables.end(), same_name)) result.emplace_back(*entry);
  }
  return result;
}

std::string explain(const std::string& program, int error) {
  switch (error) {
    case ENOEXEC:
      return fmt::format(
          "cannot run {}: it is no program of this system (a script needs a first line like "
          "#!/usr/bin/env python3)",
          program);
    case ENOENT:
      return fmt::format(
          "cannot run {}: the interpreter that its first line names, or its loader, is missing",
          program);
    default:
      return fmt::format("cannot run {}: {}", program, std::strerror(error));
  }
}

CellFailure trouble(const std::string& what, int error) {
  return {.kind = CellFailure::Kind::kTrouble,
          .message = fmt::format("{}: {}", what, std::strerror(error))};
}

bool is_ours(int error) {
  return error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE;
}

}  // namespace

std::expected<Process, CellFailure> Process::start(const std::vector<std::string>& argv,
                                                   const std::filesystem::path& folder,
                                                   const std::vector<std::string>& variables) {
  const char* path = std::getenv("PATH");
  const auto program =
      find_program(argv.empty() ? "" : argv.front(), path ? path : "/bin:/usr/bin");
  if (!program) return std::unexpected(program.error());

  auto output = make_pipe();
  auto errors = make_pipe();
  if (!output || !errors) return std::unexpected(trouble("cannot make a pipe", errno));
  const FileActions actions(folder, *output, *errors);
  if (actions.error() != 0) {
    return std::unexpected(trouble("cannot prepare a process", actions.error()));
  }
  std::vector<std::string> arguments = argv;
  // A relative path would mean another file after the change of folder.
  if (arguments.front().find('/') != std::string::npos) arguments.front() = *program;
  std::vector<std::string> environment = environment_with(variables);

  auto registry = ChildRegistry::Locked(ChildRegistry::instance());
  pid_t pid = 0;
  const int error = posix_spawn(&pid, program->c_str(), actions.get(), Attributes().get(),
                                pointers(arguments).data(), pointers(environment).data());
  if (is_ours(error)) return std::unexpected(trouble("cannot start a process", error));
  if (error != 0) {
    return std::unexpected(
        CellFailure{.kind = CellFailure::Kind::kNotStarted, .message = explain(*program, error)});
  }
  registry.add(pid);
  FileDescriptor pidfd = open_pidfd(pid);
  if (!pidfd) {
    const int reason = errno;
    kill(-pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    registry.remove(pid);
    return std::unexpected(trouble("cannot observe a process", reason));
  }
  return Process(pid, std::move(pidfd), std::move(output->read_end), std::move(errors->read_end));
}

Process::Process(pid_t pid, FileDescriptor pidfd, FileDescriptor output, FileDescriptor errors)
    : pid_(pid), pidfd_(std::move(pidfd)), output_(std::move(output)), errors_(std::move(errors)) {}

Process::Process(Process&& other) noexcept
    : pid_(other.pid_),
      reaped_(std::exchange(other.reaped_, true)),
      exit_(other.exit_),
      pidfd_(std::move(other.pidfd_)),
      output_(std::move(other.output_)),
      errors_(std::move(other.errors_)) {}

Process::~Process() {
  if (reaped_) return;
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
  reap();
}

std::optional<ExitStatus> Process::exit() const {
  if (exit_ || reaped_) return exit_;
  siginfo_t info{};
  const int options = WEXITED | WNOHANG | WNOWAIT;
  if (waitid(P_PID, static_cast<id_t>(pid_), &info, options) != 0 || info.si_pid == 0) {
    return std::nullopt;
  }
  exit_ = ExitStatus{.by_signal = info.si_code != CLD_EXITED, .value = info.si_status};
  return exit_;
}

void Process::reap() {
  if (reaped_) return;
  // One that even SIGKILL does not end (its disk is gone, say) stays registered, so that nobody
  // takes it for an orphan.
  pollfd end{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
  while (poll(&end, 1, kMaxWaitForKilledMs) < 0 && errno == EINTR) {
  }
  if (!exit()) return;
  reaped_ = true;
  // Together, because from the first on the number may be another process's.
  auto registry = ChildRegistry::Locked(ChildRegistry::instance());
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG);
  registry.remove(pid_);
}

}  // namespace chatspec
