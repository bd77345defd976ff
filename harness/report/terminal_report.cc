#include "harness/report/terminal_report.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chatspec {
namespace {

using Out = std::back_insert_iterator<std::string>;

// Further lines of the text stand below its first.
void add_line(Out out, std::string_view label, std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    fmt::format_to(out, "    {:<10} {}\n", label, line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    label = "";
  }
}

void add_finding(Out out, const FindingRecord& finding, const Style& style) {
  fmt::format_to(out, "    {} [{}]\n", style.paint(Emphasis::kStrong, finding.message),
                 finding.code);
  add_line(out, "not met", finding.requirement);
  add_line(out, "expected", finding.expected);
  add_line(out, "received",
           finding.received.empty() ? "" : fmt::format("\"{}\"", finding.received));
  add_line(out, "because", finding.cause);
  if (!finding.evidence.empty()) {
    const bool rests_on_limit = finding.grade == "deadline" || finding.grade == "busy";
    add_line(out, "evidence",
             fmt::format("{} ({})", finding.evidence,
                         rests_on_limit ? "a limit, not proof" : std::string_view(finding.grade)));
  }
}

void add_exchange(Out out, const CaseRecord& record, const Style& style) {
  for (const ExchangeRecord& line : record.exchange) {
    const std::string text =
        line.is_note ? style.paint(Emphasis::kFaint, fmt::format("({})", line.text)) : line.text;
    fmt::format_to(out, "      {:<3} {}\n", line.speaker + ":", text);
  }
}

void add_block(Out out, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  fmt::format_to(out, "    {}\n", label);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    fmt::format_to(out, "      {}\n", text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

std::string seconds(std::uint64_t microseconds) {
  return fmt::format("{:.2f} s", static_cast<double>(microseconds) / 1e6);
}

}  // namespace

std::size_t Tally::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
}

void Tally::add(const BuildRecord& build) {
  if (build.verdict == Verdict::kFail) ++failed_builds_;
  if (build.verdict == Verdict::kError) add(build.verdict);
}

std::string Tally::to_string(const Style& style) const {
  std::string out;
  for (const VerdictWord& word : kVerdicts) {
    if (count(word.verdict) == 0) continue;
    out += fmt::format("{}{}", out.empty() ? "" : ", ",
                       style.paint(emphasis_of(word.verdict),
                                   fmt::format("{} {}", count(word.verdict), word.word)));
  }
  if (has_failed_build()) {
    out += fmt::format("{}{}", out.empty() ? "" : ", ", style.paint(Emphasis::kBad, "not built"));
  }
  return out.empty() ? "nothing was played" : out;
}

std::string render_run(const RunRecord& run, const Style& style) {
  std::string notes;
  if (!run.folder.empty()) notes += fmt::format("in a copy of {}\n", run.folder);
  if (!run.left_out.empty()) notes += fmt::format("left out of the copy: {}\n", run.left_out);
  if (!run.isolation_note.empty()) notes += run.isolation_note + "\n";
  return fmt::format(
      "{} {}: {}\n{}\n{}\n", style.paint(Emphasis::kStrong, "chatspec"), run.role,
      run.implementation,
      style.paint(Emphasis::kFaint,
                  fmt::format("{} case{}, profile {}, delivery {}, isolation {}, seed {}",
                              run.cases, run.cases == 1 ? "" : "s", run.profile, run.delivery,
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
  add_block(out, "it said:", build.output);
  add_line(out, "left over", build.left_over);
  return text + "\n";
}

std::string render_case(const CaseRecord& record, const Style& style, bool verbose) {
  const bool quiet = record.verdict == Verdict::kPass || record.verdict == Verdict::kSkipped;
  if (quiet && !verbose) return {};
  std::string text;
  Out out = std::back_inserter(text);
  fmt::format_to(out, "{} {}  {}\n", style.paint(record.verdict),
                 style.paint(Emphasis::kStrong, record.id), record.title);
  if (!record.reason.empty()) fmt::format_to(out, "    {}\n", record.reason);
  if (quiet) return text;
  fmt::format_to(out, "    {} ({})", fmt::join(record.requirements, ", "), record.level);
  fmt::format_to(out, "{}{}\n", record.description.empty() ? "" : ": ", record.description);
  add_exchange(out, record, style);
  for (const FindingRecord& finding : record.failure) add_finding(out, finding, style);
  for (const FindingRecord& finding : record.deviations) add_finding(out, finding, style);
  add_line(out, "delivery", record.delivery);
  add_block(out, "on its standard error:", record.errors);
  add_line(out, "left over", record.left_over);
  add_line(out, "try it", record.reproduction);
  return text + "\n";
}

std::string render_end(const Tally& tally, const EndRecord& end, const Style& style) {
  std::string text = fmt::format("{}{} in {}\n", end.interrupted ? "interrupted: " : "",
                                 tally.to_string(style), seconds(end.duration_us));
  if (!end.given_up.empty()) {
    text += fmt::format(
        "The program never {} in two cases that gave it what is right, so nothing more was played "
        "(--play-on plays it all the same).\n",
        end.given_up);
  }
  if (end.served_last.empty()) return text;
  return text + fmt::format(
                    "The server took no connection any more after {}, so not everything was "
                    "judged. With --connect it must go on to serve the next client; with --server "
                    "chatspec starts it afresh for every scenario.\n",
                    end.served_last);
}

std::string render_log(const std::vector<Record>& records, const Style& style, bool verbose) {
  std::string out;
  Tally tally;
  bool open = false;  // a run has not ended
  const auto close = [&] {
    if (open) out += fmt::format("the run did not end; so far: {}\n", tally.to_string(style));
  };
  for (const Record& record : records) {
    if (const auto* run = std::get_if<RunRecord>(&record)) {
      close();
      tally = {};
      out += render_run(*run, style);
    } else if (const auto* build = std::get_if<BuildRecord>(&record)) {
      tally.add(*build);
      out += render_build(*build, style, verbose);
    } else if (const auto* played = std::get_if<CaseRecord>(&record)) {
      tally.add(played->verdict);
      out += render_case(*played, style, verbose);
    } else {
      out += render_end(tally, std::get<EndRecord>(record), style);
    }
    open = !std::holds_alternative<EndRecord>(record);
  }
  close();
  return out;
}

}  // namespace chatspec
