#include "harness/judge/reproduction.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Event sent(int connection, std::string bytes) {
  return {.kind = EventKind::kSent, .connection = connection, .bytes = std::move(bytes)};
}

std::string reproduction(Role role, const std::vector<Event>& events, Materials materials = {},
                         std::string_view remote = "") {
  Script script;
  script.role = role;
  script.materials = std::move(materials);
  Transcript transcript;
  for (const Event& event : events) transcript.append(event);
  return make_reproduction(script, transcript, remote);
}

TEST(Reproduction, SendsTheSameBytesToAServerAndAwaitsAClient) {
  const std::vector<Event> events{sent(1, "HELLO\n"), sent(1, "DATA\n")};
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
  Materials materials;
  materials.messages = {"a"};
  materials.key_file = "k'\n";
  materials.message_file = "2\na\n";
  materials.signature_file = "00\n";
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")}, materials),
            "printf 'k\\047\\n' >keys.txt\nprintf 'HELLO\\n' | nc 127.0.0.1 PORT");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")}, materials, "example.org 7777"),
            "printf 'HELLO\\n' | nc example.org 7777")
      << "it has keys of its own";
  EXPECT_EQ(reproduction(Role::kClient, {sent(1, "260 OK\n")}, materials),
            "printf '2\\na\\n' >messages.txt\nprintf '00\\n' >signatures.txt\n"
            "printf '260 OK\\n' | nc -l PORT");
  materials.messages.clear();
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")}, materials),
            "printf 'HELLO\\n' | nc 127.0.0.1 PORT")
      << "nothing is signed";
  materials.shapes_key_file = true;
  materials.key_file = std::string(100000, 'k');
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n")}, materials),
            "printf 'HELLO\\n' | nc 127.0.0.1 PORT");
}

TEST(Reproduction, IsNotGivenWhereMoreThanBytesMatter) {
  EXPECT_EQ(reproduction(Role::kServer, {}), "");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, "HELLO\n"), sent(2, "HELLO\n")}), "");
  EXPECT_EQ(reproduction(Role::kServer, {sent(1, std::string(100000, 'x'))}), "");
  EXPECT_EQ(reproduction(Role::kServer, std::vector<Event>(100, sent(1, "x"))), "");
}

}  // namespace
}  // namespace chatspec
