// judge: what today's judge says of what a log recorded.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/logs/logs_commands.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/suite_location.h"
#include "harness/report/log/event_log.h"
#include "harness/runs/judge_recorded.h"

namespace chatspec {
namespace {

struct JudgeCommand {
  std::vector<std::string> logs;
  std::string suite;
  bool verbose = false;
};

struct Counts {
  std::size_t same = 0;
  std::size_t differ = 0;
  std::array<std::size_t, kNotJudgedReasons.size()> not_judged{};
};

void tell(const JudgedAgain& one, bool verbose, Counts& counts, Console& console) {
  if (!one.now) {
    const NotJudgedReason& reason = describe(one.now.error());
    ++counts.not_judged[static_cast<std::size_t>(reason.value)];
    if (verbose || !reason.is_usual)
      console.say(fmt::format("not judged {}: {}\n", one.record->id, reason.clause));
  } else if (one.differs()) {
    ++counts.differ;
    console.say(describe_difference(one) + "\n");
  } else {
    ++counts.same;
  }
}

// The cases that logs may have: of the suite, and of the scenarios of one's own that their runs
// selected. Read once for all logs in a row whose runs selected the same.
class PlayedCases {
 public:
  PlayedCases(const std::string& suite, Console& console) : suite_(suite), console_(console) {}

  // Nothing where the suite cannot be used, which is told. What is wrong with scenarios of one's
  // own is told, too, and costs theirs alone.
  const CasesById* find(const LogFile& log) {
    auto words = list_selected_words(log.runs);
    if (wanted_ && words == words_) return &cases_;
    wanted_ = load_wanted({}, suite_, console_, {.played_then = words});
    if (!wanted_ && !words.empty()) wanted_ = load_wanted({}, suite_, console_);
    if (!wanted_) return nullptr;
    words_ = std::move(words);
    all_ = list_cases(wanted_->suite);
    cases_ = index_cases(all_);
    return &cases_;
  }

 private:
  const std::string& suite_;
  Console& console_;
  std::vector<std::string> words_;  // by which `wanted_` was read
  std::optional<WantedSuite> wanted_;
  std::vector<Case> all_;
  CasesById cases_;  // borrows `all_`
};

ExitCode judge_logs(const JudgeCommand& command, Console& console) {
  Counts counts;
  PlayedCases played(command.suite, console);
  for (const std::string& path : command.logs) {
    const auto log = read_log_file(path);
    if (!log) {
      console.complain(log.error());
      return ExitCode::kUsage;
    }
    const CasesById* cases = played.find(*log);
    if (!cases) return ExitCode::kUsage;
    for (const RunOfLog& run : log->runs) {
      for (const JudgedAgain& one : judge_run(run, *cases))
        tell(one, command.verbose, counts, console);
    }
  }
  console.say(fmt::format("{} judged again, {} of them differ\n", counts.same + counts.differ,
                          counts.differ));
  for (const NotJudgedReason& reason : kNotJudgedReasons) {
    const std::size_t count = counts.not_judged[static_cast<std::size_t>(reason.value)];
    if (count > 0) console.say(fmt::format("{} not judged: {}\n", count, reason.clause));
  }
  if (counts.differ > 0) return ExitCode::kFailed;
  return counts.same > 0 ? ExitCode::kGood : ExitCode::kNothing;
}

}  // namespace

void add_judge_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "judge", "Judge again what logs recorded, and tell where today's verdict is another one");
  auto options = std::make_shared<JudgeCommand>();
  command
      ->add_option(
          "LOG", options->logs,
          "Logs, as `chatspec run --log` writes them; - is standard input. Cases that pass "
          "can be judged again where the run had --log-events all")
      ->required();
  command->add_option("--suite", options->suite, "The folder of the suite that was played")
      ->type_name("DIR");
  command->add_flag("-v,--verbose", options->verbose,
                    "Name the cases that are not judged, and why");
  command->footer(
      "Examples:\n"
      "  chatspec judge run.jsonl\n"
      "  chatspec judge -v monday.jsonl tuesday.jsonl");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return judge_logs(*options, console); };
  });
}

}  // namespace chatspec
