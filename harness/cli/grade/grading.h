// A grading: submissions that were taken in -> played, a process each -> marks -> what is left in
// the folder. Everything but the playing is made of what lies there, so that a grading which was
// killed, interrupted or found other submissions goes on where it was.

#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/cli/console/console.h"
#include "harness/cli/grade/grading_progress.h"
#include "harness/cli/options/assignment_file.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/platform_files.h"
#include "harness/grade/class_marks.h"
#include "harness/grade/intake/take_in.h"
#include "harness/grade/run_words.h"
#include "harness/grade/score.h"
#include "harness/grade/settled_run.h"
#include "harness/grade/workers/earlier_grading.h"
#include "harness/grade/workers/grading_folder.h"
#include "harness/grade/workers/journal.h"
#include "harness/grade/workers/worker_pool.h"

namespace chatspec {

class Grading {
 public:
  // All of them outlive it.
  struct Means {
    const Assignment& assignment;
    const AssignedSuite& suite;
    const Intake& intake;
    const GradingFolder& folder;
    Journal& journal;
    std::span<const EarlierGrading> earlier;  // of which what is missing here may be taken
    const PlatformFiles& platforms;           // of the only submission
    const Interrupt& interrupt;
    const Clock& clock;
    Console& console;
  };
  Grading(const Means& means, std::size_t jobs, std::optional<TimePoint> last_start);

  // Takes over or plays what has not been played yet, and again alone what must not depend on how
  // busy the machine was.
  void play();
  // Marks everything, and writes what is told of it.
  void write_results();

  const std::vector<Score>& scores() const { return scores_; }
  // How many runs each of the earlier gradings had for this one.
  const std::vector<std::size_t>& taken_over() const { return taken_over_; }
  // The same with all that tells why, for a comparison; once results were written.
  ClassMarks marks() const;
  // Whether all that was to be written could be; what could not is told.
  bool is_kept() const { return is_kept_; }

 private:
  // A submission in a role, or again what of it is to be played alone.
  struct Play {
    const Submission* submission = nullptr;
    PlayOrder order{};
    std::string name{};  // of its log
    std::string key{};   // see JournalEntry
  };

  void plan();
  Play make_play(const Submission& submission, const Recipe& recipe, Role role) const;
  void set_key(Play& play) const;
  bool is_done(const Play& play) const;
  // From the first of the earlier gradings that has it.
  bool take_over(const Play& play);
  // Of one that is done; nothing where nothing of it is to be played again.
  std::optional<Play> make_replay(const Play& play, const LogFile& log) const;

  void run(const std::vector<Play>& plays, std::size_t jobs);
  void note_end(const Play& play, const WorkerEnd& end);

  Score score(const Submission& submission);
  std::expected<LogFile, std::string> read_own_log(const Play& play) const;
  std::expected<std::vector<LogFile>, std::string> read_logs(const Submission& submission) const;
  void write_student(const Submission& submission, const Mark& mark,
                     std::span<const SettledRun> runs);
  // Those that were played before and are not there any more.
  std::set<std::string> find_vanished() const;
  void keep(const std::expected<void, std::string>& outcome);

  Means means_;
  std::size_t jobs_;
  std::optional<TimePoint> last_start_;
  GradingProgress progress_;
  std::vector<Play> plays_{};
  std::map<std::string, std::string> troubles_{};  // by ids, why nothing of a submission is played
  bool is_kept_ = true;
  bool is_cut_short_ = false;  // interrupted, or out of time: something was not played
  std::vector<std::size_t> taken_over_{};
  std::vector<Score> scores_{};
  std::set<PlayedCase> played_{};
};

}  // namespace chatspec
