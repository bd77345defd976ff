#include "harness/report/formats/known_list.h"

#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

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

}  // namespace

void write_known_list(std::span<const ResultSuite> suites, ReportText& out) {
  out.add(
      "# Cases that are known to fail: name, failure code, reason. chatspec run --known FILE\n"
      "# plays them, and fails where one comes otherwise. Say in each line why it is so.\n");
  std::set<std::pair<std::string, std::string>> told;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      if (!result.played || !is_failure(result.played->verdict) || !result.played->failure)
        continue;
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

}  // namespace chatspec
