#include "harness/report/formats/results.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/report/attempts_report.h"
#include "harness/report/case_report.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/known_report.h"
#include "harness/report/terminal_report.h"

namespace chatspec {
namespace {

// Hands out names of which no two are the same.
class UniqueNames {
 public:
  std::string take(const std::string& wanted) {
    std::string name = wanted;
    for (std::size_t& number = numbers_[wanted]; !taken_.insert(name).second;)
      name = fmt::format("{} #{}", wanted, ++number + 1);
    return name;
  }

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::size_t> numbers_;
};

// By which runs of one implementation may be told apart, the first that does. A seed is none: it is
// another one in each run, and whoever compares reports holds on to names.
constexpr std::string (*kDistinctions[])(const RunRecord&){
    [](const RunRecord& run) { return std::string(chat::to_string(run.role)); },
    [](const RunRecord& run) { return run.profile.name; },
    [](const RunRecord& run) { return run.delivery; },
    [](const RunRecord& run) { return run.isolation; },
};

std::string base_name(const RunRecord& run) {
  const std::string name = as_plain_name(run.name.empty() ? run.address : run.name);
  return name.empty() ? "unknown" : name;
}

std::vector<std::string> name_suites(std::span<const RunRecord> runs) {
  std::vector<std::string> names;
  for (const RunRecord& run : runs) names.push_back(base_name(run));
  for (const auto distinction : kDistinctions) {
    const std::vector<std::string> before = names;
    std::map<std::string, std::set<std::string>> values;
    for (std::size_t i = 0; i < runs.size(); ++i) values[before[i]].insert(distinction(runs[i]));
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (values[before[i]].size() > 1)
        names[i] = as_plain_name(fmt::format("{} {}", before[i], distinction(runs[i])));
    }
  }
  UniqueNames unique;
  for (std::string& name : names) name = unique.take(name);
  return names;
}

constexpr std::string_view kKnown = "known";  // the code where a list of known failures decides

constexpr Status status_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return Status::kPassed;
    case Verdict::kSkipped:
      return Status::kSkipped;
    case Verdict::kDeviates:
      return Status::kDeviates;
    case Verdict::kFail:
    case Verdict::kHang:
    case Verdict::kCrash:
      return Status::kFailed;
    case Verdict::kError:
      break;
  }
  return Status::kError;
}

// Of what failed as it was known to, nobody is to be told as of a failure.
Status status_of(const CaseRecord& played) {
  if (played.is_known()) return Status::kSkipped;
  return fails_its_run(played) ? Status::kFailed : status_of(played.verdict);
}

// The finding that a case's verdict rests on; null where there is none.
const FindingRecord* main_finding(const CaseRecord& played) {
  if (played.failure) return &*played.failure;
  return played.deviations.empty() ? nullptr : &played.deviations.front();
}

std::string message_of(const CaseRecord& played) {
  if (played.skipped) return played.skipped->sentence;
  if (played.verdict == Verdict::kError) return played.trouble;
  const FindingRecord* finding = main_finding(played);
  if (played.is_known()) {
    return fmt::format("it fails with {}{}, as it is known to: {}", played.known->code,
                       played.known->is_flaky ? " at times" : "", played.known->reason);
  }
  if (fails_its_run(played) && !is_failure(played.verdict)) return explain_wrong_list(played);
  if (!finding || played.verdict == Verdict::kPass) return {};
  return finding->cause ? fmt::format("{}: {}", finding->message, finding->cause->sentence)
                        : finding->message;
}

std::string code_of(const CaseRecord& played) {
  if (played.skipped) return played.skipped->kind;
  if (played.is_known() || (fails_its_run(played) && !is_failure(played.verdict)))
    return std::string(kKnown);
  const Status status = status_of(played.verdict);
  if (status != Status::kFailed && status != Status::kDeviates) return {};
  const FindingRecord* finding = main_finding(played);
  return finding && !finding->code.empty() ? finding->code : "unknown";
}

std::string chapter_of(const std::string& id) {
  const std::size_t slash = id.find('/');
  return slash == id.npos ? "" : id.substr(0, slash);
}

Result make_result(const CaseRecord& played) {
  const DurationRecord& took = played.duration;
  const std::string name = as_plain_name(played.id);
  std::string message = as_plain_name(message_of(played));
  if (const std::string attempts = describe_attempts(played); !message.empty() && !attempts.empty())
    message += " (" + as_plain_name(attempts) + ")";
  if (message.empty() && played.verdict != Verdict::kPass) message = "the log does not say why";
  return {.name = name.empty() ? "unknown" : name,
          .chapter = chapter_of(name),
          .status = status_of(played),
          .verdict = std::string(to_string(played.verdict)),
          .code = as_plain_name(code_of(played)),
          .message = std::move(message),
          .duration_us = took.start_us + took.play_us + took.stop_us,
          .played = &played};
}

Result make_result(const BuildRecord& build) {
  return {.name = "build",
          .status = status_of(build.verdict),
          .verdict = std::string(to_string(build.verdict)),
          .code = build.verdict == Verdict::kPass ? "" : "not-built",
          .message = as_plain_name(build.message),
          .duration_us = build.duration_us,
          .build = &build};
}

// Why what there is of a run is not enough to call it good; "" where it is.
std::string find_gap(const RunOfLog& run) {
  const std::size_t played = run.cases.size();
  if (!run.run) return "the log does not have the beginning of this run";
  const std::string of_all = fmt::format("{} of {} cases ended", played, run.run->cases);
  if (!run.end) return fmt::format("the run did not end: {}", of_all);
  if (run.end->interrupted) return fmt::format("the run was interrupted: {}", of_all);
  if (!run.was_built()) return {};
  if (run.end->is_out_of_time()) {
    const auto left = std::ranges::count_if(run.cases, [&](const CaseRecord* one) {
      return one->skipped && one->skipped->kind == run.end->stopped;
    });
    return fmt::format(
        "the time that --time-limit gives the run was over: {} of {} cases were not played", left,
        run.run->cases);
  }
  if (!run.is_whole()) return fmt::format("the log is not whole: {}", of_all);
  if (!run.end->served_last.empty()) {
    return fmt::format("the server accepted no connection after {}, so not everything was judged",
                       run.end->served_last);
  }
  const bool is_judged = std::ranges::any_of(
      run.cases, [](const CaseRecord* one) { return one->verdict != Verdict::kSkipped; });
  if (played == 0) return "nothing was played";
  return is_judged ? "" : fmt::format("nothing was judged: all {} cases were skipped", played);
}

ResultSuite make_suite(const RunOfLog& run) {
  ResultSuite suite{.run = run.run ? *run.run : RunRecord{}, .cases = run.cases};
  UniqueNames names;
  const auto add = [&](Result result) {
    result.name = names.take(result.name);
    suite.results.push_back(std::move(result));
  };
  for (const BuildRecord* build : run.builds) add(make_result(*build));
  for (const CaseRecord* played : run.cases) add(make_result(*played));
  if (const std::string gap = find_gap(run); !gap.empty()) {
    add({.name = "run",
         .status = Status::kError,
         .verdict = std::string(to_string(Verdict::kError)),
         .code = "not-whole",
         .message = as_plain_name(gap)});
  }
  for (const Result& result : suite.results) suite.duration_us += result.duration_us;
  if (run.end) suite.duration_us = run.end->duration_us;
  return suite;
}

}  // namespace

std::vector<ResultSuite> make_results(std::span<const RunOfLog> runs) {
  std::vector<ResultSuite> suites;
  std::vector<RunRecord> records;
  for (const RunOfLog& run : runs) {
    suites.push_back(make_suite(run));
    records.push_back(suites.back().run);
  }
  const std::vector<std::string> names = name_suites(records);
  for (std::size_t i = 0; i < suites.size(); ++i) suites[i].name = names[i];
  return suites;
}

const std::string& scenario_path_of(const CaseRecord& played) {
  return played.path.empty() ? played.file : played.path;
}

std::size_t count_results(const ResultSuite& suite, Status status) {
  return static_cast<std::size_t>(std::ranges::count(suite.results, status, &Result::status));
}

std::string explain_result(const ResultSuite& suite, const Result& result) {
  if (result.status == Status::kPassed || result.status == Status::kSkipped) return {};
  const Style no_colours(false);
  std::string text;
  if (result.build) text = render_build(*result.build, no_colours, true);
  if (result.played)
    text = render_finding(suite.run, *result.played, main_finding(*result.played), no_colours);
  text.erase(text.find_last_not_of('\n') + 1);
  return as_plain_text(text);
}

}  // namespace chatspec
