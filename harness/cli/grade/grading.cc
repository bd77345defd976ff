#include "harness/cli/grade/grading.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/console/exit_status.h"
#include "harness/cli/console/source_commit.h"
#include "harness/cli/grade/submission_traces.h"
#include "harness/grade/class_page.h"
#include "harness/grade/recipe_of_submission.h"
#include "harness/grade/student_report.h"
#include "harness/report/text/clean_text.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

// This program, whatever has become of its file.
constexpr const char* kThisProgram = "/proc/self/exe";

// What a run that was refused said of it: without our name before each line.
std::string first_complaint(std::string_view errors) {
  constexpr std::string_view kName = "chatspec: ";
  std::string_view line = errors.substr(0, errors.find('\n'));
  if (line.starts_with(kName)) line.remove_prefix(kName.size());
  return line.empty() ? "it did not say why" : one_line(line);
}

// Students read it, too.
std::string without_path(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != text.npos; at = text.find(folder, at))
    text.replace(at, folder.size(), "its folder");
  return text;
}

bool has_left_log(int status) {
  constexpr std::array kEnds{ExitCode::kGood, ExitCode::kFailed, ExitCode::kInterrupted,
                             ExitCode::kNothing, ExitCode::kNotBuilt};
  return std::ranges::count(kEnds, static_cast<ExitCode>(status)) > 0;
}

std::vector<RunOfLog> runs_of(const std::vector<LogFile>& logs) {
  std::vector<RunOfLog> runs;
  for (const LogFile& log : logs) runs.insert(runs.end(), log.runs.begin(), log.runs.end());
  return runs;
}

}  // namespace

Grading::Grading(const Means& means, std::size_t jobs, std::optional<TimePoint> last_start)
    : means_(means),
      jobs_(jobs),
      last_start_(last_start),
      progress_({means.intake.submissions.size(), means.intake.refused.size()},
                means.folder.status(), means.clock, means.console),
      taken_over_(means.earlier.size()) {
  plan();
}

void Grading::plan() {
  for (const Submission& submission : means_.intake.submissions) {
    const auto recipe = choose_recipe(means_.assignment, submission.names);
    if (!recipe) {
      troubles_.emplace(submission.id, recipe.error());
      continue;
    }
    for (const Role role : means_.assignment.roles)
      plays_.push_back(make_play(submission, **recipe, role));
  }
}

Grading::Play Grading::make_play(const Submission& submission, const Recipe& recipe,
                                 Role role) const {
  Play play{.submission = &submission,
            .name = fmt::format("{}.{}", submission.id, chat::to_string(role))};
  play.order = {.id = submission.id,
                .role = role,
                .recipe = &recipe,
                .folder = submission.folder,
                .log = means_.folder.log(play.name),
                .seed = seed_of(means_.journal.content().seed, submission.id, role)};
  set_key(play);
  return play;
}

// Where the files lie does not change what comes out.
void Grading::set_key(Play& play) const {
  PlayOrder anywhere = play.order;
  anywhere.folder.clear();
  anywhere.log.clear();
  std::string text = fmt::format("{} {} {} {}", CHATSPEC_VERSION, kSourceCommit, means_.suite.hash,
                                 play.submission->hash);
  for (const std::string& word : make_run_words(means_.assignment, means_.suite.paths, anywhere))
    text += fmt::format(" {}:{}", word.size(), word);
  play.key = chat::sha256_hex(text);
}

bool Grading::is_done(const Play& play) const {
  const JournalEntry* entry = means_.journal.content().find(play.name);
  if (!entry || entry->key != play.key) return false;
  std::error_code failure;
  return !entry->trouble.empty() || std::filesystem::exists(play.order.log, failure);
}

bool Grading::take_over(const Play& play) {
  for (std::size_t i = 0; i < means_.earlier.size(); ++i) {
    const auto taken =
        means_.earlier[i].hand_over(play.name, play.key, means_.folder, means_.journal);
    if (!taken) keep(std::unexpected(taken.error()));
    if (!taken.value_or(false)) continue;
    ++taken_over_[i];
    return true;
  }
  return false;
}

std::optional<Grading::Play> Grading::make_replay(const Play& play, const LogFile& log) const {
  if (log.runs.size() != 1) return std::nullopt;
  auto replay = find_replay(log.runs.front());
  if (!replay) return std::nullopt;
  Play again = play;
  again.name += kAgain;
  again.order.log = means_.folder.log(again.name);
  again.order.only = std::move(replay->ids);
  set_key(again);
  return again;
}

void Grading::play() {
  std::vector<Play> missing;
  std::ranges::copy_if(plays_, std::back_inserter(missing),
                       [&](const Play& play) { return !is_done(play) && !take_over(play); });
  run(missing, jobs_);
  std::vector<Play> replays;
  for (const Play& play : plays_) {
    if (means_.interrupt.requested()) break;
    const JournalEntry* entry = means_.journal.content().find(play.name);
    if (!is_done(play) || !entry->trouble.empty()) continue;
    const auto log = read_log_file(play.order.log.string());
    auto again = log ? make_replay(play, *log) : std::nullopt;
    if (again && !is_done(*again) && !take_over(*again)) replays.push_back(*std::move(again));
  }
  run(replays, 1);
}

void Grading::run(const std::vector<Play>& plays, std::size_t jobs) {
  std::vector<std::vector<std::string>> words;
  for (const Play& play : plays) {
    words.push_back({"chatspec"});
    std::ranges::copy(make_run_words(means_.assignment, means_.suite.paths, play.order),
                      std::back_inserter(words.back()));
  }
  keep(progress_.begin(plays.size()));
  std::size_t ended = 0;
  run_workers(words, {.program = kThisProgram, .jobs = jobs, .last_start = last_start_},
              static_cast<int>(ExitCode::kInternal), means_.interrupt, means_.clock,
              [&](std::size_t index, const WorkerEnd& end) {
                // What was asked to end is to be played again.
                if (means_.interrupt.requested()) return;
                ++ended;
                note_end(plays[index], end);
                keep(progress_.note_end(plays[index].name, plays[index].order.log));
              });
  progress_.clear_line();
  is_cut_short_ = is_cut_short_ || means_.interrupt.requested() || ended < plays.size();
}

// What ended well, or was refused, is not played again; trouble of our own is, the next time.
void Grading::note_end(const Play& play, const WorkerEnd& end) {
  JournalEntry entry{.log = play.name, .key = play.key};
  if (end.signal) {
    troubles_[play.submission->id] =
        fmt::format("the process that played it was killed by signal {}, twice", *end.signal);
  } else if (end.status == static_cast<int>(ExitCode::kUsage)) {
    entry.trouble = without_path(first_complaint(end.errors), play.order.folder.string());
    keep(means_.journal.add(std::move(entry)));
  } else if (!has_left_log(end.status)) {
    troubles_[play.submission->id] =
        fmt::format("chatspec itself had trouble with the {}: {}", chat::to_string(play.order.role),
                    first_complaint(end.errors));
  } else {
    // On the disk before the journal says so.
    const auto synced = sync_file(play.order.log);
    keep(synced ? means_.journal.add(std::move(entry)) : synced);
  }
}

// What students may read of why it cannot be read has no path.
std::expected<LogFile, std::string> Grading::read_own_log(const Play& play) const {
  auto log = read_log_file(play.order.log.string());
  if (log) return log;
  means_.console.complain(log.error());
  return std::unexpected(fmt::format("the log of what was played of the {} cannot be read",
                                     chat::to_string(play.order.role)));
}

// The logs of a submission in all roles, or why it cannot be marked by them.
std::expected<std::vector<LogFile>, std::string> Grading::read_logs(
    const Submission& submission) const {
  if (const auto trouble = troubles_.find(submission.id); trouble != troubles_.end())
    return std::unexpected(trouble->second);
  std::vector<LogFile> logs;
  for (const Play& play : plays_) {
    if (play.submission != &submission) continue;
    const std::string_view role = chat::to_string(play.order.role);
    if (!is_done(play)) return std::unexpected(fmt::format("the {} was not played", role));
    if (const JournalEntry* entry = means_.journal.content().find(play.name);
        !entry->trouble.empty())
      return std::unexpected(fmt::format("the {} cannot be played: {}", role, entry->trouble));
    auto log = read_own_log(play);
    if (!log) return std::unexpected(log.error());
    const auto again = make_replay(play, *log);
    logs.push_back(*std::move(log));
    if (!again) continue;
    if (!is_done(*again))
      return std::unexpected(
          fmt::format("of the {}, what failed by a deadline was not played again", role));
    if (const JournalEntry* entry = means_.journal.content().find(again->name);
        !entry->trouble.empty())
      return std::unexpected(
          fmt::format("the {} cannot be played again: {}", role, entry->trouble));
    auto second = read_own_log(*again);
    if (!second) return std::unexpected(second.error());
    logs.push_back(*std::move(second));
  }
  return logs;
}

Score Grading::score(const Submission& submission) {
  Score score{.id = submission.id,
              .student = submission.student,
              .platform = submission.platform,
              .key = submission.key};
  if (const Recipe* recipe = find_recipe(means_.assignment, submission.names))
    score.language = recipe->name;
  score.files = submission.hash;
  score.traces = find_source_traces(submission.folder, means_.suite.constants);
  const auto logs = read_logs(submission);
  const std::vector<RunOfLog> runs = logs ? runs_of(*logs) : std::vector<RunOfLog>();
  const auto settled = settle_runs(runs);
  Mark result{.why_not = logs ? "" : logs.error()};
  if (logs) result = settled ? mark(means_.assignment, *settled) : Mark{.why_not = settled.error()};
  const std::span<const SettledRun> played =
      settled ? std::span<const SettledRun>(*settled) : std::span<const SettledRun>();
  add_mark(result, played, score);
  for (const SettledRun& run : played) {
    for (const CaseRecord* one : run.cases) played_.insert({run.role, one->id});
  }
  write_student(submission, result, played);
  return score;
}

void Grading::write_student(const Submission& submission, const Mark& mark,
                            std::span<const SettledRun> runs) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const StudentReport report{
      .assignment = means_.assignment,
      .student = submission.student,
      .mark = mark,
      .runs = runs,
      .hides = [&](const CaseRecord& played) { return means_.assignment.hides(played, now); }};
  keep(replace_file(means_.folder.student_page(submission.id), render_student_page(report),
                    Durability::kMadeAgain));
  keep(replace_file(means_.folder.student_text(submission.id), render_student_text(report),
                    Durability::kMadeAgain));
  if (means_.platforms.write(means_.assignment, mark, means_.console) != ExitCode::kGood)
    is_kept_ = false;
}

void Grading::write_results() {
  scores_.clear();
  played_.clear();
  for (const Submission& submission : means_.intake.submissions)
    scores_.push_back(score(submission));
  for (const RefusedSubmission& refused : means_.intake.refused) {
    const Submission nothing{.id = refused.id, .student = refused.student, .key = refused.key};
    const Mark none{.why_not = refused.why};
    write_student(nothing, none, {});
    scores_.push_back({.id = refused.id,
                       .student = refused.student,
                       .platform = refused.platform,
                       .key = refused.key,
                       .why_not = refused.why});
  }
  for (const std::string& id : find_vanished())
    scores_.push_back({.id = id,
                       .student = id,
                       .why_not = "it was graded before, and is not among the submissions now"});
  std::ranges::sort(scores_, {}, &Score::id);
  keep(replace_file(means_.folder.scores(), render_scores(means_.assignment, scores_),
                    Durability::kToBeKept));
  keep(replace_file(means_.folder.marks(), write_class_marks(marks()), Durability::kToBeKept));
  keep(replace_file(means_.folder.class_page(), render_class_page(means_.assignment, scores_),
                    Durability::kMadeAgain));
  keep(progress_.finish(!is_cut_short_));
}

ClassMarks Grading::marks() const {
  return {.chatspec = fmt::format("{} {}", CHATSPEC_VERSION, kSourceCommit),
          .suite = means_.suite.hash,
          .seed = means_.journal.content().seed,
          .settings = means_.assignment.settings,
          .parts = list_parts(means_.assignment),
          .played = played_,
          .scores = scores_};
}

std::set<std::string> Grading::find_vanished() const {
  std::set<std::string> there;
  for (const Submission& submission : means_.intake.submissions) there.insert(submission.id);
  for (const RefusedSubmission& refused : means_.intake.refused) there.insert(refused.id);
  std::set<std::string> vanished;
  for (const auto& [log, entry] : means_.journal.content().entries) {
    const std::string id(submission_of_log(log));
    if (!there.contains(id)) vanished.insert(id);
  }
  return vanished;
}

void Grading::keep(const std::expected<void, std::string>& outcome) {
  if (outcome) return;
  is_kept_ = false;
  means_.console.complain(outcome.error());
}

}  // namespace chatspec
