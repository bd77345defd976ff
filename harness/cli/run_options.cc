#include "harness/cli/run_options.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <random>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/profile_choice.h"
#include "harness/cli/validators.h"
#include "harness/cli/whole_file.h"
#include "reference/files.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

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
  if (arguments.remote_keys.empty()) return {};
  const auto text = read_whole_file(arguments.remote_keys);
  if (!text) return std::unexpected(fmt::format("--keys: {}", text.error()));
  auto keys = chat::parse_keys(*text, arguments.remote_keys);
  if (!keys) return std::unexpected(fmt::format("--keys: {}", keys.error().to_string()));
  plan.options.remote_keys = *std::move(keys);
  return {};
}

// A server that runs already may serve one client after another.
std::size_t default_jobs(const RunArguments& arguments) {
  return arguments.remote.empty() ? std::max(1U, std::thread::hardware_concurrency()) : 1;
}

}  // namespace

void RunArguments::add_to(CLI::App& command) {
  selection.add_to(command);
  auto* by_server = command.add_option(
      "--server", server,
      "Test a server, started with this command line, quoted, or the last and behind --: {port} "
      "and {keys} are replaced");
  auto* by_client = command.add_option(
      "--client", client,
      "Test a client in the same way: {host}, {port}, {messages} and {signatures} are "
      "replaced");
  auto* by_remote =
      command.add_option("--connect", remote, "Test a server that runs already, at HOST:PORT");
  by_server->excludes(by_client)->excludes(by_remote);
  by_client->excludes(by_remote);
  command
      .add_option("--keys", remote_keys,
                  "With --connect: the server's key file; without it, signatures are not tried")
      ->needs(by_remote);
  command
      .add_option("--profile", profile, "line, crlf, bare, or the file of a profile of your own")
      ->capture_default_str();
  command.add_option("--seed", seed, "For everything random; a fresh one if not given")
      ->type_name("NUMBER")
      ->check(whole_number());
  command
      .add_option(
          "-j,--jobs", jobs,
          "How many scenarios to play at a time; if not given, as many as there are processors, "
          "and with --connect one")
      ->type_name("NUMBER")
      ->check(whole_number(1, 512));
  command
      .add_option(
          "--delivery", delivery,
          "How what is sent is cut into segments: units, joined, bytes, or cuts (whole, and "
          "cut in two at every place in turn)")
      ->capture_default_str()
      ->check(CLI::IsMember({"units", "joined", "bytes", "cuts"}));
  command
      .add_option("--isolation", isolation,
                  "Where the program lives: sandbox, isolated, plain, or the best but the sandbox "
                  "(auto); see chatspec doctor")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "sandbox", "isolated", "plain"}))
      ->excludes(by_remote);
  command
      .add_option("--readable", readable,
                  "With --isolation sandbox: a file or folder that the program may read besides "
                  "those that its command line names; may be repeated")
      ->type_name("PATH")
      ->check(CLI::ExistingPath)
      ->take_all()
      ->allow_extra_args(false);
  command.add_flag("--play-on", play_on,
                   "Play everything, also what needs a scenario that did not pass");
  command
      .add_option("--folder", folder,
                  "The program starts in a copy of this folder, of its own in every cell; relative "
                  "words of its command line are left as they are")
      ->type_name("DIR")
      ->excludes(by_remote);
  command
      .add_option("--build", build,
                  "With --folder: a command line for /bin/sh that makes the program, once, in a "
                  "copy of the folder and isolated as the program itself")
      ->type_name("COMMAND")
      ->needs("--folder")
      ->check([](const std::string& text) { return text.empty() ? "no command is given" : ""; });
  command
      .add_option("--build-deadline", build_deadline_s, "How long the build may take, in seconds")
      ->capture_default_str()
      ->needs("--build")
      ->check(seconds(0.01, 86400));
  command
      .add_option("--name", name,
                  "What reports call the implementation; if not given, made from its command line")
      ->type_name("NAME")
      ->check([](const std::string& text) { return text.empty() ? "no name is given" : ""; });
  command
      .add_option(
          "--log", log,
          "Write the event log to this file, or, in place of the report, to standard output "
          "(-)")
      ->type_name("FILE")
      ->check([](const std::string& path) { return path.empty() ? "no file is named" : ""; });
  command
      .add_option("--log-events", log_events,
                  "Of which cases the log holds what happened: failed (those that do not pass), or "
                  "all")
      ->capture_default_str()
      ->needs("--log")
      ->check(CLI::IsMember({"failed", "all"}));
  command
      .add_option("--deadline", deadline_s,
                  "How long an answer that is due may take, in seconds; one of more than 4 KiB "
                  "has longer")
      ->capture_default_str()
      ->check(seconds(0.01, 3600));
  command
      .add_option("--silence", silence_s, "How long to wait where silence is expected, in seconds")
      ->capture_default_str()
      ->check(seconds(0.01, 3600));
  command.add_flag("-v,--verbose", verbose, "Name the cases that pass and that are skipped, too");
  command.add_flag("-q,--quiet", quiet, "Only the last line");
}

std::expected<RunPlan, std::string> make_plan(const RunArguments& arguments) {
  if (arguments.server.empty() && arguments.client.empty() && arguments.remote.empty()) {
    return std::unexpected("nothing to test: name it with --server, --client or --connect");
  }
  if (!arguments.readable.empty() && arguments.isolation != "sandbox") {
    return std::unexpected("--readable: only --isolation sandbox hides anything from the program");
  }
  RunPlan plan;
  const auto planned = arguments.remote.empty() ? plan_implementation(arguments, plan)
                                                : plan_remote(arguments, plan);
  if (!planned) return std::unexpected(planned.error());
  auto profile = find_or_read_profile(arguments.profile);
  if (!profile) return std::unexpected(profile.error());
  plan.options.profile = *std::move(profile);
  plan.options.play_on = arguments.play_on;
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
  plan.build = milliseconds(arguments.build_deadline_s);
  return plan;
}

}  // namespace chatspec
