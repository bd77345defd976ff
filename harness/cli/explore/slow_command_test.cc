// chatspec slow, as its users meet it.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

class SlowCommandTest : public ::testing::Test {
 protected:
  Outcome slow(const std::string& words) const {
    return chatspec("slow --seed 7 " + words, "2>&1", folder_.at(""));
  }

  Folder folder_;
};

// With the cube of it, so that it shows however disturbed the measurements are.
TEST_F(SlowCommandTest, FindsWorkThatGrowsFasterThanItsInput) {
  folder_.write("server.py", R"(
import hashlib, socket, sys
keys = [line.strip() for line in open(sys.argv[2], 'rb')]
listener = socket.create_server(('0.0.0.0', int(sys.argv[1])))
connection, _ = listener.accept()
lines = connection.makefile('rb')
assert lines.readline() == b'HELLO\n'
connection.sendall(b'260 OK\n')
for key in keys:
    if lines.readline() != b'DATA\n':
        break
    text = []
    for line in lines:
        if line == b'.\n':
            break
        text.append(line[:-1])
    for _ in range(len(text) ** 3 // 6000000):
        pass
    text = b''.join(text)
    connection.sendall(b'270 SIG\n' + hashlib.sha256(text + key).hexdigest().encode() + b'\n')
    lines.readline()
    connection.sendall(b'260 OK\n')
)");
  const Outcome outcome =
      slow("--input lines --json slow.json --server 'python3 -E -S server.py {port} {keys}'");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("Its work grows faster than its input: lines of one byte.\n"))
      << outcome.output;
  EXPECT_FALSE(outcome.says("dots")) << outcome.output;
  EXPECT_TRUE(folder_.content("slow.json").contains("\"verdict\": \"faster\""));
}

// Also of a client; what closes early is not slow.
TEST_F(SlowCommandTest, SaysWhyNothingLargerCouldBeTried) {
  const Outcome client =
      slow("--time 20 --client 'sh -c \"exit 3\" {host} {port} {messages} {signatures}'");
  EXPECT_EQ(client.status, 5) << client.output;
  EXPECT_TRUE(client.says("Nothing could be measured.\n")) << client.output;
  EXPECT_TRUE(client.says("4,096 bytes in one line: ")) << client.output;
}

// Once, and not for each input.
TEST_F(SlowCommandTest, SaysWhyAServerCannotBeAsked) {
  const Outcome outcome = slow("--server 'sh -c \"echo no such key >&2; exit 3\" {port} {keys}'");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(
      outcome.says("4,096 bytes in one line: the process ended before it listened (exit status 3); "
                   "on standard error: \"no such key\\n\""))
      << outcome.output;
  EXPECT_FALSE(outcome.says("lines of one byte")) << outcome.output;
}

TEST_F(SlowCommandTest, EndsWithItsTime) {
  const Outcome outcome = slow("--time 0.01 " + server(kBin + "/chat-server"));
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_TRUE(outcome.says("the time was over.\n")) << outcome.output;
}

TEST_F(SlowCommandTest, RefusesWhatItCannotMeasure) {
  const auto refuses = [&](const std::string& words, const std::string& message) {
    const Outcome outcome = slow(words);
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.says(message)) << outcome.output;
  };
  refuses("", "--server or --client: a program is measured, and none is named");
  refuses("--input nothing " + server(kBin + "/chat-server"), "--input: nothing not in");
  refuses("--profile bare " + server(kBin + "/chat-server"), "a profile with line ends is needed");
}

}  // namespace
}  // namespace chatspec
