// What is said of words that a small command line does not know.

#include "harness/cli/help/unknown_word.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

CommandArgument long_option(const std::string& name, const std::string& description) {
  return {.names = {name}, .description = description};
}

const CommandTree kTea{
    .name = "tea",
    .options = {long_option("--color", "Colours")},
    .commands = {{.name = "brew",
                  .options = {long_option("--hot", "With steam; careful"),
                              long_option("--out", "Where to")}},
                 {.name = "pour", .options = {long_option("--out", "Where to")}},
                 {.name = "wash"}},
};

TEST(UnknownWord, IsToldWhereItBelongsOrWhatMayBeMeant) {
  struct Row {
    std::vector<std::string> arguments;
    std::string said;
  };
  for (const Row& row : std::vector<Row>{
           {{"wash", "--hot", "x"}, "--hot belongs to `tea brew`: With steam"},
           {{"--hot=1"}, "--hot belongs to `tea brew`: With steam"},
           {{"wash", "--out=x"}, "--out belongs to `tea brew`, `tea pour`"},
           {{"brwe", "--hot"}, "\"brwe\" is not known; did you mean brew?"},
           {{"brew", "--hto"}, "\"--hto\" is not known; did you mean --hot?"},
           {{"pour", "--colr", "x"}, "\"--colr\" is not known; did you mean --color?"},
           {{"pour", "--color", "x", "--out", "y"}, "otherwise"},
           {{"pour", "--", "--hot"}, "otherwise"},
       })
    EXPECT_EQ(explain_unknown_word(kTea, row.arguments, "otherwise"), row.said);
}

TEST(UnknownWord, IsLeftOverInTheOrderOfTheCommandLine) {
  EXPECT_EQ(explain_left_over(kTea, {"wash", "a", "b c"}, {"b c", "a"}),
            "not expected here: a 'b c'");
  EXPECT_EQ(explain_left_over(kTea, {"wash", "--", "a", "b"}, {"b", "a"}),
            "not expected here: a b");
  const CommandTree runs{.name = "chatspec",
                         .commands = {{.name = "run", .options = {long_option("--server", "")}}}};
  EXPECT_EQ(explain_left_over(runs, {"run", "quit", "--", "node", "a.js", "{port}"},
                              {"{port}", "a.js", "node"}),
            "not expected here: node a.js {port}; is it the program? It is named as "
            "`--server -- node a.js {port}`, or with --client");
}

TEST(UnknownWord, HasTheHelpOfItsCommand) {
  EXPECT_EQ(name_help(kTea, {"brew", "--hto"}), "tea brew --help");
  EXPECT_EQ(name_help(kTea, {"--color", "x", "wash", "brew"}), "tea wash --help");
  EXPECT_EQ(name_help(kTea, {"brwe", "--", "wash"}), "tea --help");
  EXPECT_EQ(name_help(kTea, {}), "tea --help");
}

}  // namespace
}  // namespace chatspec
