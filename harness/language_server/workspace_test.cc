#include "harness/language_server/workspace.h"

#include <gtest/gtest.h>

#include "harness/language_server/tests/fake_files.h"

namespace chatspec::language_server {
namespace {

std::string scenario_that_needs(std::string_view id) {
  return "scenario  t\ncovers    HELLO-2\nrole      server\n" +
         (id.empty() ? std::string() : "needs     " + std::string(id) + "\n") +
         "\nC: HELLO\nS: 260 OK\n";
}

std::vector<std::string> codes(const std::vector<Diagnostic>& findings) {
  std::vector<std::string> all;
  for (const Diagnostic& one : findings) all.emplace_back(entry_of(one.code).word);
  return all;
}

using Codes = std::vector<std::string>;

class WorkspaceOfFiles : public ::testing::Test {
 protected:
  Codes check(const std::string& uri) {
    return codes(workspace_.check(*workspace_.find_open(uri)));
  }

  FakeFiles files_;
  Workspace workspace_{files_, "/suite"};
};

TEST_F(WorkspaceOfFiles, FindsWhatIsNeededBesideTheChapterBeforeTheSuite) {
  files_.content["/mine/end/x.chat"] = scenario_that_needs("");
  files_.content["/suite/end/x.chat"] = scenario_that_needs("");
  workspace_.open("file:///mine/state/a.chat", scenario_that_needs("end/x"));
  workspace_.open("untitled:a", scenario_that_needs("end/x"));
  const auto found_from = [&](const char* uri) {
    return workspace_.find_scenario("end/x", *workspace_.find_open(uri))->path.string();
  };
  EXPECT_EQ(found_from("file:///mine/state/a.chat"), "/mine/end/x.chat");
  EXPECT_EQ(found_from("untitled:a"), "/suite/end/x.chat");
}

TEST_F(WorkspaceOfFiles, FindsNothingByWhatIsNoId) {
  files_.content["/secret.chat"] = scenario_that_needs("");
  workspace_.open("file:///mine/state/a.chat", scenario_that_needs("../secret"));
  const Document& open = *workspace_.find_open("file:///mine/state/a.chat");
  EXPECT_EQ(workspace_.find_scenario("../secret", open), nullptr);
  EXPECT_EQ(workspace_.find_scenario("/secret", open), nullptr);
}

TEST_F(WorkspaceOfFiles, TellsOfACircleWhereItIsClosed) {
  files_.content["/mine/state/b.chat"] = scenario_that_needs("state/c");
  workspace_.open("file:///mine/state/a.chat", scenario_that_needs("state/b"));
  workspace_.open("file:///mine/state/c.chat", scenario_that_needs("state/a"));
  EXPECT_EQ(check("file:///mine/state/a.chat"), Codes{});
  EXPECT_EQ(check("file:///mine/state/c.chat"), Codes{"circular-needs"});
  workspace_.open("file:///mine/state/a.chat", scenario_that_needs("state/a"));
  EXPECT_EQ(check("file:///mine/state/a.chat"), Codes{"circular-needs"});
}

TEST_F(WorkspaceOfFiles, ReadsAFileAgainOnlyWhereItMayHaveChanged) {
  workspace_.add_folder("/other");
  workspace_.open("file:///mine/state/a.chat", scenario_that_needs("end/x"));
  EXPECT_EQ(check("file:///mine/state/a.chat"), Codes{"unknown-scenario"});
  files_.content["/other/deep/end/x.chat"] = scenario_that_needs("");
  EXPECT_EQ(check("file:///mine/state/a.chat"), Codes{"unknown-scenario"});
  workspace_.forget_files();
  EXPECT_EQ(check("file:///mine/state/a.chat"), Codes{});
}

}  // namespace
}  // namespace chatspec::language_server
