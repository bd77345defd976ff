#include "reference/program/child.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>
#include <utility>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace chat {

Child::Child(std::string_view name, const std::vector<std::string>& arguments,
             std::string output_path)
    : output_path_(std::move(output_path)) {
  std::vector<std::string> words{std::string(CHATSPEC_BIN_DIR) + '/' + std::string(name)};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  std::array<int, 2> pipe_ends{-1, -1};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
    ADD_FAILURE() << "pipe2";
    return;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_path_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDERR_FILENO);
  if (posix_spawn(&process_, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
    process_ = -1;
    ADD_FAILURE() << "cannot start " << argv[0];
  }
  posix_spawn_file_actions_destroy(&actions);
  close(pipe_ends[1]);
  errors_descriptor_ = pipe_ends[0];
}

Child::~Child() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  if (errors_descriptor_ >= 0) close(errors_descriptor_);
}

// Gives false at the end.
bool Child::read_errors() {
  std::array<char, 4096> piece{};
  ssize_t size = 0;
  do {
    size = read(errors_descriptor_, piece.data(), piece.size());
  } while (size < 0 && errno == EINTR);
  if (size <= 0) return false;
  errors_.append(piece.data(), static_cast<std::size_t>(size));
  return true;
}

std::uint16_t Child::await_port() {
  while (errors_.find('\n') == std::string::npos && read_errors()) {
  }
  const std::string_view line = std::string_view(errors_).substr(0, errors_.find('\n'));
  std::uint16_t port = 0;
  if (line.starts_with("listening on ")) {
    const std::size_t colon = line.rfind(':');
    std::from_chars(line.data() + colon + 1, line.data() + line.size(), port);
  }
  EXPECT_NE(port, 0) << errors_;
  return port;
}

void Child::signal(int number) {
  kill(process_, number);
}

Ended Child::wait() {
  while (read_errors()) {
  }
  int status = 0;
  if (process_ > 0) waitpid(std::exchange(process_, -1), &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), errors_};
}

std::string Child::output() const {
  return content_of(output_path_);
}

Ended run(std::string_view name, const std::vector<std::string>& arguments,
          const TestFolder& folder) {
  return Child(name, arguments, folder.at("output-of-run")).wait();
}

}  // namespace chat
