// What a scenario costs, and how soon silence is known.
//
// The cost of one whole scenario is compared with a floor in the same run: the same program,
// spawned, the same bytes exchanged with it by the least client that there can be, which waits for
// nothing but what it must read, and its end, which a server comes to after its first client.
// Silence is compared with a timeout.
//
//   scenario_bench [--runs N] [--isolation TIER] --server 'COMMAND {port} {keys}' [--server …]
//                  --stuck 'COMMAND {port} {keys}'

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/cell/process/process_cell_factory.h"
#include "harness/judge/judge.h"
#include "harness/play/player.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using Timer = std::chrono::steady_clock;

constexpr std::string_view kScenario = R"(scenario  one message
covers    SIG-1
role      server

key       k
message   "one line"

C: HELLO
S: 260 OK
C: DATA
C: <message 1>
C: .
S: 270 SIG
S: <signature 1>
C: PASS
S: 260 OK
C: QUIT
S: <close>
)";
constexpr auto kUsualTimeout = 5s;

Script make_bench_script() {
  Scenario scenario;
  check_source(kScenario, "bench.chat", scenario);
  return make_script(scenario, "bench", {Role::kServer, *chat::find_profile("line"), 1, {}});
}

double milliseconds(Timer::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

struct Spread {
  double min, median, max;
};

Spread spread_of(std::vector<double> values) {
  std::ranges::sort(values);
  return {values.front(), values[values.size() / 2], values.back()};
}

void fail(const std::string& message) {
  fmt::print(stderr, "scenario_bench: {}\n", message);
  std::exit(1);
}

// The floor. It takes the port that was free a moment ago, and tries to connect until it can.
class Floor {
 public:
  Floor(const Command& command, const Script& script, const std::filesystem::path& folder)
      : command_(command), script_(script), keys_((folder / "keys.txt").string()) {
    std::FILE* file = std::fopen(keys_.c_str(), "wb");
    std::fputs(script.materials.key_file->c_str(), file);
    std::fclose(file);
  }

  void play_once() {
    const auto reservation = ports_.reserve();
    const pid_t pid = spawn(reservation->port());
    const int socket = connect_to(reservation->port());
    std::size_t due = 0;  // bytes that must come before the next are sent
    for (const Step& step : script_.steps) {
      if (step.action == Action::kSend) {
        read_bytes(socket, std::exchange(due, 0));
        if (write(socket, step.bytes.data(), step.bytes.size()) < 0) fail("the floor cannot send");
      } else if (step.action == Action::kExpect) {
        due += step.alternatives.front().bytes.size();
      }
    }
    read_bytes(socket, due + 1);  // up to the end
    close(socket);
    waitpid(pid, nullptr, 0);  // it ends after its first client
  }

 private:
  pid_t spawn(std::uint16_t port) const {
    std::vector<std::string> words =
        command_.fill({{"port", std::to_string(port)}, {"keys", keys_}});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
    }
    pid_t pid = 0;
    const int error =
        posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) fail(fmt::format("cannot start {}", words[0]));
    return pid;
  }

  static int connect_to(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    while (true) {
      const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const int on = 1;
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      if (connect(socket, generic, sizeof address) == 0) return socket;
      close(socket);
      const timespec little{.tv_sec = 0, .tv_nsec = 100'000};
      ppoll(nullptr, 0, &little, nullptr);
    }
  }

  static void read_bytes(int socket, std::size_t size) {
    char buffer[4096];
    while (size > 0) {
      const ssize_t got = read(socket, buffer, std::min(size, sizeof buffer));
      if (got <= 0) return;
      size -= static_cast<std::size_t>(got);
    }
  }

  const Command& command_;
  const Script& script_;
  std::string keys_;
  PortPool ports_;
};

class Bench {
 public:
  Bench(Isolation isolation, int runs)
      : isolation_(isolation),
        runs_(runs),
        launcher_(Launcher::fork().value()),
        script_(make_bench_script()),
        folder_(ScratchFolder::make(std::filesystem::temp_directory_path()).value()) {}

  void compare_with_floor(const std::string& text) {
    const Command command = parse(text);
    Floor floor(command, script_, folder_.path());
    ProcessCellFactory factory = factory_for(command);
    std::vector<double> ours, floors, ratios;
    for (int i = -1; i < runs_; ++i) {  // one to warm up
      const double least = time_of([&] { floor.play_once(); });
      const double whole = time_of([&] { play_scenario(command, factory); });
      if (i < 0) continue;
      floors.push_back(least);
      ours.push_back(whole);
      ratios.push_back(whole / least);
    }
    fmt::print("one scenario in {:<9} median {:7.2f} ms   floor {:7.2f} ms   ratio {:.2f}   {}\n",
               to_string(isolation_), spread_of(ours).median, spread_of(floors).median,
               spread_of(ratios).median, text);
  }

  void measure_silence(const std::string& text) {
    const Command command = parse(text);
    ProcessCellFactory factory = factory_for(command);
    std::vector<double> times;
    for (int i = 0; i < runs_; ++i) {
      auto cell = factory.open(Role::kServer, 1).value();
      const auto keys = cell->add_file("keys.txt", "k\n").value();
      const auto words = command.fill({{"port", std::to_string(cell->port())}, {"keys", keys}});
      if (!cell->start(words) || !cell->await_listening()) fail("the stuck server does not start");
      const auto connection = cell->connect().value();
      StreamEvent event;
      cell->send(connection, "HELLO\n");
      times.push_back(time_of([&] { event = cell->await(connection, false); }));
      if (event.grade != QuietGrade::kProven) fail("silence was not proven: " + event.bytes);
    }
    const Spread spread = spread_of(times);
    fmt::print(
        "silence to verdict    median {:7.2f} ms   min {:.2f}, max {:.2f}   "
        "ratio to a timeout of {} s {:.4f}   {}\n",
        spread.median, spread.min, spread.max, kUsualTimeout.count(),
        spread.median / milliseconds(kUsualTimeout), text);
  }

 private:
  static Command parse(const std::string& text) {
    auto command = Command::parse(text, Role::kServer);
    if (!command) fail(command.error());
    command->make_paths_absolute(std::filesystem::current_path());
    return *std::move(command);
  }

  static double time_of(const std::function<void()>& work) {
    const auto begin = Timer::now();
    work();
    return milliseconds(Timer::now() - begin);
  }

  ProcessCellFactory factory_for(const Command& command) {
    SandboxPolicy policy = make_sandbox_policy({});
    allow_command(policy, command.words());
    return ProcessCellFactory(CellSurroundings{interrupt_, clock_, {}},
                              CellPlan{.isolation = isolation_,
                                       .policy = std::move(policy),
                                       .temporary = std::filesystem::temp_directory_path(),
                                       .launcher = launcher_.get()});
  }

  void play_scenario(const Command& command, ProcessCellFactory& factory) {
    auto cell = factory.open(Role::kServer, 1).value();
    const Transcript transcript = play(script_, *cell, &command, clock_);
    const Judgement judgement = judge(script_, chat::Level::kMust, transcript);
    if (judgement.verdict != Verdict::kPass) fail("the server does not pass the scenario");
  }

  Isolation isolation_;
  int runs_;
  Interrupt interrupt_;
  SteadyClock clock_;
  std::unique_ptr<Launcher> launcher_;
  Script script_;
  ScratchFolder folder_;
};

int run(int argc, char** argv) {
  CLI::App app("What a scenario costs, and how soon silence is known");
  int runs = 50;
  std::string tier = "isolated";
  std::vector<std::string> servers;
  std::string stuck;
  app.add_option("--runs", runs)->check(CLI::PositiveNumber);
  app.add_option("--isolation", tier);
  app.add_option("--server", servers);
  app.add_option("--stuck", stuck);
  CLI11_PARSE(app, argc, argv);
  const auto* word = std::ranges::find(kIsolations, tier, &IsolationWord::word);
  if (word == kIsolations.end()) fail("no such isolation: " + tier);
  Bench bench(word->isolation, runs);
  for (const std::string& server : servers) bench.compare_with_floor(server);
  if (!stuck.empty()) bench.measure_silence(stuck);
  return 0;
}

}  // namespace
}  // namespace chatspec

int main(int argc, char** argv) {
  return chatspec::run(argc, argv);
}
