#include "harness/report/reproduction/reproduction_command.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "reference/profile.h"
#include "reference/profile_settings.h"

namespace chatspec {
namespace {

RunRecord run_of(std::string profile) {
  RunRecord run{.argv = {{"python3"}, {"my server.py"}, {"{port}"}, {"$(id)"}}};
  run.profile.name = std::move(profile);
  run.delivery = "units";
  run.isolation = "isolated";
  run.seed = 7;
  return run;
}

std::string command_of(const RunRecord& run, const BuildRecord* build = nullptr,
                       const std::string& id = "stream/cut[3]") {
  const auto words = make_run_command(run, {.id = id}, build);
  return words ? fmt::format("{}", fmt::join(*words, " ")) : "";
}

TEST(ReproductionCommand, PlaysTheCaseWithTheSeedAndIsQuotedForAShell) {
  EXPECT_EQ(command_of(run_of("line")),
            "chatspec run 'stream/cut[3]' --seed 7 --server -- python3 'my server.py' {port} "
            "'$(id)'");
}

TEST(ReproductionCommand, HasTheOptionsOfTheRun) {
  RunRecord run = run_of("crlf");
  run.role = Role::kClient;
  run.delivery = "bytes";
  run.isolation = "sandbox";
  run.folder = "a b";
  const BuildRecord build{.command = "make && true"};
  EXPECT_EQ(command_of(run, &build, "a/b"),
            "chatspec run a/b --seed 7 --profile crlf --delivery bytes --isolation sandbox "
            "--folder 'a b' --build 'make && true' --client -- python3 'my server.py' {port} "
            "'$(id)'");
}

TEST(ReproductionCommand, NamesTheFilesOfAProfileAndOfKeys) {
  RunRecord run = run_of("spring");
  run.address = "example.org 7777";
  run.keys.emplace();
  EXPECT_EQ(command_of(run, nullptr, "a/b"),
            "chatspec run a/b --seed 7 --profile profile.txt --connect example.org:7777 --keys "
            "keys.txt");
}

TEST(ReproductionCommand, KnowsABuiltInProfileByAllOfItsSettings) {
  ProfileRecord profile{.name = "crlf"};
  for (const auto& [name, value] : chat::list_settings(*chat::find_profile("crlf")))
    profile.settings[name] = log_bytes(value);
  EXPECT_TRUE(is_builtin(profile));
  profile.settings["hello"] = log_bytes("EHLO");
  EXPECT_FALSE(is_builtin(profile));
  EXPECT_FALSE(is_builtin({.name = "spring"}));
}

TEST(ReproductionCommand, IsNotGivenWhereItCannotBeTyped) {
  RunRecord run = run_of("line");
  run.argv = {{"sh"}, {"-c"}, {"a\nb"}};
  EXPECT_EQ(command_of(run), "");
  run.argv = {{"sh"}, {"-c"}, log_bytes("so long that it was cut", 4)};
  EXPECT_EQ(command_of(run), "");
  run.argv.clear();
  EXPECT_EQ(command_of(run), "");
  EXPECT_EQ(command_of(run_of("line"), nullptr, "a\x1b[2J"), "");
}

TEST(ReproductionCommand, IsBrokenBetweenWords) {
  EXPECT_EQ(wrap_command({"aaa", "bbb", "ccc"}, 11), "aaa bbb ccc");
  EXPECT_EQ(wrap_command({"aaa", "bbb", "ccc"}, 10), "aaa bbb \\\n  ccc");
  EXPECT_EQ(wrap_command({"aaa", "bbbbbbbbbbbb", "c"}, 8), "aaa \\\n  bbbbbbbbbbbb \\\n  c");
}

}  // namespace
}  // namespace chatspec
