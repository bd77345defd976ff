// grade: many submissions, by an assignment, into a folder of results.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/grade/grade_commands.h"
#include "harness/cli/grade/grading.h"
#include "harness/cli/options/assignment_file.h"
#include "harness/cli/options/marks_file.h"
#include "harness/cli/options/platform_files.h"
#include "harness/cli/options/shard_choice.h"
#include "harness/cli/options/validators.h"
#include "harness/grade/mark_changes_report.h"
#include "harness/grade/recipe_of_submission.h"
#include "harness/report/text/clean_text.h"
#include "reference/text/counted_things.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostTold = 20;

struct GradeCommand {
  std::string assignment;
  std::vector<std::string> submissions;
  std::string out;
  bool resume = false;
  std::size_t jobs = 0;  // as many as there are processors
  std::optional<double> time_limit_s;
  std::optional<std::uint64_t> seed;
  std::string shard;  // as for choose_shard(); "" where everything is graded
  std::vector<std::string> take;
  PlatformFiles platforms;
};

// Which part of the submissions is graded; all, if no other is asked for. The error is a sentence.
std::expected<Shard, std::string> choose_part(const GradeCommand& command) {
  if (command.shard.empty()) return Shard{};
  const auto choice = choose_shard(command.shard, own_environment());
  if (!choice) return std::unexpected(fmt::format("--shard: {}", choice.error()));
  if (!command.seed)
    return std::unexpected("--shard: all parts of a grading need the same --seed; none is given");
  return choice->shard;
}

Intake take_in_given(const GradeCommand& command, const Assignment& assignment,
                     const std::filesystem::path& unpacked) {
  const std::vector<std::filesystem::path> sources(command.submissions.begin(),
                                                   command.submissions.end());
  const Intake intake = take_in(sources, unpacked, [&](const std::vector<std::string>& names) {
    return find_recipe(assignment, names) != nullptr;
  });
  // A platform that wants a result has given us one submission, whatever lies in it.
  const bool is_one = !command.platforms.find_asked().empty();
  if (!is_one || !intake.submissions.empty() || !intake.refused.empty()) return intake;
  return take_in(sources, unpacked, [](const std::vector<std::string>&) { return true; });
}

// A platform's result is of one submission.
std::expected<void, std::string> check_platform(const GradeCommand& command, const Intake& intake) {
  const std::string_view option = command.platforms.find_asked();
  const std::size_t count = intake.submissions.size() + intake.refused.size();
  if (option.empty() || count == 1) return {};
  return std::unexpected(
      fmt::format("{}: expected one submission, found {}; `chatspec mark` "
                  "writes it of the logs of one",
                  option, count));
}

// Each N-th, so that those who handed in the same way are dealt out evenly.
template <typename Things>
void keep_part(Things& things, Shard part) {
  std::size_t place = 0;
  std::erase_if(things, [&](const auto&) { return place++ % part.count != part.number - 1; });
}

std::expected<std::vector<EarlierGrading>, std::string> read_earlier(const GradeCommand& command) {
  std::vector<EarlierGrading> gradings;
  for (const std::string& path : command.take) {
    auto grading = EarlierGrading::read(path);
    if (!grading) return std::unexpected(fmt::format("--take: {}", grading.error()));
    gradings.push_back(*std::move(grading));
  }
  return gradings;
}

// With another seed, keys and messages are others.
std::expected<void, std::string> check_seeds(const GradeCommand& command,
                                             const std::vector<EarlierGrading>& earlier,
                                             std::uint64_t seed) {
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    if (earlier[i].journal().seed != seed)
      return std::unexpected(
          fmt::format("--take: {} was graded with --seed {}, and this with {}; a new grading takes "
                      "its seed from there if none is given",
                      command.take[i], earlier[i].journal().seed, seed));
  }
  return {};
}

std::string list_taken_over(const GradeCommand& command, const std::vector<EarlierGrading>& earlier,
                            const std::vector<std::size_t>& taken_over) {
  std::string text;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    const std::size_t there = earlier[i].journal().entries.size();
    text += fmt::format("{}: took over {} of {}{}\n", chat::escape_bytes(command.take[i]),
                        taken_over[i], chat::count_things(there, "run"),
                        taken_over[i] == there ? ""
                                               : "; the others were there already, or are of other "
                                                 "files, another assignment, suite or chatspec");
  }
  return text;
}

std::string list_passed_over(const Intake& intake) {
  std::string text;
  for (const std::string& path : intake.passed_over) {
    if (text.empty()) text = "passed over, since they are no folders, archives, or a student's:\n";
    text += fmt::format("  {}\n", chat::escape_bytes(path));
  }
  return text;
}

std::string describe_points(std::vector<Points> points) {
  if (points.empty()) return {};
  std::ranges::sort(points);
  return fmt::format("; {} to {} points, the median {}", points.front().to_string(),
                     points.back().to_string(), points[points.size() / 2].to_string());
}

std::string summarise(const std::vector<Score>& scores, const GradeCommand& command) {
  std::vector<Points> points;
  std::string not_graded;
  std::size_t told = 0;
  for (const Score& score : scores) {
    if (score.total) {
      points.push_back(*score.total);
    } else if (++told <= kMostTold) {
      not_graded += fmt::format("  {}: {}\n", score.id, one_line(score.why_not));
    }
  }
  if (told > kMostTold) not_graded += fmt::format("  and {} more\n", told - kMostTold);
  std::string text =
      fmt::format("{} of {} graded{}\n", points.size(),
                  chat::count_things(scores.size(), "submission"), describe_points(points));
  if (!not_graded.empty()) text += "not graded:\n" + not_graded;
  return text + fmt::format(
                    "{0}/scores.csv has the marks, {0}/class.html what they have in common, "
                    "{0}/students what each is told\n",
                    chat::escape_bytes(command.out));
}

// Nobody's mark changes silently when a grading is gone on with. What it was before is kept.
std::expected<void, std::string> tell_changes(const std::optional<ClassMarks>& before,
                                              const Grading& grading, const GradingFolder& folder,
                                              const GradeCommand& command, Console& console) {
  if (!before) return {};
  const MarkChanges changes = compare_marks(*before, grading.marks());
  if (changes.changes.empty()) return {};
  console.warn(fmt::format("since the last time: {}; chatspec regrade --diff {} {} tells why\n",
                           count_mark_changes(changes),
                           chat::escape_bytes(folder.marks_before().string()),
                           chat::escape_bytes(command.out)));
  return replace_file(folder.marks_before(), write_class_marks(*before), Durability::kToBeKept);
}

ExitCode finish(const Grading& grading, const GradeCommand& command, const Interrupt& interrupt,
                Console& console) {
  const std::string summary = summarise(grading.scores(), command);
  command.platforms.takes_output() ? console.warn(summary) : console.say(summary);
  if (interrupt.requested()) {
    console.warn("interrupted; the same command with --resume goes on with it\n");
    return ExitCode::kInterrupted;
  }
  const bool all_graded = std::ranges::all_of(
      grading.scores(), [](const Score& score) { return score.total.has_value(); });
  return all_graded ? ExitCode::kGood : ExitCode::kNothing;
}

// Whether a path leads into a folder, and not to the folder itself.
bool lies_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  std::error_code failure;
  const auto whole_path = std::filesystem::weakly_canonical(path, failure);
  const auto whole_folder = std::filesystem::weakly_canonical(folder, failure);
  const auto between = whole_path.lexically_relative(whole_folder);
  return !failure && !between.empty() && between != "." && *between.begin() != "..";
}

// One that goes while we grade is told with its name; here a word is found that was mistyped.
std::expected<void, std::string> check_submissions(const GradeCommand& command) {
  for (const std::string& source : command.submissions) {
    std::error_code failure;
    if (!std::filesystem::exists(source, failure))
      return std::unexpected(fmt::format("{}: there is no such folder or archive", source));
    if (lies_below(command.out, source)) {
      return std::unexpected(fmt::format(
          "--out: {} lies in {}, and would be taken for a submission", command.out, source));
    }
  }
  return {};
}

// When the last submission may begin; nothing where that is never too late.
std::optional<TimePoint> find_last_start(const GradeCommand& command, const SteadyClock& clock) {
  if (!command.time_limit_s) return std::nullopt;
  return clock.now() + std::chrono::duration_cast<TimePoint::duration>(
                           std::chrono::duration<double>(*command.time_limit_s));
}

ExitCode grade(const GradeCommand& command, Console& console) {
  const auto fail = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  auto assignment = read_assignment(command.assignment);
  if (!assignment) return fail(assignment.error());
  if (const auto fit = check_submissions(command); !fit) return fail(fit.error());
  const auto part = choose_part(command);
  if (!part) return fail(part.error());
  const auto earlier = read_earlier(command);
  if (!earlier) return fail(earlier.error());
  const std::uint64_t fresh_seed = command.seed.value_or(
      earlier->empty() ? std::random_device()() : earlier->front().journal().seed);
  if (auto fits = check_seeds(command, *earlier, fresh_seed); !fits) return fail(fits.error());
  const auto suite = prepare_assignment(command.assignment, *assignment, console);
  if (!suite) return ExitCode::kUsage;
  const auto folder = GradingFolder::take(command.out, command.resume);
  if (!folder) return fail(folder.error());
  auto journal = Journal::open(folder->journal().string(), fresh_seed);
  if (!journal) return fail(journal.error());
  if (auto fits = check_seeds(command, *earlier, journal->content().seed); !fits)
    return fail(fits.error());
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  const SteadyClock clock;
  Intake intake = take_in_given(command, *assignment, folder->unpacked());
  console.warn(list_passed_over(intake));
  if (intake.submissions.empty() && intake.refused.empty())
    return fail("there is no submission in what was given");
  keep_part(intake.submissions, *part);
  keep_part(intake.refused, *part);
  if (auto fits = check_platform(command, intake); !fits) return fail(fits.error());
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  Grading grading({.assignment = *assignment,
                   .suite = *suite,
                   .intake = intake,
                   .folder = *folder,
                   .journal = *journal,
                   .earlier = *earlier,
                   .platforms = command.platforms,
                   .interrupt = interrupt,
                   .clock = clock,
                   .console = console},
                  command.jobs > 0 ? command.jobs : processors, find_last_start(command, clock));
  const auto before = read_marks_left_in(*folder);
  if (!before) console.complain(before.error() + "; so nobody is told whose mark changes by this");
  grading.play();
  console.warn(list_taken_over(command, *earlier, grading.taken_over()));
  grading.write_results();
  const auto told = tell_changes(before.value_or(std::nullopt), grading, *folder, command, console);
  if (!told) console.complain(told.error());
  const ExitCode code = finish(grading, command, interrupt, console);
  return grading.is_kept() && told ? code : ExitCode::kInternal;
}

}  // namespace

void add_grade_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("grade", "Play many submissions, and mark them by an assignment");
  auto options = std::make_shared<GradeCommand>();
  command
      ->add_option("ASSIGNMENT", options->assignment,
                   "A file that says how submissions are built and started, and what is earned by "
                   "what; docs/reference/assignment.md has one")
      ->required();
  command
      ->add_option("SUBMISSIONS", options->submissions,
                   "Folders and archives: of a submission each, or of many, as Canvas, Moodle, "
                   "Brightspace, Gradescope and the like give them")
      ->required();
  command->add_option("--out", options->out, "The folder for results: empty, or not there yet")
      ->type_name("DIR")
      ->required();
  command->add_flag("--resume", options->resume,
                    "Go on with what is in that folder: play what is missing, or has changed");
  command
      ->add_option("-j,--jobs", options->jobs,
                   "How many submissions to play at a time; as many as there are processors if not "
                   "given")
      ->type_name("NUMBER")
      ->check(whole_number(1, 512));
  command
      ->add_option(
          "--time-limit", options->time_limit_s,
          "Begin with no submission later than SECONDS after the first; those that are left "
          "are not graded, and --resume goes on with them")
      ->type_name("SECONDS")
      ->check(seconds(0.01, 604'800));
  command->add_option("--seed", options->seed, "For everything random; a fresh one if not given")
      ->type_name("NUMBER")
      ->check(whole_number());
  command
      ->add_option(
          "--shard", options->shard,
          "Grade one part of the submissions: 2/4 is the second of four; auto and auto/N as "
          "for chatspec run. Every part wants the same --seed")
      ->type_name("NUMBER/COUNT");
  command
      ->add_option("--take", options->take,
                   "Take over what another grading has played, of a part of the submissions for "
                   "instance, from the folder of its results; may be repeated")
      ->type_name("DIR");
  options->platforms.add_options(*command);
  command->footer(
      "Examples:\n"
      "  chatspec grade exercise-3.txt submissions.zip --out results\n"
      "  chatspec grade exercise-3.txt submissions.zip --out results --resume\n"
      "\n"
      "Exit status: 0 all are graded, whatever their marks, 2 interrupted, 3 internal error,\n"
      "or not all could be written, 4 wrong command line, assignment or submissions,\n"
      "5 some are not graded.");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return grade(*options, console); };
  });
}

}  // namespace chatspec
