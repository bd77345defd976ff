#include "harness/report/reproduction.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

EventRecord sent(std::uint64_t connection, std::string bytes) {
  return {.kind = EventKind::kSent, .connection = connection, .bytes = log_bytes(bytes)};
}

std::string reproduction(Role role, std::vector<EventRecord> events, FilesRecord files = {},
                         std::string address = "") {
  return make_reproduction({.address = std::move(address), .role = role},
                           {.files = std::move(files), .events = std::move(events)});
}

TEST(Reproduction, SendsTheSameBytesToAServerAndAwaitsAClient) {
  const std::vector<EventRecord> events{sent(1, "HELLO\n"), sent(1, "DATA\n")};
  EXPECT_EQ(reproduction(Role::kServer, events),
            "(printf 'HELLO\\n'; sleep 1; printf 'DATA\\n') | nc 127.0.0.1 PORT");
  EXPECT_EQ(reproduction(Role::kServer, events, {}, "example.org 7777"),
            "(printf 'HELLO\\n'; sleep 1; printf 'DATA\\n') | nc example.org 7777");
  EXPECT_EQ(reproduction(Role::kClient, {sent(1, "260 OK\n")}), "printf '260 OK\\n' | nc -l PORT");
}

TEST(Reproduction, WritesWhatAShellOrPrintfWouldTakeForItsOwnAsEscapes) {
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, std::string("%s \\ ' \0\xff\r", 10))}),
            R"(printf '%%s \\ \047 \000\377\015' | nc 127.0.0.1 PORT)");
}

TEST(Reproduction, BeginsWithTheFilesThatMatter) {
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")}, {.keys = log_bytes("k'\n")}),
            "printf 'k\\047\\n' >keys.txt\nprintf 'HELLO\\n' | nc 127.0.0.1 PORT");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")}, {.keys = log_bytes("k\n")},
                         "example.org 7777"),
            "printf 'HELLO\\n' | nc example.org 7777")
      << "it has keys of its own";
  EXPECT_EQ(reproduction(Role::kClient, {sent(1, "260 OK\n")},
                         {.messages = log_bytes("2\na\n"), .signatures = log_bytes("00\n")}),
            "printf '2\\na\\n' >messages.txt\nprintf '00\\n' >signatures.txt\n"
            "printf '260 OK\\n' | nc -l PORT");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")},
                         {.keys = log_bytes(std::string(100000, 'k'))}),
            "printf 'HELLO\\n' | nc 127.0.0.1 PORT");
}

TEST(Reproduction, IsNotGivenWhereMoreThanBytesMatter) {
  EXPECT_EQ(reproduction(Role::kServer, {}), "");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n"), sent(2, "HELLO\n")}), "");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, std::string(100000, 'x'))}), "");
  EXPECT_EQ(reproduction(Role::kServer, std::vector<EventRecord>(100, sent(1, "x"))), "");
}

}  // namespace
}  // namespace chatspec
