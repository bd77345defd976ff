#include "harness/cli/run/run_plan.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

const std::string kServer = "true {port} {keys}";

RunArguments for_server(const std::string& command = kServer) {
  RunArguments arguments;
  arguments.server = command;
  return arguments;
}

// Where the arguments are not wrong.
RunPlan plan(const RunArguments& arguments) {
  auto made = make_plan(arguments);
  EXPECT_TRUE(made) << (made ? "" : made.error());
  return made ? *std::move(made) : RunPlan{};
}

std::string mistake(const RunArguments& arguments) {
  const auto made = make_plan(arguments);
  return made ? "none" : made.error();
}

TEST(RunPlan, OfAProgramKnowsItsRoleWordsAndName) {
  const RunPlan server = plan(for_server());
  EXPECT_EQ(server.options.role, Role::kServer);
  EXPECT_EQ(server.argv, (std::vector<std::string>{"true", "{port}", "{keys}"}));
  EXPECT_EQ(server.name, "true");
  RunArguments arguments;
  arguments.client = "true {host} {port} {messages} {signatures}";
  EXPECT_EQ(plan(arguments).options.role, Role::kClient);
}

TEST(RunPlan, NamesAProgramAsThoseWhoKnowItDo) {
  for (const auto& [words, name] :
       {std::pair("/bin/sh -e /bin/true {port} {keys}", "true"),
        std::pair("/bin/sh {port} {keys}", "sh"), std::pair("/bin/true {port} {keys}", "true")}) {
    EXPECT_EQ(plan(for_server(words)).name, name) << words;
  }
  RunArguments named = for_server();
  named.name = "submission 17";
  EXPECT_EQ(plan(named).name, "submission 17");
}

TEST(RunPlan, OfARemoteServerHasItsAddressKeysAndOneJob) {
  const Folder folder;
  RunArguments arguments;
  arguments.remote = "localhost:99";
  arguments.remote_keys = folder.write("keys", "one\ntwo\n");
  const RunPlan remote = plan(arguments);
  ASSERT_TRUE(remote.remote);
  EXPECT_EQ(remote.remote->host, "localhost");
  EXPECT_EQ(remote.options.remote_keys, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(remote.options.jobs, 1U);
  EXPECT_FALSE(remote.program);
  arguments.jobs = 3;
  EXPECT_EQ(plan(arguments).options.jobs, 3U) << "unless that is asked for";
}

TEST(RunPlan, WaitsForSilenceNoLongerThanForAnAnswer) {
  RunArguments arguments = for_server();
  arguments.deadline_s = 0.1;
  const Patience patience = plan(arguments).patience;
  EXPECT_EQ(patience.answer, std::chrono::milliseconds(100));
  EXPECT_EQ(patience.silence, std::chrono::milliseconds(100));
  EXPECT_GT(patience.start, patience.answer);
  EXPECT_EQ(patience.whole, std::chrono::minutes(1));
  arguments.silence_s = 0.2;
  EXPECT_EQ(mistake(arguments), "--silence: 0.2 s are more than the --deadline of 0.1 s");
}

TEST(RunPlan, TakesTheSeedThatIsGivenAndElseAFreshOne) {
  RunArguments arguments = for_server();
  EXPECT_NE(plan(arguments).options.seed, plan(arguments).options.seed);
  arguments.seed = 7;
  EXPECT_EQ(plan(arguments).options.seed, 7U);
}

TEST(RunPlan, CutsOnlyWhereAProfileHasUnitsThatCanBeCut) {
  RunArguments arguments = for_server();
  arguments.delivery = "cuts";
  EXPECT_EQ(plan(arguments).options.segmentation, Segmentation::kCuts);
  arguments.profile = "bare";
  EXPECT_TRUE(mistake(arguments).starts_with("--delivery cuts: in the profile bare"))
      << mistake(arguments);
}

TEST(RunPlan, BeginsAMistakeWithTheOptionThatIsWrong) {
  EXPECT_TRUE(mistake({}).starts_with("nothing to test")) << mistake({});
  EXPECT_TRUE(mistake(for_server("true {port}")).starts_with("--server: "));
  RunArguments remote;
  remote.remote = "nowhere";
  EXPECT_TRUE(mistake(remote).starts_with("--connect: "));
  remote.remote = "localhost:1";
  remote.remote_keys = "/no/such";
  EXPECT_TRUE(mistake(remote).starts_with("--keys: /no/such: "));
  RunArguments folder = for_server("./server {port} {keys}");
  folder.folder = "/no/such";
  EXPECT_TRUE(mistake(folder).starts_with("--folder: ")) << mistake(folder);
  RunArguments readable = for_server();
  readable.readable = {"/etc"};
  EXPECT_TRUE(mistake(readable).starts_with("--readable: "));
  RunArguments limited = for_server();
  limited.memory_bytes = std::uint64_t{1} << 30;
  EXPECT_TRUE(mistake(limited).starts_with("--memory: only")) << "no sandbox";
  limited.isolation = "sandbox";
  EXPECT_EQ(mistake(limited), "none");
  limited.memory_bytes = 512;
  EXPECT_TRUE(mistake(limited).starts_with("--memory: expected at least 16M"));
}

TEST(RunPlan, StartsAProgramInACopyOfItsFolder) {
  const Folder folder;
  folder.write("server.sh", "exit\n");
  RunArguments arguments = for_server("sh server.sh {port} {keys}");
  arguments.folder = folder.at("");
  const RunPlan made = plan(arguments);
  ASSERT_TRUE(made.program && made.program->folder);
  EXPECT_EQ(made.program->command.words().at(1), "server.sh") << "as it is, within the folder";
  EXPECT_NE(made.program->folder->path(), folder.at(""));
  arguments.server = "sh sevrer.sh {port} {keys}";
  EXPECT_TRUE(mistake(arguments).contains("did you mean \"server.sh\"?")) << mistake(arguments);
}

TEST(RunPlan, HidesTheSuiteAndTheLogFromAProgramInTheSandbox) {
  const Folder folder;
  RunArguments arguments = for_server();
  arguments.isolation = "sandbox";
  arguments.log = folder.at("log");
  const RunPlan made = plan(arguments);
  ASSERT_TRUE(made.program);
  const auto& hidden = made.program->sandbox.hidden;
  EXPECT_TRUE(std::ranges::count(hidden, std::filesystem::path(arguments.log)) > 0);
}

}  // namespace
}  // namespace chatspec
