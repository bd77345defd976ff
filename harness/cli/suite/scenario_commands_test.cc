// chatspec fmt and lint, as their users meet them.

#include <filesystem>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/cli/cli_test_support.h"
#include "harness/report/tests/json_schema.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

TEST(Fmt, LeavesAFileThatItCannotReplaceAsItWas) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario a  title\ncovers HELLO-2\nrole server\n"
                                        "C: HELLO\nS: 260 OK\n");
  const std::string before = folder.content("x.chat");
  fs::create_directory(folder.at("x.chat.new"));
  const Outcome outcome = chatspec("fmt " + path);
  EXPECT_EQ(outcome.status, 3) << outcome.output;
  EXPECT_NE(outcome.output.find("x.chat.new: cannot write it: it exists"), std::string::npos)
      << outcome.output;
  EXPECT_EQ(folder.content("x.chat"), before);
}

TEST(Fmt, KeepsALinkAndTheRightsOfAFile) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario a title\ncovers HELLO-2\nrole server\n"
                                        "C: HELLO\nS: 260 OK\n");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path, folder.at("link.chat"));
  const Outcome outcome = chatspec("fmt " + folder.at("link.chat"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(folder.content("x.chat").starts_with("scenario  a title\n"));
  EXPECT_TRUE(fs::is_symlink(folder.at("link.chat")));
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Fmt, ReadsStandardInputAndChecks) {
  const Folder folder;
  const std::string path = folder.write("x.chat", "scenario t\nC:   HELLO | split 1\n");
  const Outcome formatted = chatspec("fmt - < " + path);
  EXPECT_EQ(formatted.status, 0);
  EXPECT_EQ(formatted.output, "scenario  t\nC: HELLO                 | split 1\n");
  EXPECT_EQ(chatspec("fmt --check - < " + path).status, 1);
  const Outcome missing = chatspec("fmt --check " + path);
  EXPECT_EQ(missing.status, 4) << missing.output;  // it covers nothing, so it is no scenario yet
}

TEST(Fmt, ShowsWhatWouldChange) {
  const Folder folder;
  folder.write("x.chat", "scenario t\nC:   HELLO\n");
  const Outcome diff = chatspec("fmt --check --diff - < " + folder.at("x.chat"));
  EXPECT_EQ(diff.status, 1);
  EXPECT_EQ(diff.output,
            "--- standard input\n+++ standard input\n@@ -1,2 +1,2 @@\n-scenario t\n-C:   HELLO\n"
            "+scenario  t\n+C: HELLO\n");
}

TEST(Lint, TellsWhatIsWrongAsJson) {
  const Folder folder;
  folder.write("x/wrong.chat", "scenario  t\ncovers    STATE-4\nrole      server\n\nS: <clsoe>\n");
  const Outcome wrong = chatspec("lint --json " + folder.at("x"), "2>/dev/null");
  EXPECT_EQ(wrong.status, 4);
  const auto finding = nlohmann::json::parse(wrong.output);
  EXPECT_EQ(finding.at("code"), "unknown-item");
  EXPECT_EQ(finding.at("line"), 5);
  EXPECT_EQ(finding.at("severity"), "error");
}

TEST(Lint, WritesWhatIsWrongAsSarifAtItsPlace) {
  const Folder folder;
  folder.write("x/wrong.chat",
               "scenario  t\ncovers    STATE-4\nrole      server\n\nS: <clsoe>\nS: <clsoe>\n");
  folder.write("x/right.chat",
               "scenario  t\ncovers    STATE-4\nrole      server\n\nC: QUIT\nS: <close>\n");
  const Outcome wrong = chatspec("lint " + folder.at("x") + " --sarif " + folder.at("sarif"));
  EXPECT_EQ(wrong.status, 4) << wrong.output;
  const auto sarif = nlohmann::json::parse(folder.content("sarif"));
  const auto& results = sarif.at("runs").at(0).at("results");
  ASSERT_EQ(results.size(), 2U) << sarif;
  std::set<std::string> fingerprints;
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(results[i].at("ruleId"), "unknown-item");
    const auto& place = results[i].at("locations").at(0).at("physicalLocation");
    EXPECT_TRUE(
        place.at("artifactLocation").at("uri").get<std::string>().ends_with("x/wrong.chat"));
    EXPECT_EQ(place.at("region").at("startLine"), 5 + i);
    EXPECT_EQ(place.at("region").at("startColumn"), 4);
    fingerprints.insert(
        results[i].at("partialFingerprints").at("primaryLocationLineHash").get<std::string>());
  }
  EXPECT_EQ(fingerprints.size(), 2U);
  const JsonSchema schema(load_schema_file("harness/report/formats/tests/sarif.schema.json"));
  EXPECT_EQ(schema.find_violation(sarif), "");
  const Outcome right = chatspec("lint " + folder.at("x/right.chat") + " --sarif -", "2>/dev/null");
  EXPECT_EQ(right.status, 0);
  EXPECT_EQ(nlohmann::json::parse(right.output).at("runs").at(0).at("results").size(), 0U);
}

}  // namespace
}  // namespace chatspec
