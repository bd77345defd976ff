// chatspec explain and the words of profiles, as users meet them.

#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"
#include "harness/judge/findings/verdict.h"

namespace chatspec {
namespace {

using namespace testing_cli;

TEST(Explain, KnowsTheCodesOfFailures) {
  EXPECT_EQ(chatspec("explain not-closed").output,
            "not-closed (hang)\nit leaves the connection open\n");
}

TEST(Explain, KnowsCauses) {
  EXPECT_EQ(chatspec("explain letter-case").output,
            "letter-case (a cause)\nonly upper and lower case differ\n");
  const Outcome unknown = chatspec("explain leter-case");
  EXPECT_EQ(unknown.status, 4);
  EXPECT_TRUE(unknown.output.contains("did you mean \"letter-case\"?")) << unknown.output;
}

TEST(Explain, ShowsAllOfAKind) {
  const std::string failures = chatspec("explain --kind failure").output;
  EXPECT_TRUE(failures.contains("not-closed (hang)\nit leaves the connection open\n")) << failures;
  EXPECT_FALSE(failures.contains("letter-case")) << failures;
  const std::string causes = chatspec("explain --kind cause --json").output;
  EXPECT_TRUE(causes.contains(R"({"id":"letter-case","kind":"cause",)")) << causes;
  EXPECT_EQ(chatspec("explain --kind requirement").output, chatspec("explain").output);
  EXPECT_EQ(chatspec("explain --kind cause not-closed").status, 4);
}

TEST(Explain, KnowsWhatLintFinds) {
  EXPECT_EQ(chatspec("explain must-be-quoted").output,
            "must-be-quoted (what lint finds in a scenario)\n"
            "a character that stands in strings only\n");
}

TEST(Explain, KnowsVerdictsInTheWordsOfTheGuide) {
  const std::string guide =
      chat::content_of(std::string(CHATSPEC_SOURCE_DIR) + "/docs/guide/judging.md");
  for (const VerdictWord& one : kVerdicts) {
    EXPECT_TRUE(guide.contains(fmt::format("| `{}` | {} |", one.word, one.meaning))) << one.word;
    EXPECT_EQ(chatspec(fmt::format("explain {}", one.word)).output,
              fmt::format("{} (a verdict)\n{}\n", one.word, one.meaning));
  }
}

TEST(Explain, AnswersAWordThatNobodyKnowsWithWhatThereIs) {
  const Outcome unknown = chatspec("explain xyzzy");
  EXPECT_EQ(unknown.status, 4);
  EXPECT_TRUE(unknown.output.contains("in families: ")) << unknown.output;
  EXPECT_LT(unknown.output.size(), 400U) << unknown.output;
}

TEST(Explain, ListsTheFamilyOfARequirement) {
  const Outcome family = chatspec("explain SIG");
  EXPECT_EQ(family.status, 0);
  EXPECT_TRUE(family.output.starts_with("SIG-1      must    ")) << family.output;
  EXPECT_FALSE(family.output.contains("ESC-1      ")) << family.output;
  const Outcome json = chatspec("explain --json SIG-1 not-closed");
  EXPECT_TRUE(json.output.starts_with(
      R"({"id":"SIG-1","kind":"requirement","level":"must","roles":["server"],)"))
      << json.output;
  EXPECT_TRUE(json.output.ends_with(R"({"id":"not-closed","kind":"failure","verdict":"hang",)"
                                    R"("meaning":"it leaves the connection open"})"
                                    "\n"))
      << json.output;
}

TEST(Profile, IsSpokenByEverythingThatShowsTheProtocol) {
  const Folder folder;
  const std::string path = folder.at("course.profile");
  std::ofstream(path) << "name course\nhello Moin\nescape %\nescaped \"%#\"\nterminator \"#\"\n"
                         "hash sha3-256\nkey-position before\nsignature-coding base64\n";
  const std::string option = " --profile " + path;
  const std::string sheet = chatspec("explain" + option).output;
  for (const std::string_view part :
       {"C: Moin\n", "    %%  for every  %\n", "    %#  for every  #\n", "\"#\", the terminator",
        "SHA3-256 of the key", "44 characters of base64", "s3cr3tfirst linesecond line",
        "i5kV2tfRoimJgiSZ8c5xQ4DUWdeoD1GuDwt5F8xojO4=", "Its first unit is `Moin`"})
    EXPECT_TRUE(sheet.contains(part)) << part << "\n" << sheet;
  EXPECT_FALSE(sheet.contains("`HELLO`"));
  EXPECT_TRUE(chatspec("explain HELLO-2" + option).output.contains("`Moin`"));
  EXPECT_TRUE(chatspec("list handshake" + option).output.contains("Moin is answered with 260 OK"));
  const std::string all = chatspec("list signature verdict").output;
  EXPECT_TRUE(all.contains("verdict/mixed-case"));
  EXPECT_FALSE(chatspec("list signature verdict" + option).output.contains("verdict/mixed-case"));
  EXPECT_TRUE(chatspec("lint" + option)
                  .output.contains("verdict/mixed-case is not played in the profile course\n"));
  std::ofstream(path) << "hash-join lf\n";
  for (const std::string command : {"explain", "list", "lint"})
    EXPECT_EQ(chatspec(command + option).status, 4) << command;
}

TEST(Profile, HasASheetOfItsOwnRepliesAndEscaping) {
  const Folder folder;
  const std::string path = folder.at("course.profile");
  std::ofstream(path) << "name course\nescape dot-stuffing\nsignature-position behind-reply\n"
                         "signature-coding upper-case-hex\npass-reply \"261 YES\"\n"
                         "fail-reply \"262 NO\"\nerror-reply \"500 ERR\"\n";
  const std::string sheet = chatspec("explain --profile " + path).output;
  for (const std::string_view part :
       {"S: 270 SIG 17911A1C77C819A24B27B1BCB206FEFCD8C8F7083E58FF7A470A2487CBAB4CC1\n",
        "S: 261 YES    (or 262 NO, to FAIL)\n", "sends \"500 ERR\" and closes",
        "begins with \".\" is sent with one more", "one unit, `270 SIG`, a blank and",
        "A to F in upper case", "`PASS` with `261 YES` and `FAIL` with `262 NO`",
        "the server sends `500 ERR` and closes"})
    EXPECT_TRUE(sheet.contains(part)) << part << "\n" << sheet;
  for (const std::string_view part :
       {"closes the connection without a reply", "are lower-case", "two units, `270"})
    EXPECT_FALSE(sheet.contains(part)) << part << "\n" << sheet;
  EXPECT_TRUE(chatspec("explain SIG-3 --profile " + path)
                  .output.contains("The digits `A` to `F` are upper-case."));
}

TEST(Profile, GetsAllItsMistakesToldAtOnce) {
  const Folder folder;
  const std::string path = folder.write("course.profile", "ok\ncolour red\nhash md6\n");
  const Outcome outcome = chatspec("explain --profile " + path);
  EXPECT_EQ(outcome.status, 4);
  for (const std::string place : {":1: ok", ":2: unknown", ":3: hash"})
    EXPECT_TRUE(outcome.output.contains(path + place)) << outcome.output;
}

}  // namespace
}  // namespace chatspec
