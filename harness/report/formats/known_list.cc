#include "harness/report/formats/known_list.h"

#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "harness/report/attempts_report.h"
#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

std::string as_one_word(std::string name) {
  for (char& c : name) {
    if (c == ' ') c = '*';
  }
  if (name.starts_with('#')) name.front() = '*';
  return name;
}

// Whether it fails at times only, as far as this run and those before it say.
bool is_flaky(const CaseRecord& played) {
  return count_plays(played).is_flaky() || (played.is_known() && played.known->is_flaky);
}

void write_failures(std::span<const ResultSuite> suites, bool flaky_ones, ReportText& out) {
  std::set<std::pair<std::string, std::string>> told;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      if (!result.played || !is_failure(result.played->verdict) || !result.played->failure)
        continue;
      if (is_flaky(*result.played) != flaky_ones) continue;
      const std::string code = as_one_word(as_plain_name(result.played->failure->code));
      if (code.empty()) continue;
      if (!told.emplace(result.name, code).second) continue;
      const std::string& reason =
          result.played->is_known() ? result.played->known->reason : result.message;
      out.add(
          fmt::format("{:<40} {:<20} {}\n", as_one_word(result.name), code, as_plain_name(reason)));
    }
  }
}

}  // namespace

void write_known_list(std::span<const ResultSuite> suites, ReportText& out) {
  out.add(
      "# Cases that are known to fail: name, failure code, reason. chatspec run --known FILE\n"
      "# plays them, and fails where one comes otherwise. Say in each line why it is so.\n");
  write_failures(suites, false, out);
}

void write_known_flaky_list(std::span<const ResultSuite> suites, ReportText& out) {
  out.add(
      "# Cases that are known to fail at times: name, failure code, reason.\n"
      "# chatspec run --known-flaky FILE plays them, and fails where one fails otherwise.\n");
  write_failures(suites, true, out);
}

}  // namespace chatspec
