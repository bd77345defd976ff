// A failure is one block, made to be read from top to bottom: what was asked, the exchange up to
// the first difference, what was expected and came instead, why that may be, and how to see it
// without chatspec. Labels stand in one column, so that the eye finds them; a text of several lines
// goes on below its first. All that came from a program is quoted or made printable on the way.

#include "harness/report/terminal_report.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/exchange.h"
#include "harness/report/opening_report.h"
#include "harness/report/printable.h"
#include "harness/report/reproduction.h"
#include "harness/report/run_of_log.h"
#include "harness/report/shell_words.h"
#include "reference/lines.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

using Out = std::back_insert_iterator<std::string>;

// Further lines of the text stand below its first.
void add_line(Out out, std::string_view label, std::string_view text) {
  while (!text.empty()) {
    fmt::format_to(out, "    {:<10} {}\n", label, chat::take_line(text));
    label = "";
  }
}

constexpr std::size_t kShownBytes = 400;    // of what a finding received
constexpr std::size_t kShownOutput = 1500;  // of what the program wrote: of the begin, and the end

std::string show(const LoggedBytes& bytes) {
  return chat::quote_start(bytes.begin, kShownBytes);
}

// What a program wrote, line by line.
std::string show_output(const LoggedBytes& output) {
  const std::string_view begin = output.begin;
  if (output.is_whole() && begin.size() <= 2 * kShownOutput) return make_printable(begin);
  const std::string_view end = output.is_whole() ? begin : std::string_view(output.end);
  const std::uint64_t left_out = output.length() - 2 * kShownOutput;
  return fmt::format("{}\n[{} bytes are left out here]\n{}",
                     make_printable(begin.substr(0, kShownOutput)), left_out,
                     make_printable(end.substr(end.size() - std::min(end.size(), kShownOutput))));
}

void add_finding(Out out, const FindingRecord& finding, const Style& style) {
  fmt::format_to(out, "    {} [{}]\n", style.paint(Emphasis::kStrong, finding.message),
                 finding.code);
  add_line(out, "not met", finding.requirement);
  add_line(out, "expected", finding.expected);
  if (!finding.received.empty()) add_line(out, "received", show(finding.received));
  if (finding.cause) add_line(out, "because", finding.cause->sentence);
  if (const auto& evidence = finding.evidence) {
    const bool rests_on_limit =
        evidence->grade == QuietGrade::kDeadline || evidence->grade == QuietGrade::kBusy;
    add_line(out, "evidence",
             fmt::format("{} ({})", evidence->sentence,
                         rests_on_limit ? "a limit, not proof" : to_string(evidence->grade)));
  }
}

std::string show(const ExchangeLine& line, const Style& style) {
  if (!line.note.empty()) return style.paint(Emphasis::kFaint, fmt::format("({})", line.note));
  std::string text = chat::quote(line.bytes);
  if (line.left_out > 0) text += fmt::format(" … and {} bytes more", line.left_out);
  if (line.pieces > 1) text += fmt::format(" (in {} segments)", line.pieces);
  return text;
}

void add_exchange(Out out, const RunRecord& run, const CaseRecord& record, const Style& style) {
  for (const ExchangeLine& line : list_exchange(run, record)) {
    std::string speaker = line.speaker == Role::kClient ? "C" : "S";
    if (line.connection > 1) speaker += std::to_string(line.connection);
    fmt::format_to(out, "      {:<3} {}\n", speaker + ":", show(line, style));
  }
}

void add_block(Out out, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  fmt::format_to(out, "    {}\n", label);
  while (!text.empty()) fmt::format_to(out, "      {}\n", chat::take_line(text));
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
  const std::string implementation = run.address.empty() ? quote_words(run.argv) : run.address;
  return fmt::format(
      "{} {}: {}\n{}\n{}\n", style.paint(Emphasis::kStrong, "chatspec"), to_string(run.role),
      implementation,
      style.paint(Emphasis::kFaint,
                  fmt::format("{} case{}, profile {}, delivery {}, isolation {}, seed {}",
                              run.cases, run.cases == 1 ? "" : "s", run.profile.name, run.delivery,
                              run.isolation, run.seed)),
      notes);
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
  add_block(out, "what it wrote:", show_output(build.output));
  add_line(out, "left over", build.left_over);
  return text + "\n";
}

std::string render_case(const RunRecord& run, const CaseRecord& record, const Style& style,
                        bool verbose) {
  const bool quiet = record.verdict == Verdict::kPass || record.verdict == Verdict::kSkipped;
  if (quiet && !verbose) return {};
  std::string text;
  Out out = std::back_inserter(text);
  fmt::format_to(out, "{} {}  {}\n", style.paint(record.verdict),
                 style.paint(Emphasis::kStrong, record.id), record.title);
  if (record.skipped) fmt::format_to(out, "    {}\n", record.skipped->sentence);
  if (!record.trouble.empty()) fmt::format_to(out, "    {}\n", record.trouble);
  if (quiet) return text;
  fmt::format_to(out, "    {} ({})", fmt::join(record.requirements, ", "), record.level);
  fmt::format_to(out, "{}{}\n", record.description.empty() ? "" : ": ", record.description);
  add_exchange(out, run, record, style);
  if (record.failure) add_finding(out, *record.failure, style);
  for (const FindingRecord& finding : record.deviations) add_finding(out, finding, style);
  if (record.delivery) add_line(out, "delivery", record.delivery->sentence);
  add_block(out, "on its standard error:", show_output(record.errors.bytes));
  add_line(out, "left over", record.left_over);
  add_line(out, "try it", make_reproduction(run, record));
  return text + "\n";
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
  if (end.served_last.empty()) return text;
  return text + fmt::format(
                    "The server accepted no connection after {}, so not everything was judged. "
                    "With --connect it must go on to serve the next client; with --server "
                    "chatspec starts it afresh for every scenario.\n",
                    end.served_last);
}

std::string render_log(std::span<const Record> records, const Style& style, bool verbose) {
  std::string out;
  for (const RunOfLog& one : group_runs(records)) {
    Tally tally;
    const RunRecord run = one.run ? *one.run : RunRecord{};
    if (one.run) out += render_run(run, style);
    for (const BuildRecord* build : one.builds) {
      tally.add(*build);
      out += render_build(*build, style, verbose);
    }
    if (one.opening) out += render_opening(*one.opening, style);
    for (const CaseRecord* played : one.cases) {
      tally.add(played->verdict);
      out += render_case(run, *played, style, verbose);
    }
    out += one.end ? render_end(tally, *one.end, style)
                   : fmt::format("the run did not end; so far: {}\n", tally.to_string(style));
  }
  return out;
}

}  // namespace chatspec
