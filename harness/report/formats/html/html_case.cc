#include "harness/report/formats/html/html_case.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/attempts_report.h"
#include "harness/report/case_report.h"
#include "harness/report/formats/html/sequence_diagram.h"
#include "harness/report/log/received_text.h"
#include "harness/report/reproduction/reproduction.h"
#include "harness/report/reproduction/reproduction_command.h"
#include "harness/report/what_matters.h"
#include "reference/requirements.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostBytesShown = 600;   // of what is quoted
constexpr std::size_t kMostBytesDumped = 256;  // of each stretch, in hexadecimal digits
constexpr std::size_t kMostOutputShown = 1500;
constexpr std::size_t kMostDumps = 30;
constexpr std::size_t kCommandColumns = 100;

// "00000000  48 45 4c 4c 4f 0a                                |HELLO.|", 16 bytes to a line.
std::string dump(std::string_view bytes) {
  constexpr std::size_t kPerLine = 16;
  std::string text;
  for (std::size_t at = 0; at < std::min(bytes.size(), kMostBytesDumped); at += kPerLine) {
    const std::string_view line = bytes.substr(at, kPerLine);
    std::string digits;
    std::string letters;
    for (const char c : line) {
      digits += fmt::format("{:02x} ", static_cast<unsigned char>(c));
      letters += chat::is_printable(c) ? c : '.';
    }
    text += fmt::format("{:08x}  {:<48} |{}|\n", at, digits, letters);
  }
  return text;
}

void write_entry(HtmlWriter& html, std::string_view name, std::string_view text,
                 std::string_view kind) {
  if (text.empty()) return;
  html.element("dt", name);
  html.open("dd", {{"class", kind}});
  html.element(kind == "mono" ? "code" : "span", text);
  html.close();
}

void write_finding(HtmlWriter& html, const FindingRecord& finding) {
  html.open("dl", {{"class", "finding"}});
  write_entry(html, "what", fmt::format("{} [{}]", finding.message, finding.code), "what");
  write_entry(html, "expected", finding.expected, "mono");
  if (!finding.received.empty())
    write_entry(html, "received", show_received(finding, kMostBytesShown), "mono");
  if (finding.cause) write_entry(html, "because", finding.cause->sentence, "because");
  if (finding.evidence)
    write_entry(html, "evidence", describe_evidence(*finding.evidence), "evidence");
  html.close();
}

void write_requirements(HtmlWriter& html, const CaseRecord& record, const FindingRecord* finding) {
  html.open("div", {{"class", "requirement"}});
  for (const std::string& id : requirements_meant(record, finding)) {
    const chat::Requirement* known = chat::find_requirement(id);
    html.open("p");
    html.element("b", id);
    if (known) {
      html.text(fmt::format(" ({}): ", to_string(known->level)));
      html.marked_text(known->text);
    }
    html.close();
  }
  html.close();
  if (!record.description.empty()) html.element("p", record.description);
}

// Whatever went over the connections, as hexadecimal digits.
void write_dumps(HtmlWriter& html, const CaseRecord& record) {
  std::string text;
  std::size_t count = 0;
  for (const EventRecord& event : record.events) {
    const bool is_sent = event.kind == EventKind::kSent;
    if (!is_sent && event.kind != EventKind::kReceived) continue;
    if (++count > kMostDumps) continue;
    text += fmt::format("{} {} bytes\n{}", is_sent ? "chatspec sends" : "the program sends",
                        event.bytes.length(), dump(event.bytes.begin));
    if (event.bytes.length() > kMostBytesDumped)
      text += fmt::format("          … of {} bytes\n", event.bytes.length());
  }
  if (text.empty()) return;
  if (count > kMostDumps) text += fmt::format("and {} more\n", count - kMostDumps);
  html.open("details");
  html.element("summary", "Byte by byte");
  html.open("div", {{"class", "inside"}});
  html.element("pre", text);
  html.close();
  html.close();
}

void write_block(HtmlWriter& html, std::string_view title, std::string_view text) {
  if (text.empty()) return;
  html.element("h3", title);
  html.element("pre", text);
}

void write_commands(HtmlWriter& html, const RunRecord& run, const CaseRecord& record) {
  std::vector<std::string> texts;
  if (const auto command = make_run_command(run, record, nullptr))
    texts.push_back(wrap_command(*command, kCommandColumns));
  const std::string by_hand = make_reproduction(run, record, kCommandColumns);
  if (!by_hand.empty() && !by_hand.starts_with("chatspec ")) texts.push_back(by_hand);
  if (texts.empty()) return;
  html.element("h3", "See it again");
  for (const std::string& text : texts) {
    html.open("div", {{"class", "copy"}});
    html.element("pre", text);
    html.close();
  }
}

}  // namespace

void write_case(HtmlWriter& html, const RunRecord& run, const CaseRecord& record,
                const FindingRecord* finding) {
  const FindingRecord* first = finding;
  if (!first && record.failure) first = &*record.failure;
  write_requirements(html, record, first);
  if (!record.trouble.empty()) html.element("p", record.trouble);
  if (finding) {
    write_finding(html, *finding);
  } else {
    if (record.failure) write_finding(html, *record.failure);
    for (const FindingRecord& deviation : record.deviations) write_finding(html, deviation);
  }
  if (const std::string attempts = describe_attempts(record); !attempts.empty())
    html.element("p", "Plays: " + attempts);
  if (record.delivery) html.element("p", record.delivery->sentence);
  html.open("div", {{"class", "scroll"}});
  draw_sequence(html, run, record);
  html.close();
  write_dumps(html, record);
  write_block(html, "On its standard error",
              show_output(errors_that_matter(record), kMostOutputShown));
  write_block(html, "On its standard output", show_output(record.output.bytes, kMostOutputShown));
  for (const GivenFile& file : files_that_matter(record))
    write_block(html, fmt::format("Its file of {}", file.name), file.text);
  if (!record.left_over.empty()) html.element("p", "Left over: " + record.left_over);
  write_commands(html, run, record);
}

}  // namespace chatspec
