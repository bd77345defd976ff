#include "harness/explore/fuzz_report.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/fuzz/show_said.h"
#include "harness/explore/protocol/said_client_scenario.h"
#include "harness/explore/protocol/said_scenario.h"
#include "harness/explore/remarks.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

using FuzzJson = nlohmann::ordered_json;

constexpr std::size_t kMostTitleBytes = 100;
constexpr std::size_t kMostNameBytes = 40;

double seconds_of(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

std::string tell_rate(std::uint64_t conversations, std::chrono::nanoseconds time) {
  const double seconds = seconds_of(time);
  return fmt::format("{:.0f} a second",
                     seconds > 0 ? static_cast<double>(conversations) / seconds : 0.0);
}

std::string shorten_title(std::string title) {
  if (title.size() > kMostTitleBytes) title = title.substr(0, kMostTitleBytes - 3) + "...";
  return title;
}

std::string_view tell_kind(FuzzFinding::Kind kind) {
  switch (kind) {
    case FuzzFinding::Kind::kCrash:
      return "crash";
    case FuzzFinding::Kind::kHang:
      return "hang";
    case FuzzFinding::Kind::kAnswer:
      return "wrong answer";
    case FuzzFinding::Kind::kRecommended:
      return "only recommended";
  }
  return "";
}

std::string tell_plays(const FuzzFinding& finding) {
  const std::string_view role = chat::to_string(finding.role);
  if (finding.played == 0)
    return fmt::format("shown by a fresh {}; there was no time to play it again", role);
  return fmt::format("shown by {} of {} fresh {}s", finding.shown, finding.played, role);
}

std::string explain_no_answer(const Fuzzed& done) {
  if (!done.end || done.end->why == AskingEnd::Why::kTimeOver)
    return "Nothing is known: it answered nothing before the time was over.";
  if (done.end->why == AskingEnd::Why::kInterrupted)
    return "Nothing is known: it was interrupted before anything was answered.";
  return fmt::format("Nothing is known: nothing was answered: {}.", done.end->message);
}

// What of the differences is no finding, and may be one.
std::string tell_doubt(const Fuzzed& done) {
  if (done.not_shown_again > 0) return "something was answered otherwise, and not seen again";
  return "something was answered otherwise, and the search was over before it was looked at";
}

std::string sum_up_findings(const Fuzzed& done) {
  if (!done.findings.empty())
    return fmt::format("{}.", chat::count_things(done.findings.size(), "finding"));
  if (!done.known_seen.empty() && done.is_clear())
    return "Nothing new was found; what --out already has came again.";
  if (!done.known_seen.empty())
    return fmt::format("What --out already has came again. Nothing new is certain: {}.",
                       tell_doubt(done));
  if (!done.is_clear()) return fmt::format("Nothing is certain: {}.", tell_doubt(done));
  if (done.accepted > 0) return "Nothing was found but what --accept says.";
  return "Nothing was found that the protocol does not allow.";
}

std::string sum_up(const Fuzzed& done) {
  if (done.counts.conversations == 0 && done.end)
    return fmt::format("Nothing was tried: {}.", done.end->message);
  if (done.counts.answered == 0) return explain_no_answer(done);
  std::string text = sum_up_findings(done);
  if (done.end) text += fmt::format(" It ended early: {}.", done.end->message);
  return text;
}

// Of what is done, or of progress.
template <typename Seen>
std::string tell_seen(const Seen& seen) {
  const std::string states = chat::count_things(seen.states, "state");
  const std::string edges = chat::count_things(seen.edges, "edge");
  if (seen.lines == 0) return fmt::format("{} and {}", states, edges);
  return fmt::format("{}, {} and {} of code", states, edges,
                     chat::count_things(seen.lines, "line"));
}

std::vector<std::string> list_remarks(const Fuzzed& done) {
  std::vector<std::string> remarks;
  if (!done.known_seen.empty())
    remarks.push_back(fmt::format("{} that --out already has came again",
                                  chat::count_things(done.known_seen.size(), "cause")));
  if (done.accepted > 0)
    remarks.push_back(fmt::format("{} passed over, as --accept says",
                                  chat::count_things(done.accepted, "difference")));
  const std::string fresh = fmt::format("fresh {}s", chat::to_string(done.role));
  if (done.not_shown_again > done.late)
    remarks.push_back(
        fmt::format("{} that {} did not show again: it is not the same every time",
                    chat::count_things(done.not_shown_again - done.late, "difference"), fresh));
  if (done.late > 0)
    remarks.push_back(
        fmt::format("{} that did not come in time, and came from {}: this machine was busy, or "
                    "it is slow now and then",
                    chat::count_things(done.late, "answer"), fresh));
  if (done.left_out > 0)
    remarks.push_back(fmt::format("{} not looked at, since the search was over",
                                  chat::count_things(done.left_out, "difference")));
  if (done.watches_lines && done.lines == 0 && done.counts.answered > 0)
    remarks.push_back(
        "--coverage: no line of it was told; Python does so if it takes PYTHONPATH (not with -E or "
        "-I) and has its site module (not with -S), Node if it takes NODE_OPTIONS, and Java if "
        "chatspec was built where there was a JDK");
  remark_on_evidence(done.counts, remarks);
  if (done.counts.conversations > 0)
    remarks.push_back(
        "what was not found may be there all the same: a longer --time or another --seed tries "
        "more. Looked at is what comes over the connection, and crashes; not what a server prints, "
        "its command line and its exit status");
  return remarks;
}

}  // namespace

std::string tell(const chat::Profile& profile, const FuzzFinding& finding) {
  SaidConversation before = finding.said;
  before.steps.pop_back();
  const std::string said_before = show_said(profile, before);
  const std::string last = show_said(profile, finding.said.steps.back());
  return fmt::format("{}{}: expected {}, came {}",
                     said_before.empty() ? "" : fmt::format("after {}, ", said_before),
                     last.empty() ? "at the beginning" : last, finding.cause.expected,
                     finding.cause.came);
}

std::string write_finding(const chat::Profile& profile, const FuzzFinding& finding) {
  std::vector<std::string> comment{
      fmt::format("Found by fuzzing a {}: expected {}, came {}.", chat::to_string(finding.role),
                  finding.cause.expected, finding.cause.came),
      write_cause_comment(finding.cause), fmt::format("It was {}.", tell_plays(finding))};
  if (profile.name != "line")
    comment.push_back(fmt::format("To be played with the --profile {}.", profile.name));
  const std::string said = show_said(profile, finding.said);
  SaidScenario around{
      .comment = std::move(comment),
      .title = shorten_title(said.empty() ? "how it begins" : "what is answered to " + said),
      .requirements = finding.requirements};
  if (finding.role == chat::Role::kClient)
    return write_client_scenario(profile, make_said_signatures(profile), finding.said, around);
  // What is wrong with a signature may depend on the key.
  if (finding.cause.expected.contains("signature")) around.keys = finding.keys;
  return write_said_scenario(profile, finding.said, around);
}

std::string name_finding(const FuzzFinding& finding) {
  std::string name;
  for (const char c : finding.cause.requirement + "-" + generalise_answer(finding.cause.came)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0)
      name += static_cast<char>(std::tolower(byte));
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  name = name.substr(0, kMostNameBytes);
  while (name.ends_with('-')) name.pop_back();
  return name;
}

std::string render_fuzzed(const chat::Profile& profile, const Fuzzed& done,
                          std::span<const ToldFinding> told, std::size_t shown,
                          std::size_t columns) {
  std::string text = hang("", sum_up(done), columns);
  if (!told.empty()) text += '\n';
  for (std::size_t i = 0; i < std::min(shown, told.size()); ++i) {
    const FuzzFinding& finding = told[i].finding;
    text +=
        hang(fmt::format("{:3}. ", i + 1),
             fmt::format("{}: {}.", tell_kind(finding.kind()), tell(profile, finding)), columns);
    text += hang("     ",
                 fmt::format("{}; {}{}", fmt::join(finding.requirements, " "), tell_plays(finding),
                             told[i].file.empty() ? "" : fmt::format("; {}", told[i].file)),
                 columns);
  }
  if (told.size() > shown) text += fmt::format("     and {} more\n", told.size() - shown);
  text += "\n" + render_remarks(list_remarks(done), columns);
  return text + fmt::format("{} in {:.1f} s ({}), with {}; {} seen\n",
                            chat::count_things(done.counts.conversations, "conversation"),
                            seconds_of(done.duration),
                            tell_rate(done.counts.conversations, done.duration),
                            chat::count_things(done.counts.programs, chat::to_string(done.role)),
                            tell_seen(done));
}

std::string render_fuzzed_json(const chat::Profile& profile, const Fuzzed& done,
                               std::span<const ToldFinding> told, const ExplorationTitle& title) {
  FuzzJson findings = FuzzJson::array();
  for (const ToldFinding& one : told) {
    const FuzzFinding& finding = one.finding;
    FuzzJson steps = FuzzJson::array();
    for (const Said& step : finding.said.steps) {
      std::string shown = show_said(profile, step);
      if (!shown.empty()) steps.push_back(std::move(shown));
    }
    findings.push_back(
        {{"kind", tell_kind(finding.kind())},
         {"requirements", finding.requirements},
         {"level", chat::to_string(finding.level)},
         {"due", finding.cause.place},
         {"expected", finding.cause.expected},
         {"came", finding.cause.came},
         {"cause", write_cause(finding.cause)},
         {"steps", std::move(steps)},
         {"shown", finding.shown},
         {"played", finding.played},
         {"found_us",
          std::chrono::duration_cast<std::chrono::microseconds>(finding.found_after).count()},
         {"file", one.file},
         {"text", tell(profile, finding)}});
  }
  const FuzzJson whole{
      {std::string(chat::to_string(title.role)), title.name},
      {"profile", title.profile},
      {"isolation", title.isolation},
      {"seed", title.seed},
      {"summary", sum_up(done)},
      {"findings", std::move(findings)},
      {"known_seen", done.known_seen},
      {"remarks", list_remarks(done)},
      {"differences", done.differences},
      {"accepted", done.accepted},
      {"not_shown_again", done.not_shown_again},
      {"late", done.late},
      {"left_out", done.left_out},
      {"states", done.states},
      {"edges", done.edges},
      {"lines", done.lines},
      {"conversations", done.counts.conversations},
      {fmt::format("{}s", chat::to_string(title.role)), done.counts.programs},
      {"duration_us",
       std::chrono::duration_cast<std::chrono::microseconds>(done.duration).count()}};
  return whole.dump(1, ' ', false, FuzzJson::error_handler_t::replace) + "\n";
}

std::string render_fuzz_progress(const FuzzProgress& progress, std::size_t columns) {
  const std::string line =
      fmt::format("{}  {}  {}  {}  nothing new for {:.0f} s{}",
                  chat::count_things(progress.findings, "finding"),
                  chat::count_things(progress.conversations, "conversation"),
                  tell_rate(progress.conversations, progress.elapsed), tell_seen(progress),
                  seconds_of(progress.since_new), progress.is_minimising ? "  minimising" : "");
  return line.substr(0, columns > 0 ? columns - 1 : 0);
}

}  // namespace chatspec
