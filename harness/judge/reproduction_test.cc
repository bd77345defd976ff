#include "harness/judge/reproduction.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Event sent(int connection, std::string bytes) {
  return {.kind = EventKind::kSent, .connection = connection, .bytes = std::move(bytes)};
}

std::string reproduction(Role role, const std::vector<Event>& events) {
  Script script;
  script.role = role;
  Transcript transcript;
  for (const Event& event : events) transcript.append(event);
  return make_reproduction(script, transcript, "example.org 7777");
}

TEST(Reproduction, SendsTheSameBytesToAServerAndAwaitsAClient) {
  const std::vector<Event> events{sent(1, "HELLO\n"), sent(1, "DATA\n")};
  EXPECT_EQ(reproduction(Role::kServer, events),
            "(printf 'HELLO\\n'; sleep 1; printf 'DATA\\n') | nc example.org 7777");
  EXPECT_EQ(reproduction(Role::kClient, {sent(1, "260 OK\n")}), "printf '260 OK\\n' | nc -l PORT");
}

TEST(Reproduction, WritesWhatAShellOrPrintfWouldTakeForItsOwnAsEscapes) {
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, std::string("%s \\ ' \0\xff\r", 10))}),
            R"(printf '%%s \\ \047 \000\377\015' | nc example.org 7777)");
}

TEST(Reproduction, IsNotGivenWhereMoreThanBytesMatter) {
  EXPECT_EQ(reproduction(Role::kServer, {}), "");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n"), sent(2, "HELLO\n")}), "");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, std::string(100000, 'x'))}), "");
  EXPECT_EQ(reproduction(Role::kServer, std::vector<Event>(100, sent(1, "x"))), "");
}

}  // namespace
}  // namespace chatspec
