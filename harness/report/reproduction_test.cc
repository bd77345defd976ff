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
                           {.files = std::move(files), .events = std::move(events)}, 65);
}

// Of a case whose bytes are too many for a line.
std::string long_reproduction(const std::vector<std::string>& argv, const std::string& id = "a/b") {
  RunRecord run{.profile = {.name = "line"}, .delivery = "units"};
  for (const std::string& word : argv) run.argv.push_back(log_bytes(word));
  run.seed = 7;
  return make_reproduction(run, {.id = id, .events = {sent(1, std::string(100, 'x'))}}, 65);
}

TEST(Reproduction, SendsTheSameBytesToAServerAndAwaitsAClient) {
  const std::vector<EventRecord> events{sent(1, "HELLO\n"), sent(1, "DATA\n")};
  EXPECT_EQ(reproduction(Role::kServer, events),
            "(printf 'HELLO\\n'; sleep 1; printf 'DATA\\n') | nc 127.0.0.1 PORT");
  EXPECT_EQ(reproduction(Role::kServer, events, {}, "a.example 7777"),
            "(printf 'HELLO\\n'; sleep 1; printf 'DATA\\n') | nc a.example 7777");
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
                         "a.example 7777"),
            "printf 'HELLO\\n' | nc a.example 7777")
      << "it has keys of its own";
  EXPECT_EQ(reproduction(Role::kClient, {sent(1, "260 OK\n")},
                         {.messages = log_bytes("2\na\n"), .signatures = log_bytes("00\n")}),
            "printf '2\\na\\n' >messages.txt\nprintf '00\\n' >signatures.txt\n"
            "printf '260 OK\\n' | nc -l PORT");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")},
                         {.keys = log_bytes(std::string(100000, 'k'))}),
            "printf 'HELLO\\n' | nc 127.0.0.1 PORT");
}

TEST(Reproduction, IsTheCommandThatPlaysItAgainWhereItsLinesWouldBeTooLong) {
  EXPECT_EQ(long_reproduction({"./server", "{port}", "{keys}"}),
            "chatspec run a/b --seed 7 --server -- ./server {port} {keys}\n"
            "chatspec reproduce LOG a/b --out DIR");
  EXPECT_EQ(long_reproduction({"python3", "/home/ada/server.py", "{port}", "{keys}"}, "a/b[c]"),
            "chatspec run 'a/b[c]' --seed 7 --server -- python3 \\\n"
            "  /home/ada/server.py {port} {keys}\n"
            "chatspec reproduce LOG 'a/b[c]' --out DIR");
}

TEST(Reproduction, HasThreeLinesThatFitAtMost) {
  EXPECT_EQ(long_reproduction({"./server", std::string(50, 'a'), std::string(50, 'b')}),
            "chatspec run a/b --seed 7 --server -- ./server \\\n  " + std::string(50, 'a') +
                " \\\n  " + std::string(50, 'b'));
  EXPECT_EQ(long_reproduction({std::string(70, 'a')}), "chatspec reproduce LOG a/b --out DIR");
  EXPECT_EQ(long_reproduction({std::string(70, 'a')}, std::string(70, 'b')),
            "chatspec reproduce LOG CASE --out DIR");
}

TEST(Reproduction, LeavesToFilesWhatMoreThanBytesMatterFor) {
  const std::string files = "chatspec reproduce LOG '' --out DIR";
  EXPECT_EQ(reproduction(Role::kServer, {}), "") << "nothing happened";
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n"), sent(2, "HELLO\n")}), files);
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, std::string(100000, 'x'))}), files);
  EXPECT_EQ(reproduction(Role::kServer, std::vector<EventRecord>(100, sent(1, "x"))), files);
}

}  // namespace
}  // namespace chatspec
