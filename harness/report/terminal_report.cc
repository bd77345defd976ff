#include "harness/report/terminal_report.h"

#include <iterator>

#include <fmt/format.h>

#include "harness/report/case_report.h"
#include "harness/report/known_report.h"
#include "harness/report/log/run_of_log.h"
#include "harness/report/opening_report.h"
#include "harness/report/root_report.h"
#include "harness/report/skipped_report.h"
#include "harness/report/text/paragraph.h"
#include "harness/report/text/shell_words.h"
#include "reference/text/counted_things.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t kShownOutput = 1500;  // of what a build wrote: of the beginning, and the end

// In one line of printable characters, whatever its words hold.
std::string show_command(std::span<const LoggedBytes> argv) {
  std::vector<std::string> words;
  for (const LoggedBytes& word : argv) {
    words.push_back(word.begin);
    if (!word.is_whole()) words.back() += "…" + word.omitted->end;
  }
  return show_words(words);
}

// " of 512 (shard 2 of 4)"
std::string describe_shard(const RunRecord& run) {
  if (!run.shard) return {};
  return fmt::format(" of {} (shard {} of {})", run.shard->cases, run.shard->number,
                     run.shard->count);
}

std::string seconds(std::uint64_t microseconds) {
  return fmt::format("{:.2f} s", static_cast<double>(microseconds) / 1e6);
}

}  // namespace

std::string render_run(const RunRecord& run, const Style& style) {
  std::string notes;
  if (!run.folder.empty()) notes += fmt::format("in a copy of {}\n", run.folder);
  if (!run.left_out.empty()) notes += fmt::format("left out of the copy: {}\n", run.left_out);
  if (run.profile_choice) notes += describe_choice(run) + "\n";
  if (!run.isolation_note.empty()) notes += run.isolation_note + "\n";
  std::string facts;
  for (const std::string& line :
       wrap(fmt::format("{}{}, profile {}, delivery {}, isolation {}, seed {}",
                        chat::count_things(run.cases, "case"), describe_shard(run),
                        run.profile.name, run.delivery, run.isolation, run.seed),
            style.columns()))
    facts += style.paint(Emphasis::kFaint, line) + "\n";
  const std::string implementation = run.address.empty() ? show_command(run.argv) : run.address;
  return fmt::format("{} {}: {}\n{}{}\n", style.paint(Emphasis::kStrong, "chatspec"),
                     to_string(run.role), implementation, facts, notes);
}

std::string render_build(const BuildRecord& build, const Style& style, bool verbose) {
  if (build.verdict == Verdict::kPass) {
    return verbose ? fmt::format("built in {}: {}\n\n", seconds(build.duration_us), build.command)
                   : "";
  }
  std::string text;
  Out out = std::back_inserter(text);
  fmt::format_to(out, "{} {}  {}\n", style.paint(build.verdict),
                 style.paint(Emphasis::kStrong, "build"), build.command);
  fmt::format_to(out, "    {}\n", style.paint(Emphasis::kStrong, build.message));
  const std::string written = show_output(build.output, kShownOutput);
  if (!written.empty()) fmt::format_to(out, "    what it wrote:\n");
  for (std::string_view rest = written; !rest.empty();)
    fmt::format_to(out, "      {}\n", chat::take_line(rest));
  if (!build.left_over.empty()) fmt::format_to(out, "    left over  {}\n", build.left_over);
  return text + "\n";
}

std::string render_played(const RunRecord& run, const CaseRecord& record, const Style& style,
                          std::string_view log) {
  const bool is_quiet = record.verdict == Verdict::kPass || record.verdict == Verdict::kSkipped;
  return is_quiet ? render_title(record, style) : render_case(run, record, style, log) + "\n";
}

std::string render_end(const Tally& tally, const EndRecord& end, const Style& style) {
  std::string text = fmt::format("{}{} in {}\n", end.interrupted ? "interrupted: " : "",
                                 tally.to_string(style), seconds(end.duration_us));
  if (!end.given_up.empty()) {
    text += fmt::format(
        "The program never {} in two cases, although its arguments and files were right, so the "
        "rest was not played (--play-on plays it all the same).\n",
        end.given_up);
  }
  if (end.has_failed_fast())
    text += "The rest was not played, since enough had failed (--fail-fast).\n";
  if (end.is_out_of_time())
    text += "The rest was not played, since the time was over that the run had (--time-limit).\n";
  if (end.served_last.empty()) return text;
  return text + fmt::format(
                    "The server accepted no connection after {}, so not everything was judged. "
                    "With --connect it must go on to serve the next client; with --server "
                    "chatspec starts it afresh for every scenario.\n",
                    end.served_last);
}

std::string render_log(std::span<const Record> records, const Style& style, bool verbose,
                       std::string_view log) {
  std::string out;
  for (const RunOfLog& one : group_runs(records)) {
    Tally tally;
    const RunRecord run = one.run ? *one.run : RunRecord{};
    if (one.run) out += render_run(run, style);
    for (const BuildRecord* build : one.builds) {
      tally.add(*build);
      out += render_build(*build, style, verbose);
    }
    for (std::size_t i = 0; i <= one.cases.size(); ++i) {
      if (one.opening && i == one.cases_before_opening) out += render_opening(*one.opening, style);
      if (i == one.cases.size()) break;
      tally.add(*one.cases[i]);
      if (verbose) out += render_played(run, *one.cases[i], style, log);
    }
    out +=
        verbose ? render_list_of_roots(one.cases, style) : render_roots(run, one.cases, style, log);
    out += render_known(one.cases, style) + render_skipped(one.cases, style);
    if (!verbose) out += render_advice(one.cases, style, log);
    out += one.end ? render_end(tally, *one.end, style)
                   : fmt::format("the run did not end; so far: {}\n", tally.to_string(style));
  }
  return out;
}

}  // namespace chatspec
