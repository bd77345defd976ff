#include "harness/explore/learn/dot.h"

#include <gmock/gmock.h>

#include "harness/explore/learn/tests/machines.h"

namespace chatspec::learning {
namespace {

using ::testing::HasSubstr;

Alphabet session_alphabet() {
  Alphabet alphabet;
  for (const char* name : {"HELLO", "DATA", ".", "QUIT"}) alphabet.inputs.intern(name);
  for (const char* name : {"260 OK", "", "closed"}) alphabet.outputs.intern(name);
  return alphabet;
}

TEST(Dot, IsReadBack) {
  const auto read = read_dot(write_dot(session_machine(), session_alphabet()));
  ASSERT_TRUE(read) << read.error().line << read.error().text;
  EXPECT_EQ(write_dot(read->machine, read->alphabet),
            write_dot(session_machine(), session_alphabet()));
  EXPECT_EQ(read->alphabet.inputs.name(2), ".");
  EXPECT_EQ(read->alphabet.outputs.name(0), "260 OK");
}

TEST(Dot, IsReadInTheFormsOfLearners) {
  const auto read = read_dot(
      "digraph g {\n"
      "// a comment\n"
      "s0 [label=\"s0\"];\n"
      "\ts1 [label=\"s1\"]\n"
      "s0 -> s0[label=\" ACK+RST(V,V,0) / TIMEOUT \"];\n"
      "s0 -> s1 [label=\"b/1\", color=\"red\"]\n"
      "s1 -> s0 [label=\"ACK+RST(V,V,0) /  \"]; s1 -> s1 [label=\"b / Say \\\"x/y\\\"\"];\n"
      "__start0 [label=\"\" shape=\"none\" width=\"0\" height=\"0\"];\n"
      "__start0 -> s1;\n"
      "}\n");
  ASSERT_TRUE(read) << read.error().line << read.error().text;
  EXPECT_EQ(read->machine.states(), 2);
  EXPECT_EQ(read->alphabet.inputs.name(0), "ACK+RST(V,V,0)");
  EXPECT_EQ(read->alphabet.outputs.name(read->machine.step(kInitial, 0).output), "");
  EXPECT_EQ(read->alphabet.outputs.name(read->machine.step(kInitial, 1).output), "Say \"x/y\"");
  EXPECT_EQ(read->machine.step(kInitial, 0).next, 1);
}

struct BadDot {
  const char* text;
  std::size_t line;
  const char* message;
};

TEST(Dot, IsRefusedWithItsPlace) {
  const std::vector<BadDot> cases{
      {"", 1, "there are no edges"},
      {"digraph {\n}", 1, "there are no edges"},
      {"digraph {\na -> b [label=\"x\"]\n}", 2, "expected \"input/output\" as label"},
      {"digraph {\na -> b\n}", 2, "the edge has no label"},
      {"digraph {\na -> [label=\"x/y\"]\n}", 2, "expected a state after ->"},
      {"digraph {\na -> b [label=\"x/y\n}", 2, "a quotation mark is missing"},
      {"digraph {\n\na -> b [label=\"x/y\"\n}", 3, "] is missing"},
      {"digraph {\na -> a [label=\"x/y\"]\na -> a [label=\"x/z\"]\n}", 3,
       "state \"a\" has two edges for input \"x\""},
      {"digraph {\na -> b [label=\"x/y\"]\n}", 1, "state \"b\" has no edge for input \"x\""},
      {"digraph {\na ! b\n}", 2, "unexpected \"!\""},
  };
  for (const BadDot& bad : cases) {
    const auto read = read_dot(bad.text);
    ASSERT_FALSE(read) << bad.text;
    EXPECT_EQ(read.error().line, bad.line) << bad.text;
    EXPECT_THAT(read.error().text, HasSubstr(bad.message));
  }
}

TEST(Dot, IsBounded) {
  std::string many;
  for (int i = 0; i <= 10'000; ++i) many += "s" + std::to_string(i) + ";\n";
  EXPECT_THAT(read_dot(many).error().text, HasSubstr("more than 10000 states"));
  std::string wide = "a;\n";
  for (int i = 0; i < 5'000; ++i) wide += "s" + std::to_string(i) + ";\n";
  for (int i = 0; i < 300; ++i) wide += "a -> a [label=\"" + std::to_string(i) + "/\"];\n";
  EXPECT_THAT(read_dot(wide).error().text, HasSubstr("more than 1000000"));
}

TEST(Dot, EscapesWhateverANameHolds) {
  Alphabet alphabet;
  alphabet.inputs.intern("\"]; evil -> x [label=\"\\N\x1b[31m\n/");
  alphabet.outputs.intern("\xff\"</svg>\\");
  MealyMachine machine(1);
  machine.set(kInitial, 0, {kInitial, 0});
  const std::string text = write_dot(machine, alphabet);
  for (const char c : text) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << int{c};
  const auto read = read_dot(text);
  ASSERT_TRUE(read) << read.error().text << text;
  EXPECT_EQ(read->machine, machine);
  EXPECT_EQ(read->alphabet.inputs.name(0), "\"]; evil -> x [label=\"\\\\N\\x1b[31m\\n\\x2f");
  EXPECT_EQ(read->alphabet.outputs.name(0), "\\xff\"</svg>\\\\");
}

TEST(Dot, ShowsDifferences) {
  MealyMachine machine = session_machine();
  machine.set(2, 2, {1, kClosed});
  const std::string text =
      write_dot(compare(minimise(machine), minimise(session_machine())), session_alphabet());
  EXPECT_THAT(text, HasSubstr("s3 -> s1 [label=\"./260 OK\", color=black, style=dashed];"));
  EXPECT_THAT(text, HasSubstr("s3 -> s1 [label=\"./closed\", color=red, fontcolor=red];"));
  EXPECT_THAT(text, HasSubstr("s0 -> s1 [label=\"HELLO/260 OK\", color=gray60"));
  EXPECT_THAT(text, HasSubstr("label=\"DATA/closed\\n./closed\\nQUIT/closed\""));
}

TEST(Dot, NamesStatesAndLeavesEdgesOut) {
  const auto machine = minimise(session_machine());
  const std::string text =
      write_dot(compare(machine, machine), session_alphabet(),
                {.state_names = {"at the \"beginning\""}, .left_out = kClosed});
  EXPECT_THAT(text, HasSubstr("s0 [label=\"at the \\\"beginning\\\"\", color=gray60"));
  EXPECT_THAT(text, HasSubstr("s1 [label=\"s1\", "));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("closed")));
}

TEST(Dot, ShowsThatAnEdgeIsNotKnown) {
  EXPECT_THAT(write_dot(MealyMachine(4), session_alphabet()), HasSubstr("label=\"HELLO/?\""));
}

}  // namespace
}  // namespace chatspec::learning
