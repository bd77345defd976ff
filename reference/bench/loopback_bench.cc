// Servers of the chat protocol over loopback: the throughput of one big message, next to hashing
// the same bytes in this process, and small messages per second: each when the one before was
// answered, and all at once, which is what a server does without its system's hand-overs. Takes any
// number of servers and compares them.
//
//   loopback_bench [--mib N] [--small N] [--runs N] --server 'COMMAND {port} {keys}' [--server ...]

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <spawn.h>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/read_until.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "reference/framing.h"
#include "reference/signature.h"

namespace chat {
namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kLineBytes = std::size_t{64} << 10;
constexpr std::string_view kKey = "key";

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string replace(std::string text, std::string_view name, std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
    text.replace(at, name.size(), value);
  }
  return text;
}

std::uint16_t free_port() {
  asio::io_context io;
  return tcp::acceptor(io, {tcp::v4(), 0}).local_endpoint().port();
}

// A server, started, connected to and greeted; killed at the end.
class RunningServer {
 public:
  RunningServer(const std::string& command, const std::string& keys_path) {
    const std::uint16_t port = free_port();
    std::string shell =
        "exec " + replace(replace(command, "{port}", std::to_string(port)), "{keys}", keys_path);
    std::string name = "sh";
    std::string option = "-c";
    std::array<char*, 4> argv{name.data(), option.data(), shell.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn(&process_, "/bin/sh", &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    connect(port);
    socket_.set_option(tcp::no_delay(true));
    send("HELLO\n");
    read_line();
  }

  ~RunningServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }

  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  void send(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }

  // Whatever has come, while somebody else may send.
  std::size_t read_lines(std::span<char> room) {
    const std::size_t size = socket_.read_some(asio::buffer(room.data(), room.size()));
    return static_cast<std::size_t>(std::ranges::count(room.first(size), '\n'));
  }

  // Sends while somebody else may read.
  void send_beside(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0) return;  // then it does not answer either
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  std::string read_line() {
    const std::size_t size = asio::read_until(socket_, asio::dynamic_buffer(input_), '\n');
    std::string line = input_.substr(0, size - 1);
    input_.erase(0, size);
    return line;
  }

 private:
  // A server takes a while to listen; its first connection is the one that is used.
  void connect(std::uint16_t port) {
    std::error_code error;
    while (waitpid(process_, nullptr, WNOHANG) == 0) {
      socket_.connect({asio::ip::address_v4::loopback(), port}, error);
      if (!error) return;
      socket_.close(error);
      std::this_thread::yield();
    }
    fmt::print(stderr, "the server ended before it listened\n");
    std::exit(1);
  }

  pid_t process_ = -1;
  asio::io_context io_;
  tcp::socket socket_{io_};
  std::string input_;
};

struct Options {
  std::vector<std::string> commands;
  unsigned mib = 256;
  unsigned small_messages = 5000;
  unsigned runs = 5;
};

struct Rates {
  double bytes_per_s = 0;
  double messages_per_s = 0;
  double pipelined_per_s = 0;
};

// The best of several runs is the one that was disturbed least.
void keep_best(double& best, double rate) {
  best = std::max(best, rate);
}

std::string make_line() {
  std::string line;
  for (std::size_t i = 0; i < kLineBytes; ++i) line += static_cast<char>('a' + i * 7 % 26);
  return line;
}

unsigned line_count(const Options& options) {
  return options.mib * static_cast<unsigned>((std::size_t{1} << 20) / kLineBytes);
}

// Gives the signature that is right for the big message, and how fast it was hashed.
std::string hash_big_message(const Options& options, double& bytes_per_s) {
  const std::string line = make_line();
  Signer signer(*find_profile("line"));
  const auto start = Clock::now();
  signer.begin(kKey);
  for (unsigned i = 0; i < line_count(options); ++i) signer.text(line);
  std::string signature = signer.finish();
  keep_best(bytes_per_s,
            line_count(options) * static_cast<double>(kLineBytes) / seconds_since(start));
  return signature;
}

bool measure_big(RunningServer& server, const Options& options, const std::string& signature,
                 Rates& rates) {
  const std::string line = make_line() + '\n';
  const auto start = Clock::now();
  server.send("DATA\n");
  for (unsigned i = 0; i < line_count(options); ++i) server.send(line);
  server.send(".\n");
  server.read_line();
  const bool right = same_signature(server.read_line(), signature);
  keep_best(rates.bytes_per_s,
            line_count(options) * static_cast<double>(kLineBytes) / seconds_since(start));
  return right;
}

constexpr std::string_view kSmallMessage = "DATA\na small message\n.\n";
constexpr std::string_view kVerdict = "PASS\n";

constexpr unsigned kPipelinedTimes = 10;  // as many as of those that wait for answers

void measure_pipelined(RunningServer& server, const Options& options, Rates& rates) {
  const unsigned count = kPipelinedTimes * options.small_messages;
  std::string all;
  for (unsigned i = 0; i < count; ++i) all.append(kSmallMessage).append(kVerdict);
  std::vector<char> room(std::size_t{1} << 16);
  const auto start = Clock::now();
  const std::jthread sender([&] { server.send_beside(all); });
  for (std::size_t lines = 0; lines < 3 * std::size_t{count};) {
    lines += server.read_lines(room);
  }
  keep_best(rates.pipelined_per_s, count / seconds_since(start));
}

void measure_small(RunningServer& server, const Options& options, Rates& rates) {
  const auto start = Clock::now();
  for (unsigned i = 0; i < options.small_messages; ++i) {
    server.send(kSmallMessage);
    server.read_line();
    server.read_line();
    server.send(kVerdict);
    server.read_line();
  }
  keep_best(rates.messages_per_s, options.small_messages / seconds_since(start));
}

int measure(const Options& options) {
  const std::string keys_path =
      std::filesystem::temp_directory_path() / fmt::format("loopback_bench-{}.keys", getpid());
  {
    std::ofstream keys(keys_path);
    for (unsigned i = 0; i <= kPipelinedTimes * options.small_messages; ++i) keys << kKey << '\n';
  }
  double hashed_bytes_per_s = 0;
  std::vector<Rates> rates(options.commands.size());
  bool all_right = true;
  for (unsigned run = 0; run < options.runs; ++run) {
    const std::string signature = hash_big_message(options, hashed_bytes_per_s);
    for (std::size_t i = 0; i < options.commands.size(); ++i) {
      {
        RunningServer server(options.commands[i], keys_path);
        all_right = measure_big(server, options, signature, rates[i]) && all_right;
      }
      {
        RunningServer server(options.commands[i], keys_path);
        measure_small(server, options, rates[i]);
      }
      RunningServer server(options.commands[i], keys_path);
      measure_pipelined(server, options, rates[i]);
    }
  }
  std::filesystem::remove(keys_path);

  fmt::print("{:>10} {:>8} {:>12} {:>8} {:>12} {:>8}  server\n", "MB/s", "of hash", "messages/s",
             "of first", "pipelined", "of first");
  fmt::print("{:>10.0f} {:>8.2f} {:>42}  (hashing alone)\n", hashed_bytes_per_s / 1e6, 1.0, "");
  for (std::size_t i = 0; i < rates.size(); ++i) {
    fmt::print("{:>10.0f} {:>8.2f} {:>12.0f} {:>8.2f} {:>12.0f} {:>8.2f}  {}\n",
               rates[i].bytes_per_s / 1e6, rates[i].bytes_per_s / hashed_bytes_per_s,
               rates[i].messages_per_s, rates[i].messages_per_s / rates[0].messages_per_s,
               rates[i].pipelined_per_s, rates[i].pipelined_per_s / rates[0].pipelined_per_s,
               options.commands[i]);
  }
  if (!all_right) fmt::print(stderr, "a signature was wrong\n");
  return all_right ? 0 : 1;
}

}  // namespace
}  // namespace chat

int main(int argc, char** argv) {
  chat::Options options;
  CLI::App app("Measures servers of the chat protocol (profile line) over loopback.");
  app.add_option("--server", options.commands, "Command, with {port} and {keys} in their places")
      ->required();
  app.add_option("--mib", options.mib, "Size of the big message, in MiB (default: 256)")
      ->check(CLI::Range(1, 4096));
  app.add_option("--small", options.small_messages,
                 "Number of small messages, pipelined ten times as many (default: 5000)")
      ->check(CLI::Range(1, 1000000));
  app.add_option("--runs", options.runs, "Runs, of which the best counts (default: 5)")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  try {
    return chat::measure(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "loopback_bench: {}\n", error.what());
    return 1;
  }
}
