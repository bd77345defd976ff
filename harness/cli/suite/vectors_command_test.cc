// chatspec export-vectors, as its users meet it.

#include <filesystem>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;
using Json = nlohmann::json;

// Roles and ids of all tests in a folder.
std::set<std::string> exported(const Folder& folder, const std::string& name) {
  std::set<std::string> tests;
  for (const auto& entry : fs::directory_iterator(folder.at(name))) {
    const Json file = Json::parse(chat::content_of(entry.path()));
    for (const Json& group : file.value("groups", Json::array())) {
      for (const Json& test : group["tests"])
        tests.insert(file["role"].get<std::string>() + " " + test["id"].get<std::string>());
    }
  }
  return tests;
}

TEST(ExportVectors, TakesWhatIsSelected) {
  const Folder folder;
  const Outcome both =
      chatspec("export-vectors v handshake/server-waits handshake/client-waits verdict/pass",
               "2>&1", folder.at("."));
  EXPECT_EQ(both.status, 0) << both.output;
  EXPECT_EQ(both.output, "2 tests of servers, 2 of clients in v\n");
  EXPECT_EQ(exported(folder, "v"),
            (std::set<std::string>{"client handshake/client-waits", "client verdict/pass",
                                   "server handshake/server-waits", "server verdict/pass"}));

  const Outcome narrowed = chatspec(
      "export-vectors v --role server --tag core --requirement SIG --exclude 'signature/*' "
      "--level must",
      "2>&1", folder.at("."));
  EXPECT_EQ(narrowed.status, 0) << narrowed.output;
  const std::set<std::string> tests = exported(folder, "v");
  EXPECT_TRUE(tests.contains("server data/random-lines"));
  for (const std::string& test : tests) {
    EXPECT_TRUE(test.starts_with("server ")) << test;
    EXPECT_FALSE(test.starts_with("server signature/")) << test;
  }
  EXPECT_FALSE(fs::exists(folder.at("v/client-verdict.json")));
}

TEST(ExportVectors, WritesItsProfileSeedAndOwnScenarios) {
  const Folder folder;
  folder.write("mine/own.chat",
               "scenario  own\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n");
  const Outcome outcome =
      chatspec("export-vectors v mine/own.chat --profile crlf --seed 42", "2>&1", folder.at("."));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const Json file = Json::parse(folder.content("v/server-mine.json"));
  EXPECT_EQ(file["seed"], 42);
  EXPECT_EQ(file["profile"]["name"], "crlf");
  EXPECT_EQ(file["groups"][0]["tests"][0]["steps"][0]["bytes"], "HELLO\r\n");
}

TEST(ExportVectors, WithAServersKeysLeaveOutWhatCannotBeAskedOfIt) {
  const Folder folder;
  folder.write("keys.txt", "first\nsecond\n");
  const Outcome outcome =
      chatspec("export-vectors v signature/one-line lifecycle/server-status --keys keys.txt",
               "2>&1", folder.at("."));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("1 test left out; index.json names them and says why"))
      << outcome.output;
  EXPECT_EQ(exported(folder, "v"), std::set<std::string>{"server signature/one-line"});
  const Json index = Json::parse(folder.content("v/index.json"));
  EXPECT_EQ(index["keys_given"], true);
  EXPECT_EQ(index["left_out"][0]["id"], "lifecycle/server-status");
  const Json test = Json::parse(folder.content("v/server-signature.json"))["groups"][0]["tests"][0];
  EXPECT_EQ(test["keys"], (Json{"first", "second"}));
}

TEST(ExportVectors, SaysWhatIsWrongWithItsCommandLineAndWritesNothing) {
  struct Row {
    const char* arguments;
    int status;
    const char* said;
  };
  const Folder folder;
  folder.write("full/letter.txt", "dear");
  folder.write("keys.txt", "k\n");
  for (const Row& row : {
           Row{"", 4, "FOLDER is required"},
           Row{"''", 4, "no folder is named"},
           Row{"full", 4,
               "full: left as it is, because \"letter.txt\" in it is not of an earlier "
               "export: name a folder that is new, empty or an earlier export"},
           Row{"keys.txt", 4, "keys.txt: left as it is, because it is no folder"},
           Row{"new handshake/helo", 5, "did you mean handshake/hello?"},
           Row{"new --tag cor", 5, "did you mean core?"},
           Row{"new handshake/server-waits --role client", 5, "is for servers"},
           Row{"new --profile lin", 4, "did you mean \"line\"?"},
           Row{"new --profile auto", 4,
               "--profile: \"auto\" is neither line, crlf, bare nor a file"},
           Row{"new --role judge", 4, "--role"},
           Row{"new --seed -1", 4, "--seed"},
           Row{"new --max-bytes many", 4, "--max-bytes"},
           Row{"new handshake/hello --max-bytes 10", 5,
               "no test is left: the first, handshake/hello, is left out, because it is larger "
               "than 10 bytes"},
           Row{"new --keys nowhere", 4, "--keys: nowhere: cannot read it"},
           Row{"new --keys keys.txt --role client", 4,
               "--keys: these are a server's, and tests of clients are asked for"},
       }) {
    const Outcome outcome =
        chatspec("export-vectors " + std::string(row.arguments), "2>&1", folder.at("."));
    EXPECT_EQ(outcome.status, row.status) << row.arguments << "\n" << outcome.output;
    EXPECT_TRUE(outcome.says(row.said)) << row.arguments << "\n" << outcome.output;
    EXPECT_FALSE(fs::exists(folder.at("new"))) << row.arguments;
  }
  EXPECT_EQ(folder.content("full/letter.txt"), "dear");
}

}  // namespace
}  // namespace chatspec
