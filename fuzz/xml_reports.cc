// JUnit's XML, in both dialects: expat reads it, whatever the log holds, and finds the names and
// messages that were meant; the strict one has nothing that Jenkins refuses.

#include <expat.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fuzz/support/report_cases.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/report/formats/junit.h"

namespace chatspec::fuzz {
namespace {

// What expat finds in a report.
struct Found {
  bool is_strict = false;
  std::vector<std::string> names{};     // of testcases
  std::vector<std::string> messages{};  // of failures, errors and what was skipped
};

void take_element(void* data, const char* element, const char** attributes) {
  auto& found = *static_cast<Found*>(data);
  static const std::set<std::string_view> of_jenkins{"name", "time", "classname", "group"};
  const std::string_view name = element;
  for (; *attributes; attributes += 2) {
    const std::string_view attribute = attributes[0];
    if (name == "testcase" && found.is_strict)
      require(of_jenkins.contains(attribute), "Jenkins takes the attribute", attribute);
    if (name == "testcase" && attribute == "name") found.names.emplace_back(attributes[1]);
    if (attribute == "message") found.messages.emplace_back(attributes[1]);
  }
}

Found read_xml(const std::string& xml, bool is_strict) {
  Found found{.is_strict = is_strict};
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate(nullptr), &XML_ParserFree);
  XML_SetUserData(parser.get(), &found);
  XML_SetStartElementHandler(parser.get(), take_element);
  const auto status = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
  require(status == XML_STATUS_OK, "expat reads the report", xml);
  return found;
}

}  // namespace

void test_one(std::string_view input) {
  const ReportCases cases(input);
  for (const bool is_strict : {false, true}) {
    const std::string xml = report_of(is_strict ? write_strict_junit : write_junit, cases.suites());
    const Found found = read_xml(xml, is_strict);
    std::vector<std::string> names;
    std::vector<std::string> messages;
    for (const Result& result : cases.suites().front().results) {
      names.push_back(result.name);
      const bool has_reason =
          result.status != Status::kPassed && result.status != Status::kDeviates;
      if (has_reason) messages.push_back(result.message);
    }
    require(found.names == names, "names are read as they were meant", xml);
    require(found.messages == messages, "messages are read as they were meant", xml);
  }
}

}  // namespace chatspec::fuzz
