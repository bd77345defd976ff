// chatspec merge and chatspec diff, as their users meet them.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

TEST(Merge, MakesOneLogOfThePartsOfARun) {
  const Folder folder;
  const std::string program = server(kBin + "/chat-server");
  chatspec("run handshake/hello --seed 7 --log " + folder.at("one") + " " + program);
  chatspec("run quit/at-once --seed 7 --log " + folder.at("two") + " " + program);
  chatspec("run quit/at-once --seed 8 --log " + folder.at("other") + " " + program);
  const std::string parts = folder.at("one") + " " + folder.at("two");
  const Outcome merged = chatspec("merge " + parts + " -o " + folder.at("all"));
  EXPECT_EQ(merged.status, 0) << merged.output;
  EXPECT_EQ(merged.output, "");
  EXPECT_EQ(chatspec("merge " + parts).output, folder.content("all"));
  const Outcome report = chatspec("report -v " + folder.at("all"));
  EXPECT_EQ(report.status, 0) << report.output;
  EXPECT_TRUE(report.output.contains("2 cases, profile line")) << report.output;
  EXPECT_TRUE(report.output.contains("\n2 pass in ")) << report.output;

  const Outcome other = chatspec("merge " + folder.at("one") + " " + folder.at("other"));
  EXPECT_EQ(other.status, 4);
  EXPECT_TRUE(other.output.contains("other is not of the same run as ")) << other.output;
  EXPECT_TRUE(other.output.contains("its seed is \"8\" and not \"7\"")) << other.output;
  const Outcome twice = chatspec("merge " + folder.at("all") + " " + folder.at("two"));
  EXPECT_EQ(twice.status, 4);
  EXPECT_TRUE(twice.output.contains("quit/at-once is in ")) << twice.output;
  const Outcome over = chatspec("merge " + parts + " -o " + folder.at("one"));
  EXPECT_EQ(over.status, 4);
  EXPECT_TRUE(over.output.contains("--output and LOG both name ")) << over.output;
}

TEST(Merge, SaysThatAPartDidNotEnd) {
  const Folder folder;
  chatspec("run handshake/hello --log " + folder.at("log") + " " + server(kBin + "/chat-server"));
  const std::string whole = folder.content("log");
  folder.write("unended", whole.substr(0, whole.find("{\"record\":\"end\"")));
  const Outcome outcome = chatspec("merge " + folder.at("unended") + " -o " + folder.at("all"));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.output.contains("the run is not whole")) << outcome.output;
  EXPECT_EQ(chatspec("report " + folder.at("all")).status, 2);
}

TEST(Diff, TellsByWordsAndStatusWhatGotWorse) {
  const Folder folder;
  const std::string run = "run handshake/hello verdict/fail --log ";
  chatspec(run + folder.at("good") + " " + server(kBin + "/chat-server"));
  chatspec(run + folder.at("bad") + " " + server(python("flawed/python/server.py")));
  const Outcome worse =
      chatspec("diff " + folder.at("good") + " " + folder.at("bad") + " --markdown " +
               folder.at("diff.md") + " --json " + folder.at("diff.json"));
  EXPECT_EQ(worse.status, 1);
  EXPECT_TRUE(worse.output.starts_with("began to fail:\n  verdict/fail  pass -> fail reply-text"))
      << worse.output;
  EXPECT_TRUE(worse.output.ends_with("\n1 began to fail, 1 as before\n")) << worse.output;
  EXPECT_TRUE(folder.content("diff.md").contains("something got worse"));
  EXPECT_TRUE(folder.content("diff.json").contains("\"worse\": true"));

  const Outcome mended = chatspec("diff " + folder.at("bad") + " " + folder.at("good"));
  EXPECT_EQ(mended.status, 0);
  EXPECT_TRUE(mended.output.starts_with("mended:\n  verdict/fail  fail reply-text"))
      << mended.output;
  const Outcome same = chatspec("diff " + folder.at("bad") + " " + folder.at("bad") + " --json -");
  EXPECT_EQ(same.status, 0);
  EXPECT_TRUE(same.output.contains("\"changes\": []")) << same.output;
}

TEST(Diff, OfALogThatIsNotWholeIsNotGood) {
  const Folder folder;
  chatspec("run handshake/hello --log " + folder.at("log") + " " + server(kBin + "/chat-server"));
  const std::string whole = folder.content("log");
  folder.write("unended", whole.substr(0, whole.find("{\"record\":\"end\"")));
  const Outcome outcome = chatspec("diff " + folder.at("log") + " " + folder.at("unended"));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(outcome.output.starts_with("note: the newer log, chat-server: the run did not end"))
      << outcome.output;
  EXPECT_EQ(chatspec("diff " + folder.at("log") + " " + folder.at("none")).status, 4);
}

}  // namespace
}  // namespace chatspec
