#include "harness/report/formats/ctrf.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/attempts_report.h"
#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;

std::string_view ctrf_status(Status status) {
  switch (status) {
    case Status::kPassed:
    case Status::kDeviates:
      return "passed";
    case Status::kFailed:
      return "failed";
    case Status::kSkipped:
      return "skipped";
    case Status::kError:
      break;
  }
  return "other";
}

// The number that so many digits at this place make; nothing where there are other characters.
std::optional<unsigned> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  unsigned value = 0;
  const char* end = text.data() + at + count;
  const auto read = std::from_chars(text.data() + at, end, value);
  return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

// Milliseconds since 1970 of a time as logs have it, 2026-01-31T12:00:00Z; 0 where it is none.
std::int64_t parse_start(std::string_view start) {
  if (start.size() != 20) return 0;
  const auto year = digits_at(start, 0, 4);
  const auto month = digits_at(start, 5, 2);
  const auto day = digits_at(start, 8, 2);
  const auto hour = digits_at(start, 11, 2);
  const auto minute = digits_at(start, 14, 2);
  const auto second = digits_at(start, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return 0;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return 0;
  const auto time = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                    std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::int64_t as_milliseconds(std::uint64_t microseconds) {
  return static_cast<std::int64_t>(microseconds / 1000);
}

// The path of suites in which a test stands.
Json path_of(const ResultSuite& suite, const Result& result) {
  Json path = Json::array({suite.name});
  if (!result.chapter.empty()) path.push_back(result.chapter);
  return path;
}

Json plain_list(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& word : words) list.push_back(as_plain_line(word));
  return list;
}

void add_case_fields(Json& test, const CaseRecord& played) {
  if (!scenario_path_of(played).empty()) {
    test["filePath"] = as_plain_line(scenario_path_of(played));
    test["line"] = played.line;
  }
  if (!played.attempts.empty()) {
    test["retries"] = played.attempts.size() - 1;
    test["flaky"] = count_plays(played).is_flaky();
  }
  if (!played.tags.empty()) test["tags"] = plain_list(played.tags);
  Json& extra = test["extra"];
  extra["title"] = as_plain_line(played.title);
  extra["level"] = as_plain_line(played.level);
  extra["requirements"] = plain_list(played.requirements);
  if (played.failure && played.failure->cause)
    extra["cause"] = as_plain_line(played.failure->cause->id);
}

Json make_test(const ResultSuite& suite, const Result& result) {
  Json test{{"name", result.name},
            {"status", ctrf_status(result.status)},
            {"duration", as_milliseconds(result.duration_us)},
            {"suite", path_of(suite, result)},
            {"rawStatus", result.verdict}};
  if (!result.message.empty()) test["message"] = result.message;
  const std::string explanation = explain_result(suite, result);
  if (!explanation.empty()) test["trace"] = explanation;
  if (result.played) add_case_fields(test, *result.played);
  if (!result.code.empty()) test["extra"]["code"] = result.code;
  return test;
}

Json make_summary(std::span<const ResultSuite> suites) {
  std::size_t tests = 0;
  std::map<std::string_view, std::size_t> counts;
  std::set<std::string> paths;
  std::int64_t start = 0;
  std::int64_t stop = 0;
  for (const ResultSuite& suite : suites) {
    tests += suite.results.size();
    for (const Result& result : suite.results) {
      ++counts[ctrf_status(result.status)];
      paths.insert(path_of(suite, result).dump());
    }
    const std::int64_t begin = parse_start(suite.run.start);
    start = start == 0 ? begin : std::min(start, begin);
    stop = std::max(stop, begin + as_milliseconds(suite.duration_us));
  }
  Json summary{{"tests", tests}};
  for (const char* status : {"passed", "failed", "skipped", "pending", "other"})
    summary[status] = counts[status];
  summary["suites"] = paths.size();
  summary["start"] = start;
  summary["stop"] = stop;
  return summary;
}

Json describe_run(const ResultSuite& suite) {
  const RunRecord& run = suite.run;
  return {{"name", suite.name},
          {"role", chat::to_string(run.role)},
          {"profile", as_plain_line(run.profile.name)},
          {"delivery", as_plain_line(run.delivery)},
          {"isolation", as_plain_line(run.isolation)},
          {"seed", run.seed},
          {"suite", as_plain_line(run.suite)}};
}

}  // namespace

// A test in a line, and never all of them as objects at once: there may be very many.
void write_ctrf(std::span<const ResultSuite> suites, ReportText& out) {
  const Json tool{{"name", "chatspec"}, {"version", CHATSPEC_VERSION}};
  Json extra{{"runs", Json::array()}};
  out.add(fmt::format(R"({{"reportFormat":"CTRF","specVersion":"0.0.0","generatedBy":"chatspec {}",
"results":{{"tool":{},
"summary":{},
"tests":[
)",
                      CHATSPEC_VERSION, tool.dump(), make_summary(suites).dump()));
  bool is_first = true;
  for (const ResultSuite& suite : suites) {
    extra["runs"].push_back(describe_run(suite));
    for (const Result& result : suite.results)
      out.add((std::exchange(is_first, false) ? "" : ",\n") + make_test(suite, result).dump());
  }
  out.add(fmt::format("\n],\n\"extra\":{}}}}}\n", extra.dump()));
}

}  // namespace chatspec
