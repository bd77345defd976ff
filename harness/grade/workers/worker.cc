#include "harness/grade/workers/worker.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "harness/cell/kernel/pidfd.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostErrors = std::size_t{16} << 10;

// Between fork and exec: nothing here allocates.
[[noreturn]] void become(const char* program, char* const* words, int errors, pid_t parent) {
  setpgid(0, 0);
  const int nothing = open("/dev/null", O_RDWR);
  if (nothing >= 0) {
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
  }
  dup2(errors, STDERR_FILENO);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() == parent) execv(program, words);
  _exit(127);
}

}  // namespace

std::expected<Worker, std::string> Worker::start(const std::string& program,
                                                 const std::vector<std::string>& words) {
  const auto fail = [] {
    return std::unexpected(fmt::format("cannot start a process: {}", std::strerror(errno)));
  };
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return fail();
  FileDescriptor read_end(ends[0]);
  const FileDescriptor write_end(ends[1]);
  if (!set_non_blocking(read_end)) return fail();
  const pid_t own = getpid();
  const pid_t pid = fork();
  if (pid < 0) return fail();
  if (pid == 0) become(program.c_str(), arguments.data(), write_end.get(), own);
  FileDescriptor process = open_pidfd(pid);
  if (!process) {
    const int error = errno;
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    errno = error;
    return fail();
  }
  return Worker(pid, std::move(process), std::move(read_end));
}

Worker::~Worker() {
  if (!process_) return;
  signal_pidfd(process_.get(), SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Worker::read_errors() {
  std::array<char, 4096> piece{};
  while (errors_) {
    const ssize_t size = read(errors_.get(), piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return;
    if (size <= 0) {
      errors_.reset();
      return;
    }
    const std::size_t room = kMostErrors - said_.size();
    said_.append(piece.data(), std::min(room, static_cast<std::size_t>(size)));
  }
}

void Worker::signal(int number) const {
  if (process_) signal_pidfd(process_.get(), number);
}

WorkerEnd Worker::finish() {
  read_errors();
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  process_.reset();
  WorkerEnd end{.errors = std::move(said_)};
  if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  if (WIFEXITED(status)) end.status = WEXITSTATUS(status);
  return end;
}

}  // namespace chatspec
