#include "harness/grade/score.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/formats/csv_field.h"

namespace chatspec {
namespace {

std::string render_row(const Score& score, const Assignment& assignment, std::size_t parts) {
  std::vector<std::string> fields{score.id,
                                  score.student,
                                  score.platform,
                                  score.key,
                                  score.language,
                                  score.total ? "graded" : "not graded",
                                  score.total ? score.total->to_string() : "",
                                  assignment.total().to_string()};
  for (std::size_t i = 0; i < parts; ++i)
    fields.push_back(i < score.parts.size() ? score.parts[i].to_string() : "");
  fields.push_back(score.total ? std::to_string(score.mistakes.size()) : "");
  fields.push_back(std::to_string(score.flaky));
  fields.push_back(score.total ? score.remark : score.why_not);
  return write_csv_line(fields);
}

std::string code_of(const CaseRecord& played) {
  if (played.failure) return played.failure->code;
  return played.deviations.empty() ? "" : played.deviations.front().code;
}

std::chrono::microseconds duration_of(const CaseRecord& played) {
  const DurationRecord& duration = played.duration;
  return std::chrono::microseconds(duration.start_us + duration.play_us + duration.stop_us);
}

}  // namespace

void add_mark(const Mark& mark, std::span<const SettledRun> runs, Score& score) {
  score.total = mark.total;
  score.why_not = mark.why_not;
  for (const PartMark& part : mark.parts) score.parts.push_back(part.earned);
  for (const Mistake& mistake : mark.mistakes) {
    if (mistake.cost == Points()) continue;
    score.mistakes.push_back({.role = mistake.role,
                              .root = mistake.root.id,
                              .sentence = sentence_of(mistake.root),
                              .requirement = requirement_of(mistake.root),
                              .case_id = mistake.root.showings.front().played->id,
                              .cost = mistake.cost});
  }
  score.requirements = find_requirement_outcomes(runs);
  for (const SettledRun& run : runs) {
    score.flaky += run.flaky.size();
    for (const CaseRecord* played : run.cases) {
      score.duration += duration_of(*played);
      if (played->verdict != Verdict::kPass)
        score.cases.push_back({run.role, played->id, played->verdict, code_of(*played)});
    }
    if (run.build && run.build->verdict == Verdict::kFail && score.remark.empty())
      score.remark = fmt::format("the {} could not be built", chat::to_string(run.role));
  }
}

std::vector<PartOfRole> list_parts(const Assignment& assignment) {
  std::vector<PartOfRole> parts;
  std::vector<Role> roles = assignment.roles;
  std::ranges::sort(roles);
  for (const Role role : roles) {
    for (const PointsPart& part : assignment.parts) {
      if (part.role && *part.role != role) continue;
      parts.push_back({role, part.cases.to_string(), points_of(assignment, part, role)});
    }
  }
  return parts;
}

std::vector<std::string> part_titles(const Assignment& assignment) {
  std::vector<std::string> titles;
  for (const PartOfRole& part : list_parts(assignment))
    titles.push_back(fmt::format("{}: {} ({})", chat::to_string(part.role), part.cases,
                                 part.points.to_string()));
  return titles;
}

std::string render_scores(const Assignment& assignment, std::span<const Score> scores) {
  const std::vector<std::string> titles = part_titles(assignment);
  std::vector<std::string> columns{"id",       "student", "platform", "key",
                                   "language", "status",  "points",   "of"};
  columns.insert(columns.end(), titles.begin(), titles.end());
  for (const char* name : {"mistakes", "flaky", "note"}) columns.emplace_back(name);
  std::string table = write_csv_line(columns);
  for (const Score& score : scores) table += render_row(score, assignment, titles.size());
  return table;
}

}  // namespace chatspec
