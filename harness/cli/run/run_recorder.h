// Where the records of a run go.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/cli/console/console.h"
#include "harness/cli/console/exit_status.h"
#include "harness/cli/console/progress.h"
#include "harness/report/log/event_log.h"
#include "harness/report/log/record.h"
#include "harness/report/terminal_report.h"
#include "harness/report/text/style.h"

namespace chatspec {

// What is written of a run, and where.
struct RecorderOptions {
  std::string log{};             // its path; "-" where it goes to the output in place of the report
  bool output_is_taken = false;  // by another report, which is written at the end
  bool keeps_records = false;    // for reports that are made of them at the end
  bool verbose = false;
  bool quiet = false;
};

// Takes the records of one run as they come: into the log, the report and the tally. What is wrong
// is told at the end, once each, when all that belongs together is known; with `verbose` each case
// at once. It borrows the output and the interrupt.
class RunRecorder {
 public:
  // Where the log is a file, `log` is that. What cannot be written to the output any more ends the
  // run by the interrupt.
  RunRecorder(RecorderOptions options, std::optional<EventLog> log, Console& console,
              Interrupt& interrupt);

  // False where the log cannot be written, which is told.
  bool begin(RunRecord run);
  void add(const BuildRecord& build);
  void add(const OpeningRecord& opening);
  void add(const CaseRecord& played);
  // Whether it was interrupted and how long it took; the rest is known here.
  void end(EndRecord end);

  // All that the log holds, where they are kept.
  const std::vector<Record>& records() const { return records_; }

  // What the run comes to, once it has ended.
  ExitCode exit_code() const;

 private:
  void note_run_over(const SkipRecord& skip);
  std::string render_what_is_wrong() const;
  bool logs_to_output() const { return options_.log == "-"; }
  bool has_output() const { return !logs_to_output() && !options_.output_is_taken; }
  bool shows_cases() const { return !options_.quiet && has_output(); }
  bool write(const Record& record);

  RecorderOptions options_;
  std::optional<EventLog> log_;
  Console& console_;
  Interrupt& interrupt_;
  Style style_;
  Progress progress_;
  RunRecord run_{};
  Tally tally_{};
  std::vector<CaseRecord> noteworthy_{};  // those that did not pass, or were known to fail
  std::vector<Record> records_{};
  std::string served_last_{};  // where a remote server has gone
  std::string given_up_{};     // as in EndRecord
  std::string stopped_{};      // as in EndRecord
  bool cut_short_ = false;     // by the user or the time
  bool log_failed_ = false;
  bool reader_left_ = false;
};

}  // namespace chatspec
