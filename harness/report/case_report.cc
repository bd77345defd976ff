// A failure is one block, made to be read from top to bottom: what was asked, the exchange up to
// the first difference, what was expected and came instead, why that may be, and how to see it
// without chatspec. Labels stand in one column, so that the eye finds them; a text of several lines
// goes on below its first. All that came from a program is quoted or made printable on the way.

#include "harness/report/case_report.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/attempts_report.h"
#include "harness/report/log/exchange.h"
#include "harness/report/log/received_text.h"
#include "harness/report/reproduction/reproduction.h"
#include "harness/report/text/clean_text.h"
#include "harness/report/text/paragraph.h"
#include "harness/report/what_matters.h"
#include "reference/requirements.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

using Out = std::back_insert_iterator<std::string>;

// How much of a case is shown.
struct Limits {
  bool is_brief;  // without what the rest tells as well, or what does not matter
  std::size_t expected_bytes;
  std::size_t received_bytes;  // of what a finding received
  std::size_t output_bytes;    // of what the program wrote: of the beginning, and the end
  ExchangeLimits exchange;
};

constexpr std::size_t kSignatureBytes = 66;  // shown whole, however narrow the terminal

// What fits a screen together with others.
Limits limits_of_screen(const Style& style) {
  constexpr std::size_t kAroundBytes = 14;  // indentation, who speaks, quotes
  return {.is_brief = true,
          .expected_bytes = 300,
          .received_bytes = 150,
          .output_bytes = 300,
          .exchange = {.max_bytes = std::max(kSignatureBytes, style.columns() - kAroundBytes),
                       .max_head = 0,  // everybody knows how it begins
                       .max_tail = 6}};
}

constexpr Limits kLimitsOfAll{.is_brief = false,
                              .expected_bytes = 4000,
                              .received_bytes = 400,
                              .output_bytes = 1500,
                              .exchange = {}};

void add_line(Out out, std::string_view label, std::string_view text, const Style& style) {
  fmt::format_to(out, "{}", with_label(label, text, style.columns()));
}

// What is to be typed, which must not be broken.
void add_commands(Out out, std::string_view label, std::string_view text) {
  while (!text.empty()) {
    fmt::format_to(out, "    {:<10} {}\n", label, chat::take_line(text));
    label = "";
  }
}

void add_paragraph(Out out, std::string_view text, const Style& style) {
  fmt::format_to(out, "{}", hang("    ", text, style.columns()));
}

// No fewer than a paper has: what is to be copied is not to be broken by us.
std::size_t command_columns(const Style& style) {
  return std::max(style.columns(), kColumns) - kLabelColumns;
}

void add_block(Out out, std::string_view label, std::string_view text, const Style& style) {
  if (text.empty()) return;
  fmt::format_to(out, "    {}\n{}", label, hang("      ", text, style.columns()));
}

// The code goes on the message's last line, or below it where there is no room.
void add_message(Out out, const FindingRecord& finding, const Style& style) {
  const std::string code = fmt::format(" [{}]", finding.code);
  std::vector<std::string> lines = wrap(finding.message, style.columns() - 4);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool has_room = lines[i].size() + code.size() <= style.columns() - 4;
    const bool is_last = i + 1 == lines.size();
    fmt::format_to(out, "    {}{}\n", style.paint(Emphasis::kStrong, lines[i]),
                   is_last && has_room ? code : "");
    if (is_last && !has_room) fmt::format_to(out, "   {}\n", code);
  }
}

void add_finding(Out out, const FindingRecord& finding, const Style& style, const Limits& limits) {
  add_message(out, finding, style);
  add_line(out, "expected", cut_text(finding.expected, limits.expected_bytes), style);
  if (!finding.received.empty())
    add_line(out, "received", show_received(finding, limits.received_bytes), style);
  if (finding.cause) add_line(out, "because", finding.cause->sentence, style);
  if (finding.evidence) add_line(out, "evidence", describe_evidence(*finding.evidence), style);
}

std::string show(const ExchangeLine& line, const Style& style) {
  if (!line.note.empty()) return style.paint(Emphasis::kFaint, fmt::format("({})", line.note));
  return show_bytes(line);
}

using Findings = std::vector<const FindingRecord*>;

// Whether the line is what the only finding shows as received.
bool is_shown_below(const ExchangeLine& line, const RunRecord& run, const Findings& findings,
                    const Limits& limits) {
  if (!limits.is_brief || findings.size() != 1 || line.speaker != run.role) return false;
  const LoggedBytes& received = findings.front()->received;
  return !received.empty() && received.is_whole() && line.bytes == received.begin &&
         line.left_out == 0 && line.bytes.size() <= limits.received_bytes;
}

void add_exchange(Out out, const RunRecord& run, const CaseRecord& record, const Findings& findings,
                  const Style& style, const Limits& limits) {
  std::vector<ExchangeLine> lines = list_exchange(run, record, limits.exchange);
  if (!lines.empty() && is_shown_below(lines.back(), run, findings, limits)) lines.pop_back();
  for (const ExchangeLine& line : lines) {
    if (line.is_gap) {
      fmt::format_to(out, "      …   {}\n", line.note);
      continue;
    }
    std::string speaker = line.speaker == Role::kClient ? "C" : "S";
    if (line.connection > 1) speaker += std::to_string(line.connection);
    fmt::format_to(out, "      {:<3} {}\n", speaker + ":", show(line, style));
  }
}

// Which requirement is meant, in the protocol's own words, and why it is asked here. Where the
// cause is known, that is the better answer.
void add_requirement(Out out, const CaseRecord& record, const FindingRecord* finding,
                     const Style& style, const Limits& limits) {
  const std::vector<std::string> ids = requirements_meant(record, finding);
  const chat::Requirement* known = ids.empty() ? nullptr : chat::find_requirement(ids.front());
  // What only deviates in a case may be a recommendation, whatever the case asks for.
  const bool has_own_level = known && finding && !finding->requirement.empty();
  std::string text =
      fmt::format("{} ({})", fmt::join(ids, ", "),
                  has_own_level ? to_string(known->level) : std::string_view(record.level));
  if (known) text += fmt::format(": \"{}\"", known->text);
  add_paragraph(out, text, style);
  const bool is_answered = limits.is_brief && finding && finding->cause;
  if (!is_answered) add_paragraph(out, record.description, style);
}

// Many programs say on standard output what is wrong.
void add_written(Out out, const CaseRecord& record, const Style& style, const Limits& limits) {
  const LoggedBytes errors = limits.is_brief ? errors_that_matter(record) : record.errors.bytes;
  add_block(out, "on its standard error:", show_output(errors, limits.output_bytes), style);
  if (!errors.empty() || !ended_by_itself(record)) return;
  add_block(out, "on its standard output, beside what it received:",
            show_output(log_bytes(find_own_words(record)), limits.output_bytes), style);
}

// Where `reproduction` does not show them.
void add_files(Out out, const CaseRecord& record, std::string_view reproduction,
               const Style& style) {
  for (const GivenFile& file : files_that_matter(record)) {
    if (!reproduction.contains(fmt::format(">{}.txt", file.name)))
      add_line(out, file.name, file.text, style);
  }
}

std::string render(const RunRecord& run, const CaseRecord& record, const Findings& findings,
                   const Style& style, const Limits& limits, std::string_view log,
                   std::string_view tried_above = "") {
  std::string text = render_title(record, style);
  Out out = std::back_inserter(text);
  add_requirement(out, record, findings.empty() ? nullptr : findings.front(), style, limits);
  add_exchange(out, run, record, findings, style, limits);
  for (const FindingRecord* finding : findings) add_finding(out, *finding, style, limits);
  add_line(out, "plays", describe_attempts(record), style);
  if (record.delivery) add_line(out, "delivery", record.delivery->sentence, style);
  add_written(out, record, style, limits);
  add_line(out, "left over", record.left_over, style);
  const std::string reproduction = make_reproduction(run, record, command_columns(style), log);
  add_files(out, record, reproduction, style);
  if (!tried_above.empty() && plays_again(run, record, style, log)) {
    add_line(out, "try it", fmt::format("as above, with {} in place of {}", record.id, tried_above),
             style);
  } else {
    add_commands(out, "try it", reproduction);
  }
  return text;
}

}  // namespace

std::string show_output(const LoggedBytes& output, std::size_t max_bytes) {
  const std::string_view begin = output.begin;
  if (output.is_whole() && begin.size() <= 2 * max_bytes) return make_printable(begin);
  const std::string_view end = output.is_whole() ? begin : std::string_view(output.omitted->end);
  const std::string_view shown_begin = begin.substr(0, max_bytes);
  const std::string_view shown_end = end.substr(end.size() - std::min(end.size(), max_bytes));
  return fmt::format("{}\n[{} bytes are left out here]\n{}", make_printable(shown_begin),
                     output.length() - shown_begin.size() - shown_end.size(),
                     make_printable(shown_end));
}

std::string render_title(const CaseRecord& record, const Style& style) {
  std::string text;
  Out out = std::back_inserter(text);
  fmt::format_to(out, "{} {}", style.paint(record.verdict),
                 style.link(record, style.paint(Emphasis::kStrong, record.id)));
  const std::size_t used = to_string(record.verdict).size() + 1 + width_of(record.id) + 2;
  if (used + width_of(record.title) <= style.columns()) {
    fmt::format_to(out, "  {}\n", record.title);
  } else {
    fmt::format_to(out, "\n");
    add_paragraph(out, record.title, style);
  }
  if (record.skipped) add_paragraph(out, record.skipped->sentence, style);
  add_paragraph(out, record.trouble, style);
  return text;
}

std::string render_case(const RunRecord& run, const CaseRecord& record, const Style& style,
                        std::string_view log) {
  Findings findings;
  if (record.failure) findings.push_back(&*record.failure);
  for (const FindingRecord& finding : record.deviations) findings.push_back(&finding);
  return render(run, record, findings, style, kLimitsOfAll, log);
}

std::string render_finding(const RunRecord& run, const CaseRecord& record,
                           const FindingRecord* finding, const Style& style, std::string_view log,
                           std::string_view tried_above) {
  return render(run, record, finding ? Findings{finding} : Findings{}, style,
                limits_of_screen(style), log, tried_above);
}

bool plays_again(const RunRecord& run, const CaseRecord& record, const Style& style,
                 std::string_view log) {
  return make_reproduction(run, record, command_columns(style), log).starts_with("chatspec run ");
}

}  // namespace chatspec
