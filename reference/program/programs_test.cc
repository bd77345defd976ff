// chat-server and chat-client against each other, over real sockets on ports that the system
// chooses.

#include <csignal>
#include <deque>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/files.h"
#include "reference/profile.h"
#include "reference/program/child.h"
#include "reference/signature.h"

namespace chat {
namespace {

using ::testing::HasSubstr;
using Texts = std::vector<std::string>;

struct Outcomes {
  Ended server;
  Ended client;
  std::string server_output;
  std::string client_output;
};

// One server and one client with these messages, signatures and keys.
Outcomes exchange(const std::vector<std::string>& options, const Texts& messages,
                  const Texts& signatures, const Texts& keys, const FileStyle& style = {}) {
  const TestFolder folder;
  const auto with_options = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), options.begin(), options.end());
    return arguments;
  };
  Child server("chat-server", with_options({"0", folder.write("keys", format_keys(keys, style))}),
               folder.at("server-output"));
  Child client("chat-client",
               with_options({"localhost", std::to_string(server.await_port()),
                             folder.write("messages", format_messages(messages, style)),
                             folder.write("signatures", format_signatures(signatures, style))}),
               folder.at("client-output"));
  Outcomes outcomes;
  outcomes.client = client.wait();
  outcomes.server = server.wait();
  outcomes.client_output = client.output();
  outcomes.server_output = server.output();
  return outcomes;
}

const Texts kMessages{"first line of the text\nsecond line", "", "a.b\\c\n\n..\n."};
// See signature_test.cc for the commands that made these; the key is s3cr3t.
const Texts kSignatures{"9886ca15cbeeac940789618ab8f66f86fe5e1ad0a7d909becf73242f35759aee",
                        "4e738ca5563c06cfd0018299933d58db1dd8bf97f6973dc99bf6cdc64b5550bd",
                        "93f4632a6d6a15776368431111a2e744f8dc6a2049e59ea6af496d17ab1dcec4"};
const Texts kKeys{"s3cr3t", "s3cr3t", "s3cr3t"};

TEST(ProgramsTest, ThePairUnderstandsItselfInEveryProfileAndEveryStyleOfFile) {
  for (const Profile& profile : builtin_profiles()) {
    for (const bool plain : {true, false}) {
      const FileStyle style{.crlf = !plain, .last_line_end = plain, .trailing_blanks = !plain};
      const Outcomes outcomes =
          exchange({"--profile", profile.name}, kMessages, kSignatures, kKeys, style);
      EXPECT_EQ(outcomes.client.status, 0) << profile.name << outcomes.client.errors;
      EXPECT_EQ(outcomes.client.errors, "");
      EXPECT_EQ(outcomes.server.status, 0) << profile.name << outcomes.server.errors;
      EXPECT_EQ(outcomes.server_output,
                "HELLO\nDATA\nfirst line of the text\nsecond line\n.\nPASS\nDATA\n.\nPASS\n"
                "DATA\na.b\\c\n\n..\n.\n.\nPASS\nQUIT\n");
      EXPECT_EQ(outcomes.client_output, "260 OK\n270 SIG\n" + kSignatures[0] +
                                            "\n260 OK\n270 SIG\n" + kSignatures[1] +
                                            "\n260 OK\n270 SIG\n" + kSignatures[2] + "\n260 OK\n");
    }
  }
}

TEST(ProgramsTest, AWrongSignatureFailsAndOnlyThatOne) {
  Texts signatures = kSignatures;
  std::swap(signatures[0], signatures[1]);
  const Outcomes outcomes = exchange({}, kMessages, signatures, kKeys);
  EXPECT_EQ(outcomes.client.status, 1);
  EXPECT_EQ(outcomes.client.errors,
            "chat-client: 2 of 3 signatures did not match, the first that of message 1\n");
  EXPECT_EQ(outcomes.server.status, 0);
  EXPECT_THAT(outcomes.server_output, HasSubstr(".\nFAIL\nDATA\n.\nFAIL\n"));
}

TEST(ProgramsTest, AFileWithAProfileIsTakenForAProfile) {
  const TestFolder folder;
  const std::string profile =
      folder.write("spring.profile", "name spring\nbase crlf\nescaped \".\"\nok \"250 OK\"\n");
  const Outcomes outcomes = exchange({"--profile", profile}, kMessages, kSignatures, kKeys);
  EXPECT_EQ(outcomes.client.status, 0) << outcomes.client.errors;
  EXPECT_THAT(outcomes.client_output, HasSubstr("250 OK\n"));
}

// With everything that a profile can change about replies and texts, in both ways of framing.
TEST(ProgramsTest, ThePairSpeaksAProfileWithRepliesAndEscapingOfItsOwn) {
  const TestFolder folder;
  for (const std::string base : {"line", "bare"}) {
    const std::string path = folder.write(
        "p", "base " + base +
                 "\nname course\nescape dot-stuffing\nsignature-position behind-reply\n"
                 "pass-reply \"261 YES\"\nfail-reply \"262 NO\"\nerror-reply \"500 ERR\"\n");
    Texts signatures = kSignatures;
    std::swap(signatures[0], signatures[1]);
    const Outcomes outcomes = exchange({"--profile", path}, kMessages, signatures, kKeys);
    EXPECT_EQ(outcomes.server.status, 0) << base << outcomes.server.errors;
    EXPECT_EQ(outcomes.server_output,
              "HELLO\nDATA\nfirst line of the text\nsecond line\n.\nFAIL\nDATA\n.\nFAIL\n"
              "DATA\na.b\\c\n\n..\n.\n.\nPASS\nQUIT\n");
    EXPECT_EQ(outcomes.client_output, "260 OK\n270 SIG " + kSignatures[0] + "\n262 NO\n270 SIG " +
                                          kSignatures[1] + "\n262 NO\n270 SIG " + kSignatures[2] +
                                          "\n261 YES\n");
  }
}

// The client has more messages than the server has keys, and reads why it is left.
TEST(ProgramsTest, AServerSendsItsErrorReplyBeforeItCloses) {
  const TestFolder folder;
  for (const std::string base : {"line", "bare"}) {
    const std::string path =
        folder.write("p", "base " + base + "\nname course\nerror-reply \"500 ERR\"\n");
    const Outcomes outcomes =
        exchange({"--profile", path}, {"a", "b"}, {kSignatures[0], kSignatures[1]}, {"key"});
    EXPECT_NE(outcomes.server.status, 0);
    EXPECT_THAT(outcomes.server.errors, HasSubstr("STATE-4"));
    EXPECT_THAT(outcomes.client_output, HasSubstr("\n500 ERR\n")) << base;
    EXPECT_THAT(outcomes.client.errors, HasSubstr("500 ERR")) << base;
  }
}

TEST(ProgramsTest, AllMistakesOfAProfileAreToldWithTheirLines) {
  const TestFolder folder;
  const std::string path = folder.write("p", "ok\ncolour red\nhash md6\n");
  const Outcomes outcomes = exchange({}, {}, {}, {"key"});
  EXPECT_EQ(outcomes.server.status, 0);
  Child server("chat-server", {"0", folder.write("keys", "key\n"), "--profile", path},
               folder.at("output"));
  const Ended ended = server.wait();
  EXPECT_EQ(ended.status, 2);
  for (const std::string place : {"p:1: ok", "p:2: unknown", "p:3: hash"})
    EXPECT_THAT(ended.errors, HasSubstr(place));
}

// Of 16 MiB in the profile that is meant where none is named, of 1 MiB in the others.
TEST(ProgramsTest, ALongLineIsExchangedInEveryProfile) {
  for (const Profile& profile : builtin_profiles()) {
    const bool is_longest = profile.name == "line";
    const std::string text(std::size_t{is_longest ? 16U : 1U} << 20, 'x');
    // (head -c SIZE /dev/zero | tr '\0' x; printf key) | sha256sum
    const std::string signature =
        is_longest ? "9b69bc21ded3bc134ce4747594c717e8920d75727286eb283f292e175fee57db"
                   : "08d310f55d9185acfb868229bd4c6c313786f681e38adc5b65f10fa5b07a03f9";
    const Outcomes outcomes = exchange({"--profile", profile.name}, {text}, {signature}, {"key"});
    EXPECT_EQ(outcomes.client.status, 0) << profile.name << outcomes.client.errors;
    EXPECT_EQ(outcomes.server.status, 0) << outcomes.server.errors;
    EXPECT_TRUE(outcomes.server_output == "HELLO\nDATA\n" + text + "\n.\nPASS\nQUIT\n");
  }
}

// Ten thousand in `line`, and a thousand in the others, in which the same code is at work.
TEST(ProgramsTest, ThousandsOfMessagesAreExchangedInEveryProfile) {
  Texts messages;
  Texts signatures;
  Texts keys;
  for (int i = 0; i < 10000; ++i) {
    messages.push_back("message." + std::to_string(i));  // escaped, in two of the profiles
    keys.push_back("key" + std::to_string(i));
    signatures.push_back(sha256_hex(messages.back() + keys.back()));
  }
  for (const Profile& profile : builtin_profiles()) {
    if (profile.name != "line") {
      for (Texts* texts : {&messages, &signatures, &keys}) texts->resize(1000);
    }
    const Outcomes outcomes = exchange({"--profile", profile.name}, messages, signatures, keys);
    EXPECT_EQ(outcomes.client.status, 0) << profile.name << outcomes.client.errors;
    EXPECT_EQ(outcomes.server.status, 0) << profile.name << outcomes.server.errors;
  }
}

TEST(ProgramsTest, MoreMessagesThanKeysEndTheConnectionOnBothSides) {
  const Outcomes outcomes = exchange({}, kMessages, kSignatures, {"s3cr3t"});
  EXPECT_EQ(outcomes.server.status, 3);
  EXPECT_THAT(
      outcomes.server.errors,
      HasSubstr("expected QUIT, received DATA number 2, but there are only 1 keys (STATE-4)"));
  EXPECT_EQ(outcomes.client.status, 3);
  EXPECT_THAT(outcomes.client.errors,
              HasSubstr("expected 270 SIG, received the end of the stream"));
}

TEST(ProgramsTest, AServerThatKeepsServingServesManyAtOnceEachFromTheFirstKey) {
  const TestFolder folder;
  const std::string messages = folder.write("messages", format_messages(kMessages));
  const std::string signatures = folder.write("signatures", format_signatures(kSignatures));
  Child server("chat-server", {"0", folder.write("keys", format_keys(kKeys)), "--keep-serving"},
               folder.at("server-output"));
  const std::string port = std::to_string(server.await_port());
  std::deque<Child> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back("chat-client",
                         std::vector<std::string>{"localhost", port, messages, signatures},
                         folder.at("output" + std::to_string(i)));
  }
  for (Child& client : clients) {
    const Ended ended = client.wait();
    EXPECT_EQ(ended.status, 0) << ended.errors;
  }
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait().status, 0);
}

TEST(ProgramsTest, AServerCanBeStartedAgainOnTheSamePortAtOnce) {
  const TestFolder folder;
  const std::string keys = folder.write("keys", format_keys(kKeys));
  const std::string messages = folder.write("messages", format_messages(kMessages));
  const std::string signatures = folder.write("signatures", format_signatures(kSignatures));
  std::string port = "0";
  for (int i = 0; i < 3; ++i) {
    Child server("chat-server", {port, keys}, folder.at("server-output"));
    port = std::to_string(server.await_port());
    ASSERT_NE(port, "0");
    EXPECT_EQ(run("chat-client", {"localhost", port, messages, signatures}, folder).status, 0);
    EXPECT_EQ(server.wait().status, 0);
  }
}

TEST(ProgramsTest, APortInUseIsSaidAndEndsTheServer) {
  const TestFolder folder;
  const std::string keys = folder.write("keys", "k\n");
  Child first("chat-server", {"0", keys}, folder.at("first"));
  const std::string port = std::to_string(first.await_port());
  const Ended second = run("chat-server", {port, keys}, folder);
  EXPECT_EQ(second.status, 3);
  EXPECT_THAT(second.errors, HasSubstr(":" + port + ": Address already in use"));
}

TEST(ProgramsTest, AServerListensOnTheAddressItIsGiven) {
  const TestFolder folder;
  Child server("chat-server", {"0", folder.write("keys", "k\n"), "--address", "127.0.0.1"},
               folder.at("output"));
  server.await_port();
  server.signal(SIGINT);
  const Ended ended = server.wait();
  EXPECT_EQ(ended.status, 0);
  EXPECT_TRUE(ended.errors.starts_with("listening on 127.0.0.1:")) << ended.errors;
}

TEST(ProgramsTest, StandardOutputThatCannotBeWrittenEndsNoSessionAndIsTold) {
  const TestFolder folder;
  Child server("chat-server", {"0", folder.write("keys", format_keys(kKeys))}, "/dev/full");
  const std::string port = std::to_string(server.await_port());
  const Ended client = run("chat-client",
                           {"localhost", port, folder.write("m", format_messages(kMessages)),
                            folder.write("s", format_signatures(kSignatures))},
                           folder);
  EXPECT_EQ(client.status, 0) << client.errors;
  const Ended ended = server.wait();
  EXPECT_EQ(ended.status, 4);
  EXPECT_THAT(ended.errors,
              HasSubstr("chat-server: cannot write to standard output: No space left on device\n"));
}

}  // namespace
}  // namespace chat
