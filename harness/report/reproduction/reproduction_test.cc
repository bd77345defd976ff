#include "harness/report/reproduction/reproduction.h"

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

RunRecord run_of(const std::vector<std::string>& argv) {
  RunRecord run{.profile = {.name = "line"}, .delivery = "units", .seed = 7};
  for (const std::string& word : argv) run.argv.push_back(log_bytes(word));
  return run;
}

// Of a case whose bytes are too many for a line.
std::string long_reproduction(const RunRecord& run, std::string_view log,
                              const std::string& id = "a/b") {
  return make_reproduction(run, {.id = id, .events = {sent(1, std::string(100, 'x'))}}, 65, log);
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

TEST(Reproduction, IsWhatPlaysItAgainOfTheLogWhereItsLinesWouldBeTooLong) {
  const RunRecord run = run_of({"./server", "{port}", "{keys}"});
  EXPECT_EQ(long_reproduction(run, "run.jsonl", "a/b[c]"),
            "chatspec run --again run.jsonl 'a/b[c]'\n"
            "chatspec reproduce run.jsonl 'a/b[c]' --out DIR");
  EXPECT_EQ(long_reproduction(run, std::string(60, 'l')),
            "chatspec run --again LOG a/b\nchatspec reproduce LOG a/b --out DIR");
  EXPECT_EQ(long_reproduction(run, "run.jsonl", std::string(70, 'b')),
            "chatspec run --again LOG CASE\nchatspec reproduce LOG CASE --out DIR");
}

TEST(Reproduction, DoesNotPlayAgainWhatTheLogIsNotEnoughFor) {
  RunRecord run = run_of({"./server", "{port}", "{keys}"});
  run.profile.name = "our own";
  EXPECT_EQ(long_reproduction(run, "run.jsonl"), "chatspec reproduce run.jsonl a/b --out DIR");
  run = {.address = "a.example 7777", .keys = {{log_bytes("k")}}, .profile = {.name = "line"}};
  EXPECT_EQ(long_reproduction(run, "run.jsonl"), "chatspec reproduce run.jsonl a/b --out DIR");
}

TEST(Reproduction, IsTheWholeCommandWhereNoLogIsWritten) {
  EXPECT_EQ(long_reproduction(run_of({"./server", "{port}", "{keys}"}), ""),
            "chatspec run a/b --seed 7 --server -- ./server {port} {keys}");
  EXPECT_EQ(long_reproduction(run_of({"python3", "/home/ada/server.py", "{port}", "{keys}"}), "",
                              "a/b[c]"),
            "chatspec run 'a/b[c]' --seed 7 --server -- python3 \\\n"
            "  /home/ada/server.py {port} {keys}");
  EXPECT_EQ(long_reproduction(run_of({"./server", std::string(50, 'a'), std::string(50, 'b')}), ""),
            "chatspec run a/b --seed 7 --server -- ./server \\\n  " + std::string(50, 'a') +
                " \\\n  " + std::string(50, 'b'));
  EXPECT_EQ(long_reproduction(run_of({std::string(70, 'a')}), ""), "") << "it is too long";
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
