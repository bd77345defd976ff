// What the check says of a scenario that parses. Each row is a part of a scenario and the mistakes
// in it, by line, column and code; rejected/ has the whole messages.

#include "harness/scenario/check.h"

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/scenario/parser.h"

namespace chatspec {
namespace {

struct Row {
  std::string_view text;
  std::string_view mistakes = "";  // "1:4 duplicate, …"; lines count from the row's text
};

std::string mistakes_in(std::string_view head, std::string_view text) {
  const std::size_t head_lines = static_cast<std::size_t>(std::ranges::count(head, '\n'));
  Parsed parsed = parse_scenario(std::string(head) + std::string(text));
  EXPECT_FALSE(parsed.diagnostics.has_errors()) << text;
  check_scenario(parsed.scenario, parsed.diagnostics);
  std::string mistakes;
  for (const Diagnostic& entry : parsed.diagnostics.entries()) {
    mistakes += fmt::format("{}{}:{} {}", mistakes.empty() ? "" : ", ",
                            static_cast<std::ptrdiff_t>(entry.place.line - head_lines),
                            entry.place.column, entry_of(entry.code).word);
  }
  return mistakes;
}

constexpr std::string_view kServer = "scenario t\ncovers HELLO-2\nrole server\n";
constexpr std::string_view kClient = "scenario t\ncovers HELLO-1\nrole client\n";
constexpr std::string_view kBoth = "scenario t\ncovers HELLO-1 HELLO-2\nrole both\n";

TEST(Check, OfAServersTranscript) {
  for (const Row& row : {
           Row{"C: HELLO\nS: 260 OK\n"},
           Row{"C: HELLO\nS: 260 OK\nC: <close>\nS: <close>\nC2: HELLO\nS2: 260 OK\n"},
           Row{"C: HELLO\nC: <half-close>\nS: 260 OK\nS: <close>\n"},
           Row{"C: HELLO\nC2: HELLO\nS2: 260 OK\nS: 260 OK\n"},
           Row{"C: HELLO\nC3: HELLO\nS: 260 OK\n", "2:1 impossible-order"},
           Row{"C: <close>\nC: HELLO\nS: 260 OK\n", "2:4 impossible-order"},
           Row{"C: <half-close>\nC: <close>\nS: 260 OK\n", "2:4 impossible-order"},
           Row{"C: <reset>\nS: 260 OK\n", "2:4 impossible-order"},
           Row{"S: <silence>\nS: 260 OK\n", "2:4 impossible-order"},
           Row{"S: <silence>\nC: HELLO\nS: 260 OK\n"},
           Row{"S: <silence>\nor <close>\nS: 260 OK\n"},
           Row{"S: <nothing>\n"},
           Row{"C: HELLO\nS: <nothing>\n", "2:4 impossible-order"},
           Row{"S: <nothing>\nC: HELLO\n", "2:4 impossible-order"},
           Row{"C: HELLO\nS: <exit 0>\nS: 260 OK\n", "3:4 impossible-order"},
           Row{"C: HELLO\nS: <restart>\nC2: HELLO\nS2: 260 OK\n"},
           Row{"C: HELLO\nS: <restart>\nC: HELLO\nS: 260 OK\n",
               "3:1 impossible-order, 4:1 impossible-order"},
           Row{"C: <restart>\nS: 260 OK\n", "1:4 wrong-role"},
           Row{"C: <silence>\nS: 260 OK\n", "1:4 played-by-harness"},
           Row{"C: <exit 0>\nC: <prints \"x\">\nS: <exit 0>\n",
               "1:4 played-by-harness, 2:4 played-by-harness"},
           Row{"C: like \"H*\"\nS: <any line>\n", "1:4 played-by-harness"},
           Row{"C: HELLO\nor HELO\nS: <close>\n", "1:1 played-by-harness"},
           Row{"S: <any signature>\nor <close>\n"},
           Row{"S: raw \"\"\n", "1:4 bad-value"},
           Row{"S: like \"a\\nb\"\n", "1:4 bad-value"},
           Row{"S: <message 1>\nS: <signature 1>\n", "1:4 unknown-message, 2:4 unknown-message"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfWaysToMeetAnExpectation) {
  for (const Row& row : {
           Row{"C: HELLO\nS: <close>\nor 500\nthen <close>\nor <silence> | deviates\n"},
           Row{"C: HELLO\nS: 260 OK | deviates\n", "2:13 bad-deviation"},
           Row{"C: HELLO\nS: 260 OK\nor <close> | deviates HELLO-2\n", "3:14 bad-deviation"},
           Row{"C: HELLO\nS: 260 OK\nor <close> | deviates SIG-5\n", "3:14 wrong-role"},
           Row{"C: HELLO\nS: 260 OK\nor <close> | deviates END-3\n"},
           Row{"C: HELLO\nS: 260 OK\nor <exit 0>\n", "3:4 bad-alternative"},
           Row{"C: HELLO\nS: <restart>\nor <close>\n", "2:4 bad-alternative"},
           Row{"C: HELLO\nS: 260 OK\nthen <close>\n", "3:6 bad-alternative"},
           Row{"C: HELLO\nS: 260 OK\nor <close>\nthen 260 OK\n", "4:6 impossible-order"},
           Row{"C: HELLO\nS: 260 OK\nor 500\nthen <exit 0>\n", "4:6 bad-alternative"},
           Row{"C: HELLO\nS: 260 OK\nor 500\nthen <silence>\nthen 501\n", "5:6 impossible-order"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfDelivery) {
  for (const Row& row : {
           Row{"C: HELLO | split 1\nC: DATA | joined\nS: 260 OK\n"},
           Row{"C: HELLO | joined\nS: 260 OK\n", "1:12 bad-delivery"},
           Row{"C: HELLO\nC2: HELLO | joined\nS: 260 OK\n", "2:13 bad-delivery"},
           Row{"C: HELLO\nS: 260 OK | joined\n", "2:13 bad-delivery, 2:13 bad-delivery"},
           Row{"C: HELLO | split 0\nS: 260 OK\n", "1:18 bad-delivery"},
           Row{"C: HELLO | split at 0, 2, 2, 1\nS: 260 OK\n",
               "1:21 bad-delivery, 1:27 bad-delivery, 1:30 bad-delivery"},
           Row{"C: HELLO | split at 6\nS: 260 OK\n"},
           Row{"C: HELLO | split at 7\nS: 260 OK\n", "1:21 bad-delivery"},
           Row{"C: raw \"HELLO\\n\" | split at 6\nS: 260 OK\n", "1:29 bad-delivery"},
           Row{"C: <close> | split 1\nS: <close>\n", "1:14 bad-delivery"},
           Row{"C: DATA\nC: a | apart\nC: . | apart\nS: 260 OK\n"},
           Row{"C: DATA\nC: .\nC: a | apart\nS: 260 OK\n", "3:8 bad-delivery"},
           Row{"C: DATA\nC: a | apart | joined\nS: 260 OK\n", "2:16 bad-delivery"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfDirectives) {
  for (const Row& row : {
           Row{"level must\nlevel must\nC: HELLO\nS: 260 OK\n", "2:1 duplicate"},
           Row{"key a\nkey b\nmessage c\nmessage d\nC: HELLO\nS: 260 OK\n"},
           Row{"key-file crlf\nkey-file <absent>\nC: HELLO\nS: 260 OK\n", "2:1 duplicate"},
           Row{"argument port \"1\"\nargument port \"2\"\nC: HELLO\nS: 260 OK\n", "2:1 duplicate"},
           Row{"message-file crlf\nC: HELLO\nS: 260 OK\n", "1:1 wrong-role"},
           Row{"argument messages <absent>\nC: HELLO\nS: 260 OK\n", "1:1 wrong-role"},
           Row{"tags a a\nneeds x/y x/y\nprofile line line\nC: HELLO\nS: 260 OK\n",
               "1:8 duplicate, 2:11 duplicate, 3:14 duplicate"},
           Row{"tags a/server b/bare c/nobody\nC: HELLO\nS: 260 OK\n", "1:22 unknown-word"},
           Row{"needs x y/z/a\nC: HELLO\nS: 260 OK\n", "1:7 bad-name, 1:9 bad-name"},
           Row{"signature wrong\nC: HELLO\nS: 260 OK\n", "1:1 misplaced-line"},
           Row{"message a\nsignature wrong\nsignature right\nC: HELLO\nS: 260 OK\n",
               "3:1 misplaced-line"},
           Row{"message a\nsignature of 2\nC: HELLO\nS: 260 OK\n", "2:1 unknown-message"},
           Row{"C: HELLO\nkey late\nS: 260 OK\n", "2:1 misplaced-line"},
           Row{"C: HELLO\n", "1:1 nothing-expected"},
           Row{"C: <half-close>\nC2: <close>\n"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfKeysAndMessages) {
  for (const Row& row : {
           Row{"key \"a b\"\nmessage \"a\\nb\"\n\"c\"\nC: HELLO\nS: <signature 1>\n"},
           Row{"key a\n\"b\"\nC: HELLO\nS: 260 OK\n", "2:1 bad-value"},
           Row{"key \"a\\nb\"\nC: HELLO\nS: 260 OK\n", "1:5 bad-value"},
           Row{"key \"a\\t\"\nC: HELLO\nS: 260 OK\n", "1:5 bad-value"},
           Row{"key \"a\\r\"\nC: HELLO\nS: 260 OK\n", "1:5 bad-value"},
           Row{"message \"a\\r\"\nC: HELLO\nS: 260 OK\n"},
           Row{"message \"a\\r\\nb\"\nC: HELLO\nC: <message 1>\nS: 260 OK\n", "1:9 bad-value"},
           Row{"key a\nmessage b\nmessage c\nC: HELLO\nS: <signature 2>\n", "5:4 unknown-key"},
           Row{"message b\nmessage c\nC: HELLO\nS: <signature 2 with key 1>\n"},
           Row{"message \"x\" * 60000000\n\"x\" * 60000000\nC: HELLO\nS: 260 OK\n",
               "2:1 too-large"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfTables) {
  for (const Row& row : {
           Row{"table\n|n|u|\n|a|x|\nC: <u>\nS: <close>\n"},
           Row{"table\n|n|u|tags|\n|a|x|slow|\nC: <u>\nS: <close>\n"},
           Row{"table\n|n|u|\nC: <u>\nS: <close>\n", "1:1 bad-table"},
           Row{"table\n|n|u|u|\n|a|x|y|\n|a|x|y|\nC: <u>\nS: <close>\n",
               "2:6 duplicate, 4:2 duplicate"},
           Row{"table\n|n|close|\n|a|x|\nC: HELLO\nS: <close>\n", "2:4 bad-name"},
           Row{"table\n|n|u|\n|a|x|\nC: HELLO\nS: <close>\n", "2:4 unused-column"},
           Row{"table\n|n|u|\n|a|x|\nC: <v>\nS: <close>\n", "4:4 unknown-item"},
           Row{"table\n|n|u|\n|a|<v>|\nC: <u>\nS: <close>\n", "3:4 unknown-item"},
           Row{"table\n|n|at|\n|a|x|\nC: HELLO | split <at>\nS: <close>\n", "3:4 bad-number"},
           Row{"table\n|n|tags|\n|a|BIG|\nC: HELLO\nS: <close>\n", "3:4 bad-name"},
           // of every row, once
           Row{"table\n|n|at|\n|a|9|\n|b|9|\n|c|2|\nC: HELLO | split at <at>\nS: <close>\n",
               "6:21 bad-delivery"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfAClientsTranscriptAndOneForBoth) {
  EXPECT_EQ(mistakes_in(kClient, "C: <nothing>\n"), "");
  EXPECT_EQ(mistakes_in(kClient, "C: HELLO\nor <silence>\nS: 260 OK | split 1\n"), "");
  EXPECT_EQ(mistakes_in(kClient, "S: 260 OK\n"), "1:1 nothing-expected");
  EXPECT_EQ(mistakes_in(kClient, "C: HELLO\nS: <restart>\n"), "2:4 wrong-role");
  EXPECT_EQ(mistakes_in(kClient, "C: HELLO\nS: <any signature>\n"), "2:4 played-by-harness");
  EXPECT_EQ(mistakes_in(kBoth, "C: HELLO | split 1\nS: 260 OK | split 1\n"), "");
  EXPECT_EQ(mistakes_in(kBoth, "C: HELLO\nS: 260 OK\nor <close>\n"), "");
  EXPECT_EQ(mistakes_in(kBoth, "C: HELLO\nS: <any line>\n"), "2:4 played-by-harness");
  EXPECT_EQ(mistakes_in(kBoth, "C: HELLO\nS: 260 OK\nor 500\nthen <close>\n"),
            "4:6 played-by-harness");
}

TEST(Check, OfWhatAScenarioCovers) {
  const std::string_view transcript = "C: HELLO\nS: 260 OK\n";
  for (const Row& row : {
           Row{"covers HELLO-2\nrole server\n"},
           Row{"role server\n", "1:1 missing-directive"},
           Row{"covers HELLO-2\n", "1:1 missing-directive"},
           Row{"covers HELLO-2 HELO-2\nrole server\n", "2:16 unknown-requirement"},
           Row{"covers HELLO-1\nrole server\n", "2:8 wrong-role"},
           Row{"covers HELLO-2\nrole both\n", "2:8 wrong-role"},
           Row{"covers SIG-3\nrole server\nlevel must\n", "4:1 level-too-strong"},
           Row{"covers SIG-3\nrole server\nlevel may\n"},
       }) {
    const std::string source = "scenario t\n" + std::string(row.text) + std::string(transcript);
    EXPECT_EQ(mistakes_in("", source), row.mistakes) << row.text;
  }
}

}  // namespace
}  // namespace chatspec
