// Every argument and every kind of file, wrong one at a time: the program says so and ends with
// status 2 (CLI-3, FILE-6).

#include "reference/program/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/program/child.h"
#include "reference/signature.h"

namespace chat {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Files that are well formed, and some that are not.
struct Files {
  TestFolder folder;
  std::string keys = folder.write("keys", "k\n");
  std::string messages = folder.write("messages", "6\nhello\n");
  std::string signatures = folder.write("signatures", sha256_hex("hellok") + "\n");
  std::string empty = folder.write("empty", "");
  std::string missing = folder.at("missing");
  std::string a_folder = folder.at(".");
};

struct CommandRow {
  std::vector<std::string> arguments;
  std::string error;
};

void expect_errors(const Files& files, std::string_view program,
                   const std::vector<CommandRow>& rows) {
  for (const CommandRow& row : rows) {
    const Ended ended = run(program, row.arguments, files.folder);
    EXPECT_EQ(ended.status, kExitUsage) << row.error;
    EXPECT_THAT(ended.errors, StartsWith(std::string(program) + ": "));
    EXPECT_THAT(ended.errors, HasSubstr(row.error));
  }
}

TEST(ParsePortTest, APortIsADecimalNumberInItsRange) {
  EXPECT_EQ(parse_port("0", 0), 0);
  EXPECT_EQ(parse_port("65535", 1), 65535);
  EXPECT_EQ(parse_port("080", 1), 80);
  for (const std::string_view bad :
       {"", "0", "65536", "-1", "+1", " 1", "1 ", "0x1", "abc", "99999999999999"}) {
    EXPECT_FALSE(parse_port(bad, 1).has_value()) << bad;
  }
  EXPECT_EQ(parse_port("70000", 1).error(),
            R"(expected a port, a number from 1 to 65535; found "70000")");
}

TEST(CommandLineTest, AServerSaysWhatIsWrongWithItsArguments) {
  const Files f;
  expect_errors(
      f, "chat-server",
      {
          {{}, "port is required"},
          {{"0"}, "key-file is required"},
          {{"0", f.keys, "more"}, R"(unexpected argument "more")"},
          {{"", f.keys}, R"(expected a port, a number from 0 to 65535; found "")"},
          {{"abc", f.keys}, R"(found "abc")"},
          {{"70000", f.keys}, R"(found "70000")"},
          {{"-1", f.keys}, R"(found "-1")"},
          {{"0", f.missing}, "missing: cannot be read: No such file or directory"},
          {{"0", f.a_folder}, "cannot be read: Is a directory"},
          {{"0", f.empty}, "empty: expected a key per line; found an empty file"},
          {{"0", f.keys, "--proflie", "line"},
           R"(unknown option "--proflie"; did you mean "--profile"?)"},
          {{"0", f.keys, "--profile=lime"}, R"(did you mean "line"?)"},
          {{"0", f.keys, "--profile", f.keys}, R"(keys:1: unknown setting "k")"},
          {{"0", f.keys, "--address", "nowhere"}, R"(expected a numeric address; found "nowhere")"},
          {{"0", f.keys, "--idle-timeout", "soon"}, "--idle-timeout: "},
          {{"0", f.keys, "--unit-pause", "-1"}, "--unit-pause: "},
          {{"0", f.keys, "--max-unit", "0"}, "--max-unit: "},
          {{"0", f.keys, "--max-message", "-1"}, "--max-message"},
      });
}

TEST(CommandLineTest, AClientSaysWhatIsWrongWithItsArguments) {
  const Files f;
  const std::string lengths = f.folder.write("lengths", "6\nhello\nyou\n");
  const std::string digits = f.folder.write("digits", "abc\n");
  const std::string two = f.folder.write("two", sha256_hex("a") + "\n" + sha256_hex("b") + "\n");
  expect_errors(
      f, "chat-client",
      {
          {{}, "server-name is required"},
          {{"localhost"}, "port is required"},
          {{"localhost", "1"}, "message-file is required"},
          {{"localhost", "1", f.messages}, "signature-file is required"},
          {{"localhost", "1", f.messages, f.signatures, "more"}, R"(unexpected argument "more")"},
          {{"", "1", f.messages, f.signatures}, "expected the name of a server"},
          {{"localhost", "0", f.messages, f.signatures}, R"(a number from 1 to 65535; found "0")"},
          {{"localhost", "", f.messages, f.signatures}, R"(found "")"},
          {{"localhost", "-1", f.messages, f.signatures}, R"(found "-1")"},
          {{"localhost", "1", f.missing, f.signatures}, "missing: cannot be read"},
          {{"localhost", "1", f.messages, f.missing}, "missing: cannot be read"},
          {{"localhost", "1", lengths, f.signatures},
           "lengths:3: expected the length of a message"},
          {{"localhost", "1", f.messages, digits}, "digits:1: expected a signature of 64"},
          {{"localhost", "1", f.messages, two},
           "two: expected a signature for each of the 1 messages"},
          {{"localhost", "1", f.messages, f.empty}, "found 0"},
          {{"localhost", "1", f.messages, f.signatures, "--keep"}, R"(unknown option "--keep")"},
      });
}

TEST(CommandLineTest, HelpAndVersionGoToStandardOutput) {
  for (const std::string program : {"chat-server", "chat-client"}) {
    const TestFolder folder;
    Child help(program, {"--help"}, folder.at("help"));
    EXPECT_EQ(help.wait().status, 0);
    EXPECT_THAT(help.output(), HasSubstr("Exit status:"));
    Child version(program, {"--version"}, folder.at("version"));
    EXPECT_EQ(version.wait().status, 0);
    EXPECT_EQ(version.output(), program + " " + CHATSPEC_VERSION + "\n");
  }
}

TEST(CommandLineTest, AServerThatCannotBeReachedIsSaid) {
  const Files f;
  // Nothing listens on port 1 of this address of the loopback network.
  const Ended ended = run("chat-client", {"127.9.9.9", "1", f.messages, f.signatures}, f.folder);
  EXPECT_EQ(ended.status, kExitConnection);
  EXPECT_THAT(ended.errors, HasSubstr("127.9.9.9:1: cannot connect: Connection refused"));
}

}  // namespace
}  // namespace chat
