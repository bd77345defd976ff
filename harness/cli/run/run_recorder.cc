#include "harness/cli/run/run_recorder.h"

#include <utility>

#include <fmt/format.h>

#include "harness/cli/options/report_style.h"
#include "harness/judge/judgement.h"
#include "harness/report/known_report.h"
#include "harness/report/opening_report.h"
#include "harness/report/root_report.h"
#include "harness/report/skipped_report.h"

namespace chatspec {

RunRecorder::RunRecorder(RecorderOptions options, std::optional<EventLog> log, Console& console,
                         Interrupt& interrupt)
    : options_(std::move(options)),
      log_(std::move(log)),
      console_(console),
      interrupt_(interrupt),
      style_(make_report_style(console)),
      progress_(console) {}

bool RunRecorder::begin(RunRecord run) {
  run_ = std::move(run);
  progress_.begin();
  if (shows_cases()) console_.say(render_run(run_, style_));
  return write(run_);
}

void RunRecorder::add(const BuildRecord& build) {
  write(build);
  tally_.add(build);
  if (shows_cases()) console_.say(render_build(build, style_, options_.verbose));
}

void RunRecorder::add(const OpeningRecord& opening) {
  write(opening);
  progress_.clear();
  if (shows_cases()) console_.say(render_opening(opening, style_));
}

void RunRecorder::add(const CaseRecord& played) {
  write(played);
  tally_.add(played);
  if (played.skipped) note_run_over(*played.skipped);
  progress_.clear();
  if (shows_cases() && options_.verbose)
    console_.say(render_played(run_, played, style_, options_.log));
  if (shows_cases() && (played.verdict != Verdict::kPass || played.known))
    noteworthy_.push_back(played);
  if (!console_.flush() && !interrupt_.requested()) {
    reader_left_ = console_.has_reader_left();
    interrupt_.request();  // nobody reads on
  }
  progress_.show({.tally = tally_, .cases = run_.cases, .last = played.id});
}

void RunRecorder::end(EndRecord end) {
  cut_short_ = end.interrupted || stopped_ == to_string(SkipKind::kTimeLimit);
  end.served_last = served_last_;
  end.given_up = given_up_;
  end.stopped = stopped_;
  write(end);
  progress_.clear();
  if (shows_cases()) console_.say(render_what_is_wrong());
  const std::string last = render_end(tally_, end, style_);
  has_output() ? console_.say(last) : console_.warn(last);
}

std::string RunRecorder::render_what_is_wrong() const {
  std::vector<const CaseRecord*> cases;
  for (const CaseRecord& record : noteworthy_) cases.push_back(&record);
  const std::string behind = render_known(cases, style_) + render_skipped(cases, style_);
  if (options_.verbose) return render_list_of_roots(cases, style_) + behind;
  return render_roots(run_, cases, style_, options_.log) + behind +
         render_advice(cases, style_, options_.log);
}

ExitCode RunRecorder::exit_code() const {
  // Whoever reads no further (`| head`) has seen enough: what was played until then counts.
  const bool cut_short = cut_short_ && !reader_left_;
  if (log_failed_ && !cut_short) return ExitCode::kInternal;
  const bool has_gone = !served_last_.empty();
  const ExitCode code = exit_code_of(tally_, cut_short, has_gone);
  return reader_left_ && code == ExitCode::kNothing && !has_gone ? ExitCode::kGood : code;
}

// What ends a run before its time, which is said once, at its end.
void RunRecorder::note_run_over(const SkipRecord& skip) {
  if (skip.kind == to_string(SkipKind::kServerGone) && served_last_.empty())
    served_last_ = skip.case_id;
  const bool is_stop =
      skip.kind == to_string(SkipKind::kFailFast) || skip.kind == to_string(SkipKind::kTimeLimit);
  if (is_stop) stopped_ = skip.kind;
  if (skip.kind == to_string(SkipKind::kGivenUp))
    given_up_ = run_.role == Role::kServer ? "listened" : "connected";
}

// Where the log is what the output is for, the report does not stand in its way.
bool RunRecorder::write(const Record& record) {
  if (options_.keeps_records) records_.push_back(record);
  if (logs_to_output()) console_.say(to_json_line(record) + "\n");
  if (!log_ || log_failed_) return !log_failed_;
  const auto written = log_->append(record);
  if (!written) console_.complain(fmt::format("{}: {}", options_.log, written.error()));
  log_failed_ = !written;
  return written.has_value();
}

}  // namespace chatspec
