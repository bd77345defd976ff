#include "harness/grade/class_marks.h"

#include <exception>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/judge/findings/verdict.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

using MarksJson = nlohmann::ordered_json;

constexpr int kMarksFormat = 1;

// What does not stand in UTF-8 is replaced: it is for people.
std::string marks_line(const MarksJson& value) {
  return value.dump(-1, ' ', false, MarksJson::error_handler_t::replace) + "\n";
}

MarksJson write_head(const ClassMarks& marks) {
  MarksJson parts = MarksJson::array();
  for (const PartOfRole& part : marks.parts)
    parts.push_back({{"role", chat::to_string(part.role)},
                     {"cases", part.cases},
                     {"points", part.points.to_string()}});
  MarksJson played = MarksJson::array();
  for (const PlayedCase& one : marks.played) played.push_back({chat::to_string(one.role), one.id});
  return {{"marks", kMarksFormat},      {"chatspec", marks.chatspec}, {"suite", marks.suite},
          {"seed", marks.seed},         {"settings", marks.settings}, {"parts", std::move(parts)},
          {"played", std::move(played)}};
}

MarksJson write_score(const Score& score) {
  MarksJson parts = MarksJson::array();
  for (const Points& earned : score.parts) parts.push_back(earned.to_string());
  MarksJson mistakes = MarksJson::array();
  for (const ScoredMistake& mistake : score.mistakes)
    mistakes.push_back({{"role", chat::to_string(mistake.role)},
                        {"root", mistake.root},
                        {"sentence", mistake.sentence},
                        {"requirement", mistake.requirement},
                        {"case", mistake.case_id},
                        {"cost", mistake.cost.to_string()}});
  MarksJson cases = MarksJson::array();
  for (const ScoredCase& one : score.cases)
    cases.push_back({chat::to_string(one.role), one.id, to_string(one.verdict), one.code});
  return {{"id", score.id},
          {"student", score.student},
          {"key", score.key},
          {"language", score.language},
          {"files", score.files},
          {"total", score.total ? MarksJson(score.total->to_string()) : MarksJson()},
          {"why_not", score.why_not},
          {"remark", score.remark},
          {"parts", std::move(parts)},
          {"mistakes", std::move(mistakes)},
          {"cases", std::move(cases)},
          {"flaky", score.flaky}};
}

// Exceptions of the library, and of these, become one error where a line is read.
struct UnknownWord : std::exception {};

template <typename Value>
Value known(std::optional<Value> value) {
  if (!value) throw UnknownWord();
  return *std::move(value);
}

Role role_of(const MarksJson& word) {
  return known(chat::parse_role(word.get<std::string>()));
}

Points points_in(const MarksJson& text) {
  return known(Points::parse(text.get<std::string>()));
}

ClassMarks read_head(const MarksJson& line) {
  if (line.at("marks") != kMarksFormat) throw UnknownWord();
  ClassMarks marks{.chatspec = line.at("chatspec"),
                   .suite = line.at("suite"),
                   .seed = line.at("seed"),
                   .settings = line.at("settings")};
  for (const MarksJson& part : line.at("parts"))
    marks.parts.push_back(
        {role_of(part.at("role")), part.at("cases"), points_in(part.at("points"))});
  for (const MarksJson& one : line.at("played"))
    marks.played.insert({role_of(one.at(0)), one.at(1)});
  return marks;
}

Score read_score(const MarksJson& line) {
  Score score{.id = line.at("id"),
              .student = line.at("student"),
              .key = line.at("key"),
              .language = line.at("language"),
              .files = line.at("files"),
              .why_not = line.at("why_not"),
              .remark = line.at("remark"),
              .flaky = line.at("flaky")};
  if (!line.at("total").is_null()) score.total = points_in(line.at("total"));
  for (const MarksJson& earned : line.at("parts")) score.parts.push_back(points_in(earned));
  for (const MarksJson& mistake : line.at("mistakes"))
    score.mistakes.push_back({.role = role_of(mistake.at("role")),
                              .root = mistake.at("root"),
                              .sentence = mistake.at("sentence"),
                              .requirement = mistake.at("requirement"),
                              .case_id = mistake.at("case"),
                              .cost = points_in(mistake.at("cost"))});
  for (const MarksJson& one : line.at("cases"))
    score.cases.push_back({role_of(one.at(0)), one.at(1),
                           known(parse_verdict(one.at(2).get<std::string>())), one.at(3)});
  return score;
}

}  // namespace

std::string write_class_marks(const ClassMarks& marks) {
  std::string text = marks_line(write_head(marks));
  for (const Score& score : marks.scores) text += marks_line(write_score(score));
  return text;
}

std::expected<ClassMarks, std::string> read_class_marks(std::string_view text) {
  ClassMarks marks;
  std::size_t number = 1;
  try {
    for (; number == 1 || !text.empty(); ++number) {
      const MarksJson line = MarksJson::parse(chat::take_line(text));
      if (number == 1)
        marks = read_head(line);
      else
        marks.scores.push_back(read_score(line));
    }
  } catch (const std::exception&) {
    return std::unexpected(fmt::format(
        "line {}: expected marks as this version of `chatspec grade` writes them", number));
  }
  return marks;
}

}  // namespace chatspec
