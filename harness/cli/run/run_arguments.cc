#include "harness/cli/run/run_arguments.h"

#include <CLI/CLI.hpp>

#include "harness/cli/options/validators.h"

namespace chatspec {

void RunArguments::add_program_to(CLI::App& command) {
  add_command_line_to(command);
  add_cell_to(command);
  add_deadlines_to(command);
}

void RunArguments::add_command_line_to(CLI::App& command) {
  command
      .add_option(
          "--server", server,
          "Test a server, started with this command line, quoted, or as the last words, after --: "
          "{port} and {keys} are replaced")
      ->type_name("COMMAND");
  command
      .add_option("--client", client,
                  "Test a client in the same way: {host}, {port}, {messages} and {signatures} are "
                  "replaced")
      ->type_name("COMMAND")
      ->excludes("--server");
  command
      .add_option("--role", role,
                  "Which of the two is meant where the file of --config has a server and a client")
      ->check(CLI::IsMember({"server", "client"}));
  command
      .add_option("--config", config,
                  "A file of settings, for options that are not given; if no program is named, "
                  "chatspec.conf in this folder. `chatspec init` writes one")
      ->type_name("FILE")
      ->check(path_of_file());
  command
      .add_option("--profile", profile,
                  "line, crlf, bare, or the file of a profile of your own; auto: the one of the "
                  "first three that the program speaks")
      ->type_name("PROFILE")
      ->capture_default_str();
  command.add_option("--seed", seed, "For everything random; a fresh one if not given")
      ->type_name("NUMBER")
      ->check(whole_number());
  command
      .add_option("-j,--jobs", jobs,
                  "How many scenarios or conversations to play at a time; if not given, as many as "
                  "there are processors, "
                  "and with --connect one")
      ->type_name("NUMBER")
      ->check(whole_number(1, 512));
}

void RunArguments::add_cell_to(CLI::App& command) {
  command
      .add_option("--isolation", isolation,
                  "Where the program lives: sandbox, isolated, plain, or the best but the sandbox "
                  "(auto); see chatspec doctor")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "sandbox", "isolated", "plain"}));
  command
      .add_option("--readable", readable,
                  "With --isolation sandbox: a file or folder that the program may read besides "
                  "those that its command line names; may be repeated")
      ->type_name("PATH")
      ->check(CLI::ExistingPath)
      ->take_all()
      ->allow_extra_args(false);
  command
      .add_option("--memory", memory_bytes,
                  "With --isolation sandbox: how much memory its processes may use together, such "
                  "as 512M; 2G if not given")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false));
  command
      .add_option("--folder", folder,
                  "The program starts in a copy of this folder, of its own in every cell; relative "
                  "words of its command line are left as they are")
      ->type_name("DIR");
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
}

void RunArguments::add_deadlines_to(CLI::App& command) {
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
}

void RunArguments::add_to(CLI::App& command) {
  selection.add_to(command);
  add_program_to(command);
  add_other_programs_to(command);
  add_play_to(command);
  add_order_to(command);
  add_repetition_to(command);
  add_shards_to(command);
  add_reports_to(command);
}

// Programs that somebody else started, or an earlier run.
void RunArguments::add_other_programs_to(CLI::App& command) {
  auto* by_remote =
      command.add_option("--connect", remote, "Test a server that runs already, at HOST:PORT");
  by_remote->type_name("SERVER")->excludes("--server")->excludes("--client");
  for (const char* of_process : {"--isolation", "--folder"})
    command.get_option(of_process)->excludes(by_remote);
  command
      .add_option("--again", again,
                  "Start what the log of an earlier run was of as it was started there, with its "
                  "profile, delivery and seed, and play the same; options and names win")
      ->type_name("LOG")
      ->excludes("--config");
  command
      .add_option("--keys", remote_keys,
                  "With --connect: the server's key file; without it, signatures are not tried")
      ->type_name("FILE")
      ->needs(by_remote);
}

void RunArguments::add_play_to(CLI::App& command) {
  command
      .add_option(
          "--delivery", delivery,
          "How what is sent is cut into segments: units, joined, bytes, or cuts (whole, and "
          "cut in two at every place in turn)")
      ->capture_default_str()
      ->check(CLI::IsMember({"units", "joined", "bytes", "cuts"}));
  command.add_flag("--play-on", play_on,
                   "Play everything, also what needs a scenario that did not pass");
  command
      .add_option("--known", known,
                  "Cases that are known to fail, a line each: name, failure code, reason. They are "
                  "played and do not count, and one that comes otherwise does; may be repeated")
      ->type_name("FILE")
      ->take_all()
      ->allow_extra_args(false);
  command
      .add_option("--known-flaky", known_flaky,
                  "Cases that are known to fail at times, in the same form: one that fails with "
                  "the code does not count, whatever else it does at other times; may be repeated")
      ->type_name("FILE")
      ->take_all()
      ->allow_extra_args(false);
}

void RunArguments::add_order_to(CLI::App& command) {
  auto* by_failures = command
                          .add_option("--failed-first", failed_first,
                                      "Begin with the cases that failed in this log of an earlier "
                                      "run")
                          ->type_name("LOG");
  command
      .add_option("--only-failed", only_failed, "Play no others than those that failed in this log")
      ->type_name("LOG")
      ->excludes(by_failures);
  command.add_flag("--shuffle", shuffle,
                   "Play in an order that follows from the seed, but what is needed first");
  command
      .add_flag("--fail-fast{1}", fail_fast,
                "Play nothing more after the first failure; with =N, after N of them")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->check(whole_number(1, 1'000'000));
  command
      .add_option(
          "--time-limit", time_limit_s,
          "Begin no scenario later than SECONDS after the first; what is left is named, and "
          "the exit status is 2")
      ->type_name("SECONDS")
      ->check(seconds(0.01, 604'800));
}

void RunArguments::add_repetition_to(CLI::App& command) {
  auto* by_number =
      command.add_option("--repeat", repeat, "Play each case NUMBER times; one failure is enough")
          ->type_name("NUMBER")
          ->check(whole_number(1, 1'000'000));
  command
      .add_flag("--until-fail", until_fail, "With --repeat: play a case no more once it has failed")
      ->needs(by_number);
  command
      .add_option("--retries", retries,
                  "Play a case that fails again, up to NUMBER times, until it passes. It stays a "
                  "failure, and is called flaky")
      ->type_name("NUMBER")
      ->check(whole_number(1, 1000))
      ->excludes(by_number);
}

void RunArguments::add_shards_to(CLI::App& command) {
  auto* by_shard =
      command
          .add_option("--shard", shard,
                      "Play one part of many: 2/4 is the second of four; auto: the one that the "
                      "variables of Bazel, GoogleTest, GitLab, CircleCI, Buildkite or Slurm say; "
                      "auto/N: with GNU parallel, of N. `chatspec merge` makes one log of all")
          ->type_name("NUMBER/COUNT");
  command
      .add_option("--timings", timings,
                  "With --shard: so that all take about as long, the log of an earlier run, the "
                  "same for each")
      ->type_name("LOG")
      ->needs(by_shard);
}

void RunArguments::add_reports_to(CLI::App& command) {
  command
      .add_option(
          "--log", log,
          "Write the event log to this file, or, in place of the report, to standard output "
          "(-)")
      ->type_name("FILE")
      ->check(path_of_file());
  command
      .add_option("--log-events", log_events,
                  "Of which cases the log holds what happened: failed (those that do not pass), or "
                  "all")
      ->capture_default_str()
      ->needs("--log")
      ->check(CLI::IsMember({"failed", "all"}));
  command.add_flag("-v,--verbose", verbose,
                   "Show every case as it ends, in full; name those that pass and that are "
                   "skipped, too");
  command.add_flag("-q,--quiet", quiet, "Only the last line");
  formats.add_to(command);
}

}  // namespace chatspec
