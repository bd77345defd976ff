#include "harness/cli/run/records.h"

#include <random>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>

#include "harness/cli/console/source_commit.h"
#include "harness/report/text/clean_text.h"
#include "reference/profile_settings.h"

namespace chatspec {
namespace {

std::uint64_t microseconds(std::chrono::nanoseconds duration) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

// Of this machine, as far as it tells.
MachineRecord describe_machine() {
  MachineRecord machine;
  utsname name{};
  if (uname(&name) == 0) machine.kernel = fmt::format("{} {}", name.sysname, name.release);
  machine.processors = std::thread::hardware_concurrency();
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGE_SIZE);
  if (pages > 0 && page_bytes > 0) {
    machine.memory_bytes =
        static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes);
  }
  return machine;
}

std::vector<std::string> one_line_each(const std::vector<std::string>& texts) {
  std::vector<std::string> clean;
  for (const std::string& text : texts) clean.push_back(one_line(text));
  return clean;
}

std::vector<LoggedBytes> log_words(const std::vector<std::string>& words) {
  std::vector<LoggedBytes> logged;
  for (const std::string& word : words) logged.push_back(log_bytes(word));
  return logged;
}

std::map<std::string, LoggedBytes> log_settings(const chat::Profile& profile) {
  std::map<std::string, LoggedBytes> logged;
  for (const auto& [name, value] : chat::list_settings(profile))
    logged.emplace(name, log_bytes(value));
  return logged;
}

std::string make_run_id() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

RunRecord make_run_record(const RunArguments& arguments, const RunPlan& plan,
                          const RunCircumstances& circumstances,
                          std::chrono::system_clock::time_point started) {
  const bool has_folder = plan.program && plan.program->folder;
  RunRecord record{
      .run_id = make_run_id(),
      .tool = {.version = CHATSPEC_VERSION, .commit = std::string(kSourceCommit)},
      .start = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                           fmt::gmtime(std::chrono::system_clock::to_time_t(started))),
      .name = one_line(plan.name),
      .argv = log_words(plan.argv),
      .role = plan.options.role,
      .profile = {.name = plan.options.profile.name,
                  .settings = log_settings(plan.options.profile)},
      .profile_choice = circumstances.profile_choice,
      .delivery = arguments.delivery,
      .isolation = circumstances.isolation,
      .isolation_note = circumstances.isolation_note,
      .seed = plan.options.seed,
      .suite = circumstances.suite,
      .selection = {.names = one_line_each(arguments.selection.words),
                    .tags = one_line_each(arguments.selection.tags),
                    .requirements = one_line_each(arguments.selection.requirements),
                    .levels = one_line_each(arguments.selection.levels),
                    .excluded = one_line_each(arguments.selection.excluded)},
      .cases = circumstances.cases,
      .shard = circumstances.shard,
      .jobs = plan.options.jobs,
      .case_limit_us = microseconds(plan.patience.whole + kEndingLimit),
      .machine = describe_machine(),
      .folder = one_line(arguments.folder.value_or("")),
      .left_out = has_folder ? describe_left_out(plan.program->folder->contents()) : ""};
  if (const auto& keys = plan.options.remote_keys) {
    record.keys.emplace();
    for (const std::string& key : *keys) record.keys->push_back(log_bytes(key, key.size()));
  }
  if (plan.remote) record.address = fmt::format("{} {}", plan.remote->host, plan.remote->port);
  return record;
}

BuildRecord make_build_record(const std::string& command, const BuildResult& result,
                              std::chrono::nanoseconds duration) {
  using Outcome = BuildResult::Outcome;
  BuildRecord record;
  record.command = one_line(command);
  if (result.outcome == Outcome::kFailed) record.verdict = Verdict::kFail;
  if (result.outcome == Outcome::kTrouble) record.verdict = Verdict::kError;
  if (result.outcome == Outcome::kInterrupted) record.verdict = Verdict::kSkipped;
  record.message = one_line(result.message);
  record.timed_out = result.timed_out;
  record.output = log_bytes(result.output);
  record.left_over = result.left_over;
  record.duration_us = microseconds(duration);
  return record;
}

}  // namespace chatspec
