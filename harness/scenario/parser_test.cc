#include "harness/scenario/parser.h"

#include <gtest/gtest.h>

#include "harness/scenario/printer.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

std::string problems_of(std::string_view source) {
  return parse_scenario(source).diagnostics.render("t.chat", source);
}

// Texts in canonical form: each parses, and is what the printer makes of it.
TEST(Parser, ReadsWhatThePrinterWrites) {
  for (const std::string source : {
           "scenario  a title\n",
           "# why\nscenario  t\ncovers    HELLO-1 SIG-1\nlevel     should\nrole      both\nprofile "
           "  line crlf\ntags      core\nneeds     a/b\n",
           "key       plain text\nkey       \"quoted \"\nkey       <random 20>\nkey       <random "
           "3 letters>\nkey       <c>\n",
           "message   \"a\"\n          \"b\" * 3\n          <random 9 bytes>\n",
           "message   hello\nsignature wrong\nmessage   again\nsignature of 1\nmessage   "
           "more\nsignature \"zz\"\n",
           "message-file crlf no-last-line-end\nsignature-file \"raw\\n\"\nkey-file  <absent>\n",
           "argument  port \"http\"\nargument  keys <absent>\n",
           "table\n  | case | unit  |\n  | one  | \"a|b\" |\n",
           "C: HELLO\nS: 260 OK\nC2: DATA\nS2: raw \"a\\r\\n\" * 2\n",
           "C: \" blank\"\nC: \"\"\nC: raw \"\\0\\xff\"\n",
           "S: <signature 1>\nS: <signature 2 wrong>\nS: <signature 1 upper-case>\nS: <signature 2 "
           "with key 1>\nS: <any signature>\n",
           "S: <close>\nor <silence>             | deviates END-2\nor <reset>               | "
           "deviates\n",
           "C: HELLO                 | split 1\nC: DATA                  | split at 1, <at> | "
           "joined\n",
           "C: <half-close>\nC: <reset>\nS: <nothing>\nS: <complains>\nS: <exit 0>\nS: <exit "
           "nonzero>\nS: <prints \"x\">\nS: <prints what it received>\n",
           "S: like \"260 *\"\nS: like \"\\x2a*\\\\n*\"\nS: <any line>\nS: \"like this\"\n",
           "S: <close>\nthen 260 OK\nor like \"5*\"             | deviates\nthen <any "
           "line>\nthen <close>\n",
           "S: <exit 3>\nS: <prints like \"a*\">\nS: <complains \"a*\">\nS: <complains like "
           "\"*a\\x2a*\">\n",
           "# a comment\n#\n# another\n\nC: HELLO\n\n# the end\n",
           "# nothing but a comment\n",
       }) {
    const Parsed parsed = parse_scenario(source);
    EXPECT_EQ(print(parsed.scenario), source);
    EXPECT_EQ(problems_of(source), "");
    EXPECT_EQ(parse_scenario(print(parsed.scenario)).scenario, parsed.scenario) << source;
    EXPECT_EQ(print(parse_scenario(print(parsed.scenario)).scenario), print(parsed.scenario))
        << source;
  }
}

TEST(Parser, TakesLineEndsOfEitherKindAndBlanksAroundLines) {
  const std::string_view source = "  scenario t \r\n\r\n\r\n\r\n\tC:   HELLO\t\r\nS: <close>";
  EXPECT_EQ(print(parse_scenario(source).scenario), "scenario  t\n\nC: HELLO\nS: <close>\n");
  EXPECT_EQ(print(parse_scenario("# c\r\r\nscenario  t\r \r\n").scenario), "# c\nscenario  t\n");
}

TEST(Parser, TakesAnyBlanksBetweenWords) {
  const std::string_view source =
      "scenario t\nmessage <random\t3  letters>\n\nC: raw \t\"a\" | split  at\t2,  3\n"
      "S: <signature\t1  right with\tkey  2>\nor\t<exit\tany>\n";
  const Parsed parsed = parse_scenario(source);
  EXPECT_EQ(parsed.diagnostics.render("t.chat", source), "");
  EXPECT_EQ(
      print(parsed.scenario),
      "scenario  t\nmessage   <random 3 letters>\n\nC: raw \"a\"               | split at 2, 3\n"
      "S: <signature 1 with key 2>\nor <exit any>\n");
}

TEST(Parser, LeavesOutEmptyLinesAtTheBeginAndTheEnd) {
  for (const std::string_view source : {"\n\n# c\n\nC: HELLO\n\n", "\n# c\n\n", "\n\n"}) {
    const Scenario scenario = parse_scenario(source).scenario;
    EXPECT_EQ(parse_scenario(print(scenario)).scenario, scenario) << source;
  }
}

// It means what it says, and a quoted text says it so that nobody wonders.
TEST(Parser, WarnsOfTextThatLooksLikeAnEscapeOrAComment) {
  const auto warnings_of = [](std::string_view source) {
    const Parsed parsed = parse_scenario(source);
    EXPECT_FALSE(parsed.diagnostics.has_errors()) << source;
    return parsed.diagnostics.render("t.chat", source, Severity::kWarning);
  };
  EXPECT_EQ(warnings_of("C: HELLO\\n\n"),
            "t.chat:1:9: warning: without quotes, this is text and no escape [looks-like-escape]\n"
            "    1 | C: HELLO\\n\n"
            "      |         ^~\n"
            "  hint: a line end comes by itself, leave this out; if these characters are meant, "
            "write \"HELLO\\\\n\"\n");
  EXPECT_TRUE(warnings_of("C: HELLO # x\n").contains("no comment [looks-like-comment]\n"));
  for (const std::string text : {"HELLO # x", "HELLO #", "a\\x41", "a\\tb", "a\\0"}) {
    EXPECT_NE(warnings_of("C: " + text + "\n"), "") << text;
    EXPECT_NE(warnings_of("message   " + text + "\n"), "") << text;
    const std::string printed = print(parse_scenario("C: " + text + "\n").scenario);
    EXPECT_EQ(warnings_of(printed), "") << printed;
    EXPECT_EQ(parse_scenario(printed).scenario, parse_scenario("C: " + text).scenario);
  }
  for (const std::string text : {"a#b", "issue #3", "a\\b", "\\.", "\\\\", "a\\x4", "# x"})
    EXPECT_EQ(warnings_of("message   " + text + "\n"), "") << text;
}

TEST(Parser, ShowsEachErrorHoweverManyWarningsThereAre) {
  std::string source;
  for (int i = 0; i < 200; ++i) source += "C: a\\n\n";
  source += "mistake\n";
  EXPECT_TRUE(problems_of(source).starts_with("t.chat:201:1: error: "));
}

TEST(Parser, ReportsEveryMistakeInOneGoAndNothingTwice) {
  const std::string_view source =
      "scenario t\nrol server\nkey\nC: <clsoe it>\nor <close>\nX: y\nC: HELLO | splti 1\n";
  const Parsed parsed = parse_scenario(source);
  ASSERT_EQ(parsed.diagnostics.entries().size(), 5U) << parsed.diagnostics.render("t.chat", source);
  std::vector<std::size_t> lines;
  for (const Diagnostic& entry : parsed.diagnostics.entries()) lines.push_back(entry.place.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{2, 3, 4, 6, 7}));
}

TEST(Parser, TellsOfAHundredMistakesAndThatThereAreMore) {
  std::string source;
  for (int i = 0; i < 1000; ++i) source += "mistake\n";
  const Diagnostics& diagnostics = parse_scenario(source).diagnostics;
  EXPECT_EQ(diagnostics.entries().size(), 100U);
  EXPECT_TRUE(
      diagnostics.render("f", source).ends_with("f: error: there are more errors than these\n"));
}

TEST(Parser, ShowsTheLineACaretAndAHint) {
  EXPECT_EQ(problems_of("C: HELLO | splti 1\n"),
            "t.chat:1:12: error: no modifier is called \"splti\" [unknown-modifier]\n"
            "    1 | C: HELLO | splti 1\n"
            "      |            ^~~~~\n"
            "  hint: did you mean split?\n");
}

TEST(Parser, ShowsHostileBytesHarmlessly) {
  for (const std::string_view source : {"C: \x1b[31m\n", "# \x1b[31m\n",
                                        "scenario \xc2\x9b"
                                        "31m\n"}) {
    const std::string shown = problems_of(source);
    EXPECT_NE(shown, "");
    EXPECT_EQ(chat::find_control(shown.substr(0, shown.find('\n')), "\t"), std::string::npos)
        << shown;
    EXPECT_FALSE(shown.contains('\x1b') || shown.contains('\x9b')) << shown;
  }
}

TEST(Parser, NeverFailsWhateverTheTextIs) {
  const std::string source =
      "scenario t\ntable\n| a | \"\nmessage \"a\\x4\"\n<random 9\nC: raw \"\\\"\nor | "
      "deviates\n|\nC: <signature 1 with key\nsignature of\n";
  for (std::size_t cut = 0; cut <= source.size(); ++cut) {
    const std::string part = source.substr(0, cut);
    const Parsed parsed = parse_scenario(part);
    for (const Diagnostic& entry : parsed.diagnostics.entries()) {
      EXPECT_GE(entry.place.line, 1U);
      EXPECT_FALSE(entry.message.empty());
    }
    parsed.diagnostics.render("t.chat", part);
  }
}

}  // namespace
}  // namespace chatspec
