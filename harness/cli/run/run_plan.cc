#include "harness/cli/run/run_plan.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <random>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/key_file.h"
#include "harness/cli/options/mistaken_file.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/run/earlier_log.h"

namespace chatspec {
namespace {

// What nothing but a program that wants to hold us up needs, also where it has much to read, write
// and compute, and the machine is busy.
constexpr int kDeadlinesInWhole = 120;
constexpr std::chrono::minutes kLeastWhole{1};

constexpr std::size_t kMostKnownBytes = 16 * 1024 * 1024;

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<long>(seconds * 1000));
}

// What a program is most likely called by those who know it: the last word that is neither an
// option nor made of placeholders, without its folder. `java -cp classes Server {port}`: Server.
std::string name_of_program(const std::vector<std::string>& words) {
  const auto named = std::find_if(words.rbegin(), words.rend(), [](const std::string& word) {
    return !word.empty() && !word.starts_with('-') && !word.contains('{');
  });
  const std::string word = named == words.rend() ? words.front() : *named;
  const std::string name = std::filesystem::path(word).filename();
  return name.empty() ? word : name;
}

std::expected<void, std::string> plan_implementation(const RunArguments& arguments, RunPlan& plan) {
  const bool server = !arguments.server.empty();
  plan.options.role = server ? Role::kServer : Role::kClient;
  auto program = plan_program(arguments, plan.options.role);
  if (!program) {
    return std::unexpected(program.error());
  }
  plan.program = *std::move(program);
  plan.argv = Command::parse(server ? arguments.server : arguments.client, plan.options.role)
                  .value()  // planning has parsed it
                  .words();
  plan.name = name_of_program(plan.argv);
  return {};
}

std::expected<void, std::string> plan_remote(const RunArguments& arguments, RunPlan& plan) {
  auto remote = parse_remote(arguments.remote);
  if (!remote) return std::unexpected(fmt::format("--connect: {}", remote.error()));
  plan.remote = *std::move(remote);
  plan.name = arguments.remote;
  auto keys = read_given_keys(arguments.remote_keys);
  if (!keys) return std::unexpected(keys.error());
  plan.options.remote_keys = *std::move(keys);
  return {};
}

// Whoever asks a program for its profile starts it for that: one that runs already might serve the
// question and then nobody. The answer may be a profile in which nothing can be cut.
std::expected<void, std::string> plan_profile(const RunArguments& arguments, RunPlan& plan) {
  plan.asks_for_profile = arguments.profile == kAutomaticProfile;
  auto profile =
      find_or_read_profile(plan.asks_for_profile ? RunArguments{}.profile : arguments.profile);
  if (!profile) return std::unexpected(profile.error());
  plan.options.profile = *std::move(profile);
  if (!plan.asks_for_profile) return {};
  if (!arguments.remote.empty()) {
    return std::unexpected(
        "--profile auto: of a server that runs already nothing is asked beforehand, since it may "
        "serve one client only; say in which profile to play");
  }
  if (arguments.delivery != RunArguments{}.delivery) {
    return std::unexpected(fmt::format(
        "--profile auto: with --delivery {}, say in which profile to play", arguments.delivery));
  }
  return {};
}

std::expected<void, std::string> plan_known_failures(const RunArguments& arguments, RunPlan& plan) {
  const auto read = [&](const std::string& path,
                        bool is_flaky) -> std::expected<void, std::string> {
    const auto text = read_whole_file(path, kMostKnownBytes);
    if (!text) {
      return std::unexpected(
          fmt::format("{}: {}", is_flaky ? "--known-flaky" : "--known", text.error()));
    }
    if (const auto fits = refuse_other_kinds(*text, path, "a list of known failures"); !fits) {
      return std::unexpected(
          fmt::format("{}: {}", is_flaky ? "--known-flaky" : "--known", fits.error()));
    }
    auto known = parse_known_failures(*text, path, is_flaky);
    if (!known) return std::unexpected(chat::to_string(known.error()));
    std::ranges::move(*known, std::back_inserter(plan.options.known));
    return {};
  };
  for (const std::string& path : arguments.known) {
    if (auto done = read(path, false); !done) return done;
  }
  for (const std::string& path : arguments.known_flaky) {
    if (auto done = read(path, true); !done) return done;
  }
  return {};
}

std::expected<void, std::string> plan_by_earlier_logs(const RunArguments& arguments,
                                                      RunPlan& plan) {
  const std::string& path =
      arguments.only_failed.empty() ? arguments.failed_first : arguments.only_failed;
  if (path.empty()) return {};
  auto failures = read_failures(path, plan.options.role);
  if (!failures) {
    return std::unexpected(
        fmt::format("{}: {}", arguments.only_failed.empty() ? "--failed-first" : "--only-failed",
                    failures.error()));
  }
  if (arguments.only_failed.empty()) {
    plan.failed_first = std::move(failures->ids);
  } else {
    plan.only_failed = std::move(failures->ids);
    plan.played_then = std::move(failures->played_then);
  }
  return {};
}

// Each shard must come to the same order and the same bytes.
std::expected<void, std::string> plan_shard(const RunArguments& arguments, RunPlan& plan) {
  if (arguments.shard.empty()) return {};
  auto shard = choose_shard(arguments.shard, own_environment());
  if (!shard) return std::unexpected(fmt::format("--shard: {}", shard.error()));
  if (!arguments.seed)
    return std::unexpected("--shard: all shards of a run need the same --seed; none is given");
  plan.shard = *std::move(shard);
  if (arguments.timings.empty()) return {};
  auto timings = read_timings(arguments.timings, plan.options.role);
  if (!timings) return std::unexpected(fmt::format("--timings: {}", timings.error()));
  plan.timings = *std::move(timings);
  return {};
}

// A server that runs already may serve one client after another.
std::size_t default_jobs(const RunArguments& arguments) {
  return arguments.remote.empty() ? std::max(1U, std::thread::hardware_concurrency()) : 1;
}

}  // namespace

std::expected<RunPlan, std::string> make_plan(const RunArguments& arguments) {
  if (arguments.server.empty() && arguments.client.empty() && arguments.remote.empty()) {
    return std::unexpected(
        "nothing to test: name it with --server, --client or --connect, or in chatspec.conf, which "
        "`chatspec init` begins");
  }
  if (!arguments.readable.empty() && arguments.isolation != "sandbox") {
    return std::unexpected("--readable: only --isolation sandbox hides anything from the program");
  }
  constexpr std::uint64_t kLeastMemory = std::uint64_t{16} << 20;
  if (arguments.memory_bytes != 0 && arguments.isolation != "sandbox")
    return std::unexpected("--memory: only --isolation sandbox limits the program's memory");
  if (arguments.memory_bytes != 0 && arguments.memory_bytes < kLeastMemory)
    return std::unexpected("--memory: expected at least 16M; hardly any program runs with less");
  RunPlan plan;
  const auto planned = arguments.remote.empty() ? plan_implementation(arguments, plan)
                                                : plan_remote(arguments, plan);
  if (!planned) return std::unexpected(planned.error());
  if (auto chosen = plan_profile(arguments, plan); !chosen) return std::unexpected(chosen.error());
  if (auto read = plan_known_failures(arguments, plan); !read) return std::unexpected(read.error());
  if (auto read = plan_by_earlier_logs(arguments, plan); !read)
    return std::unexpected(read.error());
  if (auto planned_shard = plan_shard(arguments, plan); !planned_shard)
    return std::unexpected(planned_shard.error());
  plan.options.play_on = arguments.play_on;
  plan.options.repetition = {.times = arguments.repeat,
                             .until_failure = arguments.until_fail,
                             .retries = arguments.retries};
  if (arguments.fail_fast != 0) plan.options.enough_failures = arguments.fail_fast;
  if (arguments.time_limit_s) plan.options.time_limit = milliseconds(*arguments.time_limit_s);
  if (!arguments.name.empty()) plan.name = arguments.name;
  for (const SegmentationWord& word : kSegmentations) {
    if (word.word == arguments.delivery) plan.options.segmentation = word.segmentation;
  }
  if (plan.options.segmentation != Segmentation::kUnits && !plan.options.profile.has_line_ends()) {
    return std::unexpected(
        fmt::format("--delivery {}: in the profile {} a unit is what one send carries, so that it "
                    "cannot be cut otherwise",
                    arguments.delivery, plan.options.profile.name));
  }
  plan.options.seed = arguments.seed ? *arguments.seed : std::random_device()();
  plan.options.jobs = arguments.jobs != 0 ? arguments.jobs : default_jobs(arguments);
  const double default_silence_s = RunArguments{}.silence_s;
  if (arguments.silence_s > arguments.deadline_s && arguments.silence_s != default_silence_s) {
    return std::unexpected(fmt::format("--silence: {} s are more than the --deadline of {} s",
                                       arguments.silence_s, arguments.deadline_s));
  }
  plan.patience.answer = milliseconds(arguments.deadline_s);
  plan.patience.silence = milliseconds(std::min(arguments.silence_s, arguments.deadline_s));
  plan.patience.start = 2 * plan.patience.answer;
  plan.patience.whole =
      std::max<std::chrono::milliseconds>(kLeastWhole, kDeadlinesInWhole * plan.patience.answer);
  plan.build = milliseconds(arguments.build_deadline_s);
  return plan;
}

}  // namespace chatspec
