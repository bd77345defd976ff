#include "harness/report/reproduction/python_reproduction.h"

#include <gtest/gtest.h>

#include "reference/tests/run_command.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

// Each quotes, ends or escapes something somewhere.
constexpr std::string_view kHostile =
    "\"\"\"\n'''\\\"\\\r\n\\x41\\N{BULLET}\t{x}%s#\xff\xe2\x80\xa8\x1b[2J\\";

RunRecord hostile_run() {
  return {.name = std::string(kHostile), .argv = {log_bytes(kHostile)}};
}

CaseRecord hostile_case() {
  CaseRecord record{.id = std::string(kHostile), .title = std::string(kHostile)};
  record.level = record.description = kHostile;
  record.failure =
      FindingRecord{.code = std::string(kHostile), .requirement = std::string(kHostile)};
  record.failure->expected = record.failure->message = kHostile;
  return record;
}

// What Python takes the literal for, in hexadecimal.
std::string read_by_python(const std::string& literal) {
  const chat::TestFolder folder;
  folder.write("literal.py", "print((" + literal + ").hex())\n");
  return chat::run_command_line("python3 '" + folder.at("literal.py") + "'").output;
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text + "\n";
}

TEST(PythonReproduction, WritesEveryByteSoThatPythonReadsIt) {
  std::string all(kHostile);
  for (int round = 0; round < 2; ++round) {
    for (int c = 0; c < 256; ++c) all += static_cast<char>(round == 0 ? c : 255 - c);
  }
  EXPECT_EQ(read_by_python(python_bytes(all, 8)), hex(all));
  EXPECT_EQ(read_by_python(python_bytes("", 8)), "\n");
  EXPECT_EQ(python_bytes("HELLO\n", 8), R"(b"HELLO\n")");
}

TEST(PythonReproduction, TakesNothingOfALogForCode) {
  const std::vector<PlayStep> steps{
      {.action = PlayAction::kConnect, .connection = ~std::uint64_t{0}},
      {.action = PlayAction::kSend, .connection = 1, .bytes = {std::string(kHostile)}},
      {.action = PlayAction::kExpect, .connection = 1, .bytes = {std::string(kHostile), ""}}};
  const std::string hostile = make_python_reproduction(hostile_run(), hostile_case(), steps);
  const std::string plain = make_python_reproduction(
      {}, {.id = "a", .title = "b", .failure = FindingRecord{.message = "c"}}, steps);
  for (const char c : hostile) ASSERT_TRUE(c == '\n' || (c >= ' ' && c < 0x7f)) << int{c};
  const chat::TestFolder folder;
  folder.write("hostile.py", hostile);
  folder.write("plain.py", plain);
  // Comments are no part of the tree.
  folder.write("compare.py",
               "import ast, sys\n"
               "trees = [ast.dump(ast.parse(open(path).read())) for path in sys.argv[1:]]\n"
               "print(trees[0] == trees[1])\n");
  EXPECT_EQ(chat::run_command_line("cd '" + folder.path().string() +
                                   "' && python3 compare.py hostile.py plain.py")
                .output,
            "True\n");
}

TEST(PythonReproduction, ReadsLikeTheConversation) {
  const std::vector<PlayStep> steps{
      {.action = PlayAction::kConnect, .connection = 1},
      {.action = PlayAction::kSend, .connection = 1, .bytes = {"a\n.\n"}},
      {.action = PlayAction::kExpectClose, .connection = 1, .may_reset = true},
      {.action = PlayAction::kRestart, .connection = 0}};
  const std::string script = make_python_reproduction({}, {.id = "a/b", .title = "c"}, steps);
  EXPECT_TRUE(
      script.contains("def conversation(program):\n"
                      "    program.connect(1)\n"
                      "    program.send(1, (\n"
                      "        b\"a\\n\"\n"
                      "        b\".\\n\"))\n"
                      "    program.expect_close(1, may_reset=True)\n"
                      "    program.restart()\n"))
      << script;
  EXPECT_TRUE(script.starts_with("#!/usr/bin/env python3\n# a/b: c\n")) << script;
}

}  // namespace
}  // namespace chatspec
