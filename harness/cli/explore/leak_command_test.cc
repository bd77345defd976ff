// chatspec leak, as its users meet it.

#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

// A server for one client after the other, which does as told with each that has gone. Its clients
// escape nothing.
std::string serve_and(const std::string& with_connection) {
  return R"(
import gc, hashlib, os, socket, sys, threading, time
key = open(sys.argv[2], 'rb').readline().strip()
listener = socket.create_server(('0.0.0.0', int(sys.argv[1])))
kept = []
def serve(connection):
    lines = connection.makefile('rb')
    if lines.readline() != b'HELLO\n':
        return None
    connection.sendall(b'260 OK\n')
    if lines.readline() != b'DATA\n':
        return None
    text = []
    for line in lines:
        if line == b'.\n':
            break
        text.append(line[:-1])
    else:
        return None
    text = b''.join(text)
    connection.sendall(b'270 SIG\n' + hashlib.sha256(text + key).hexdigest().encode() + b'\n')
    lines.readline()
    connection.sendall(b'260 OK\n')
    lines.readline()
    return text
while True:
    connection, _ = listener.accept()
    try:
        text = serve(connection)
    except OSError:
        text = None
)" + with_connection;
}

class LeakCommandTest : public ::testing::Test {
 protected:
  Outcome leak(const std::string& words, const std::string& with_connection = "") {
    folder_.write("server.py", serve_and(with_connection));
    return chatspec("leak --seed 7 " + words, "2>&1", folder_.at(""));
  }
  static std::string python() { return "--server 'python3 -E -S server.py {port} {keys}'"; }

  Folder folder_;
};

TEST_F(LeakCommandTest, NothingIsKeptByACorrectServer) {
  const Outcome outcome =
      leak(server("python3 " + std::string(CHATSPEC_SOURCE_DIR) +
                  "/scenarios/implementations/correct/python-asyncio/server.py"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("a text of a megabyte         15 clients  nothing is kept\n"))
      << outcome.output;
  EXPECT_TRUE(outcome.says("Nothing was seen to be kept of a client that has gone.\n"))
      << outcome.output;
}

TEST_F(LeakCommandTest, FindsDescriptorsThatAreKept) {
  const Outcome outcome = leak("--visit breaks-off --visit whole --json leaks.json " + python(), R"(
    kept.append(open('/dev/null')) if text is None else None
    connection.close()
)");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("a whole conversation         24 clients  nothing is kept\n"))
      << outcome.output;
  EXPECT_TRUE(outcome.says("a close within a text        24 clients  1 descriptor of each\n"))
      << outcome.output;
  EXPECT_TRUE(outcome.says("Is each connection, file and pipe closed,")) << outcome.output;
  EXPECT_TRUE(folder_.content("leaks.json").contains("\"descriptors\": 1.0")) << "of each";
}

TEST_F(LeakCommandTest, FindsProcessesAndThreadsThatAreKept) {
  const Outcome zombies = leak("--visit leaves " + python(), R"(
    connection.close()
    if os.fork() == 0:
        os._exit(0)
)");
  EXPECT_EQ(zombies.status, 1) << zombies.output;
  EXPECT_TRUE(zombies.says("1 process of each\n")) << zombies.output;
  const Outcome threads = leak("--visit leaves " + python(), R"(
    connection.close()
    threading.Thread(target=threading.Event().wait, daemon=True).start()
)");
  EXPECT_EQ(threads.status, 1) << threads.output;
  EXPECT_TRUE(threads.says("1 thread of each\n")) << threads.output;
}

TEST_F(LeakCommandTest, FindsMemoryThatIsKept) {
  const Outcome outcome = leak("--visit large " + python(), R"(
    connection.close()
    kept.append(text)
)");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_TRUE(outcome.says("a text of a megabyte         48 clients  1.")) << outcome.output;
  EXPECT_TRUE(outcome.says(" MiB of memory of each\n")) << outcome.output;
}

TEST_F(LeakCommandTest, SaysWhatCannotBeWatched) {
  const Outcome one = leak(python(), "    sys.exit(0)\n");
  EXPECT_EQ(one.status, 0) << one.output;
  EXPECT_TRUE(one.says("It ends with its client, so that nothing of one is left for the next.\n"))
      << one.output;
  const Outcome none = leak("--server 'sh -c \"echo no such key >&2; exit 3\" {port} {keys}'");
  EXPECT_EQ(none.status, 5) << none.output;
  EXPECT_TRUE(none.says("the process ended before it listened (exit status 3);")) << none.output;
  EXPECT_TRUE(none.says("Nothing could be watched.\n")) << none.output;
  const Outcome late = leak("--time 0.01 " + python());
  EXPECT_EQ(late.status, 2) << late.output;
  EXPECT_TRUE(late.says("the time was over.\n")) << late.output;
}

TEST_F(LeakCommandTest, RefusesWhatItCannotWatch) {
  const auto refuses = [&](const std::string& words, const std::string& message) {
    const Outcome outcome = leak(words);
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.says(message)) << outcome.output;
  };
  refuses(client(kBin + "/chat-client"), "--client: a client ends with its conversation");
  refuses("--visit nothing " + server(kBin + "/chat-server"), "--visit: nothing not in");
  refuses("--profile bare " + server(kBin + "/chat-server"), "a profile with line ends is needed");
}

}  // namespace
}  // namespace chatspec
