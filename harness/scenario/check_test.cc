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

struct Part {
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
  for (const Part& row : {
           Part{"C: HELLO\nS: 260 OK\n"},
           Part{"C: HELLO\nS: 260 OK\nC: <close>\nS: <close>\nC2: HELLO\nS2: 260 OK\n"},
           Part{"C: HELLO\nC: <half-close>\nS: 260 OK\nS: <close>\n"},
           Part{"C: HELLO\nC2: HELLO\nS2: 260 OK\nS: 260 OK\n"},
           Part{"C: HELLO\nC3: HELLO\nS: 260 OK\n", "2:1 impossible-order"},
           Part{"C: <close>\nC: HELLO\nS: 260 OK\n", "2:4 impossible-order"},
           Part{"C: <half-close>\nC: <close>\nS: 260 OK\n", "2:4 impossible-order"},
           Part{"C: <reset>\nS: 260 OK\n", "2:4 impossible-order"},
           Part{"S: <silence>\nS: 260 OK\n", "2:4 impossible-order"},
           Part{"S: <silence>\nC: HELLO\nS: 260 OK\n"},
           Part{"S: <silence>\nor <close>\nS: 260 OK\n"},
           Part{"S: <nothing>\n"},
           Part{"C: HELLO\nS: <nothing>\n", "2:4 impossible-order"},
           Part{"S: <nothing>\nC: HELLO\n", "2:4 impossible-order"},
           Part{"C: HELLO\nS: <exit 0>\nS: 260 OK\n", "3:4 impossible-order"},
           Part{"C: HELLO\nS: <restart>\nC2: HELLO\nS2: 260 OK\n"},
           Part{"C: HELLO\nS: <restart>\nC: HELLO\nS: 260 OK\n",
                "3:1 impossible-order, 4:1 impossible-order"},
           Part{"C: <restart>\nS: 260 OK\n", "1:4 wrong-role"},
           Part{"C: <silence>\nS: 260 OK\n", "1:4 played-by-harness"},
           Part{"C: <exit 0>\nC: <prints \"x\">\nS: <exit 0>\n",
                "1:4 played-by-harness, 2:4 played-by-harness"},
           Part{"C: like \"H*\"\nS: <any line>\n", "1:4 played-by-harness"},
           Part{"C: HELLO\nor HELO\nS: <close>\n", "1:1 played-by-harness"},
           Part{"S: <any signature>\nor <close>\n"},
           Part{"S: raw \"\"\n", "1:4 bad-value"},
           Part{"S: like \"a\\nb\"\n", "1:4 bad-value"},
           Part{"S: <message 1>\nS: <signature 1>\n", "1:4 unknown-message, 2:4 unknown-message"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfWaysToMeetAnExpectation) {
  for (const Part& row : {
           Part{"C: HELLO\nS: <close>\nor 500\nthen <close>\nor <silence> | deviates\n"},
           Part{"C: HELLO\nS: 260 OK | deviates\n", "2:13 bad-deviation"},
           Part{"C: HELLO\nS: 260 OK\nor <close> | deviates HELLO-2\n", "3:14 bad-deviation"},
           Part{"C: HELLO\nS: 260 OK\nor <close> | deviates SIG-5\n", "3:14 wrong-role"},
           Part{"C: HELLO\nS: 260 OK\nor <close> | deviates END-3\n"},
           Part{"C: HELLO\nS: 260 OK\nor <exit 0>\n", "3:4 bad-alternative"},
           Part{"C: HELLO\nS: <restart>\nor <close>\n", "2:4 bad-alternative"},
           Part{"C: HELLO\nS: 260 OK\nthen <close>\n", "3:6 bad-alternative"},
           Part{"C: HELLO\nS: 260 OK\nor <close>\nthen 260 OK\n", "4:6 impossible-order"},
           Part{"C: HELLO\nS: 260 OK\nor 500\nthen <exit 0>\n", "4:6 bad-alternative"},
           Part{"C: HELLO\nS: 260 OK\nor 500\nthen <silence>\nthen 501\n", "5:6 impossible-order"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfDelivery) {
  for (const Part& row : {
           Part{"C: HELLO | split 1\nC: DATA | joined\nS: 260 OK\n"},
           Part{"C: HELLO | joined\nS: 260 OK\n", "1:12 bad-delivery"},
           Part{"C: HELLO\nC2: HELLO | joined\nS: 260 OK\n", "2:13 bad-delivery"},
           Part{"C: HELLO\nS: 260 OK | joined\n", "2:13 bad-delivery"},
           Part{"C: HELLO\nS: <close> | joined\n", "2:14 bad-delivery"},
           Part{"C: HELLO | split 0\nS: 260 OK\n", "1:18 bad-delivery"},
           Part{"C: HELLO | split at 0, 2, 2, 1\nS: 260 OK\n",
                "1:21 bad-delivery, 1:27 bad-delivery, 1:30 bad-delivery"},
           Part{"C: HELLO | split at 6\nS: 260 OK\n"},
           Part{"C: HELLO | split at 7\nS: 260 OK\n", "1:21 bad-delivery"},
           Part{"C: raw \"HELLO\\n\" | split at 6\nS: 260 OK\n", "1:29 bad-delivery"},
           Part{"C: <close> | split 1\nS: <close>\n", "1:14 bad-delivery"},
           Part{"C: DATA\nC: a | apart\nC: . | apart\nS: 260 OK\n"},
           Part{"C: DATA\nC: .\nC: a | apart\nS: 260 OK\n", "3:8 bad-delivery"},
           Part{"C: DATA\nC: a | apart | joined\nS: 260 OK\n", "2:16 bad-delivery"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfDirectives) {
  for (const Part& row : {
           Part{"level must\nlevel must\nC: HELLO\nS: 260 OK\n", "2:1 duplicate"},
           Part{"key a\nkey b\nmessage c\nmessage d\nC: HELLO\nS: 260 OK\n"},
           Part{"key-file crlf\nkey-file <absent>\nC: HELLO\nS: 260 OK\n", "2:1 duplicate"},
           Part{"argument port \"1\"\nargument port \"2\"\nC: HELLO\nS: 260 OK\n", "2:1 duplicate"},
           Part{"message-file crlf\nC: HELLO\nS: 260 OK\n", "1:1 wrong-role"},
           Part{"argument messages <absent>\nC: HELLO\nS: 260 OK\n", "1:1 wrong-role"},
           Part{"tags a a\nneeds x/y x/y\nprofile line line\nC: HELLO\nS: 260 OK\n",
                "1:8 duplicate, 2:11 duplicate, 3:14 duplicate"},
           Part{"tags a/server b/bare c/nobody\nC: HELLO\nS: 260 OK\n", "1:22 unknown-word"},
           Part{"needs x y/z/a\nC: HELLO\nS: 260 OK\n", "1:7 bad-name, 1:9 bad-name"},
           Part{"signature wrong\nC: HELLO\nS: 260 OK\n", "1:1 misplaced-line"},
           Part{"message a\nsignature wrong\nsignature right\nC: HELLO\nS: 260 OK\n",
                "3:1 misplaced-line"},
           Part{"message a\nsignature of 2\nC: HELLO\nS: 260 OK\n", "2:1 unknown-message"},
           Part{"C: HELLO\nkey late\nS: 260 OK\n", "2:1 misplaced-line"},
           Part{"C: HELLO\n", "1:1 nothing-expected"},
           Part{"C: <half-close>\nC2: <close>\n"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfKeysAndMessages) {
  for (const Part& row : {
           Part{"key \"a b\"\nmessage \"a\\nb\"\n\"c\"\nC: HELLO\nS: <signature 1>\n"},
           Part{"key a\n\"b\"\nC: HELLO\nS: 260 OK\n", "2:1 bad-value"},
           Part{"key \"a\\nb\"\nC: HELLO\nS: 260 OK\n", "1:5 bad-value"},
           Part{"key \"a\\t\"\nC: HELLO\nS: 260 OK\n", "1:5 bad-value"},
           Part{"key \"a\\r\"\nC: HELLO\nS: 260 OK\n", "1:5 bad-value"},
           Part{"message \"a\\r\"\nC: HELLO\nS: 260 OK\n"},
           Part{"message \"a\\r\\nb\"\nC: HELLO\nC: <message 1>\nS: 260 OK\n", "1:9 bad-value"},
           Part{"key a\nmessage b\nmessage c\nC: HELLO\nS: <signature 2>\n", "5:4 unknown-key"},
           Part{"message b\nmessage c\nC: HELLO\nS: <signature 2 with key 1>\n"},
           Part{"message \"x\" * 60000000\n\"x\" * 60000000\nC: HELLO\nS: 260 OK\n",
                "2:1 too-large"},
       }) {
    EXPECT_EQ(mistakes_in(kServer, row.text), row.mistakes) << row.text;
  }
}

TEST(Check, OfTables) {
  for (const Part& row : {
           Part{"table\n|n|u|\n|a|x|\nC: <u>\nS: <close>\n"},
           Part{"table\n|n|u|tags|\n|a|x|slow|\nC: <u>\nS: <close>\n"},
           Part{"table\n|n|u|\nC: <u>\nS: <close>\n", "1:1 bad-table"},
           Part{"table\n|n|u|u|\n|a|x|y|\n|a|x|y|\nC: <u>\nS: <close>\n",
                "2:6 duplicate, 4:2 duplicate"},
           Part{"table\n|n|close|\n|a|x|\nC: HELLO\nS: <close>\n", "2:4 bad-name"},
           Part{"table\n|n|u|\n|a|x|\nC: HELLO\nS: <close>\n", "2:4 unused-column"},
           Part{"table\n|n|u|\n|a|x|\nC: <v>\nS: <close>\n", "4:4 unknown-item"},
           Part{"table\n|n|u|\n|a|<v>|\nC: <u>\nS: <close>\n", "3:4 unknown-item"},
           Part{"table\n|n|at|\n|a|x|\nC: HELLO | split <at>\nS: <close>\n", "3:4 bad-number"},
           Part{"table\n|n|tags|\n|a|BIG|\nC: HELLO\nS: <close>\n", "3:4 bad-name"},
           // of every row, once
           Part{"table\n|n|at|\n|a|9|\n|b|9|\n|c|2|\nC: HELLO | split at <at>\nS: <close>\n",
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
  for (const Part& row : {
           Part{"covers HELLO-2\nrole server\n"},
           Part{"role server\n", "1:1 missing-directive"},
           Part{"covers HELLO-2\n", "1:1 missing-directive"},
           Part{"covers HELLO-2 HELO-2\nrole server\n", "2:16 unknown-requirement"},
           Part{"covers HELLO-1\nrole server\n", "2:8 wrong-role"},
           Part{"covers HELLO-2\nrole both\n", "2:8 wrong-role"},
           Part{"covers SIG-3\nrole server\nlevel must\n", "4:1 level-too-strong"},
           Part{"covers SIG-3\nrole server\nlevel may\n"},
       }) {
    const std::string source = "scenario t\n" + std::string(row.text) + std::string(transcript);
    EXPECT_EQ(mistakes_in("", source), row.mistakes) << row.text;
  }
}

}  // namespace
}  // namespace chatspec
