#include "harness/grade/student_report.h"

#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/report/formats/html/html.h"
#include "harness/report/log/run_of_log.h"
#include "harness/report/terminal_report.h"
#include "harness/report/text/clean_text.h"

namespace chatspec {
namespace {

// A case without what lies on the teacher's machine, and without the name of a hidden one.
CaseRecord as_told(const CaseRecord& played, const std::set<std::string_view>& hidden) {
  CaseRecord told = played;
  told.path.clear();
  if (told.skipped && hidden.contains(told.skipped->case_id)) {
    told.skipped->case_id.clear();
    told.skipped->sentence = "it needs a case that is hidden, and did not pass";
  }
  return told;
}

// The records of the runs as a student may have them.
std::vector<Record> records_for(const StudentReport& report) {
  std::vector<Record> records;
  for (const SettledRun& run : report.runs) {
    std::vector<const CaseRecord*> shown;
    std::set<std::string_view> hidden;
    for (const CaseRecord* played : run.cases) {
      if (report.hides && report.hides(*played)) {
        hidden.insert(played->id);
      } else {
        shown.push_back(played);
      }
    }
    RunRecord first = *run.run->run;
    if (report.runs.size() > 1)
      first.name = fmt::format("{} ({})", first.name, chat::to_string(run.role));
    first.cases = shown.size();
    first.folder.clear();
    first.machine = {};
    records.emplace_back(std::move(first));
    if (run.build) records.emplace_back(*run.build);
    if (run.run->opening) records.emplace_back(*run.run->opening);
    for (const CaseRecord* played : shown) records.emplace_back(as_told(*played, hidden));
    if (run.run->end) records.emplace_back(*run.run->end);
  }
  return records;
}

void write_charges(HtmlWriter& html, const PartMark& part, const StudentReport& report) {
  for (const Charge& charge : part.charges) {
    const auto told = tell_mistake(report.mark.mistakes[charge.mistake].root, report.hides);
    html.open("tr");
    html.element("td", "-" + charge.cost.to_string(), {{"class", "number"}});
    html.open("td");
    html.text(told ? told->sentence : "in cases that are hidden");
    html.close();
    html.element("td", told ? told->requirement : "");
    html.element("td", told ? told->case_id : "", {{"class", "wide mono"}});
    html.close();
  }
}

void write_parts(HtmlWriter& html, const StudentReport& report) {
  html.open("table");
  html.open("thead");
  html.open("tr");
  html.element("th", "Points", {{"scope", "col"}, {"class", "number"}});
  html.element("th", "For, and what was lost by which mistake", {{"scope", "col"}});
  html.element("th", "Requirement", {{"scope", "col"}});
  html.element("th", "Shown by", {{"scope", "col"}, {"class", "wide"}});
  html.close();
  html.close();
  html.open("tbody");
  for (const PartMark& part : report.mark.parts) {
    html.open("tr");
    html.element("th", fmt::format("{} of {}", part.earned.to_string(), part.points.to_string()),
                 {{"scope", "row"}, {"class", "number"}});
    html.element("th",
                 fmt::format("{}: {}", chat::to_string(part.role), part.part->cases.to_string()));
    html.element("td", "");
    html.element("td", "", {{"class", "wide"}});
    html.close();
    write_charges(html, part, report);
  }
  html.close();
  html.close();
}

void write_mark_section(HtmlWriter& html, const StudentReport& report) {
  html.open("section", {{"id", "mark"}, {"aria-labelledby", "mark-title"}});
  const std::string total = report.mark.total
                                ? fmt::format("{} of {} points", report.mark.total->to_string(),
                                              report.assignment.total().to_string())
                                : "Not graded";
  html.element("h2", fmt::format("{}: {}", report.student, total), {{"id", "mark-title"}});
  if (!report.assignment.title.empty()) html.element("p", report.assignment.title);
  if (report.mark.total) {
    html.open("div", {{"class", "scroll"}});
    write_parts(html, report);
    html.close();
  } else {
    html.element("p", report.mark.why_not);
  }
  html.close();
}

}  // namespace

std::string render_student_text(const StudentReport& report) {
  const std::vector<Record> records = records_for(report);
  std::string text =
      one_line(report.student) + "\n\n" + render_mark(report.assignment, report.mark, report.hides);
  // Whoever reads it has no log.
  if (!records.empty()) text += "\n" + render_log(records, Style(false), false, "");
  return text;
}

std::string render_student_page(const StudentReport& report) {
  const std::vector<Record> records = records_for(report);
  const std::vector<RunOfLog> runs = group_runs(records);
  return collect_text([&](ReportText& out) {
    write_html(make_results(runs), out,
               [&](HtmlWriter& html) { write_mark_section(html, report); });
  });
}

}  // namespace chatspec
