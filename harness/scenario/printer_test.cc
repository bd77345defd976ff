#include "harness/scenario/printer.h"

#include <set>
#include <variant>

#include <gtest/gtest.h>

#include "harness/scenario/parser.h"
#include "harness/scenario/tests/generator.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

std::string told_of(const Parsed& parsed, std::string_view source) {
  return parsed.diagnostics.render("t", source) +
         parsed.diagnostics.render("t", source, Severity::kWarning);
}

TEST(Printer, IsTheInverseOfTheParserForWhateverScenarioThereIs) {
  std::set<std::size_t> kinds;
  std::set<ItemKind> items;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const Scenario scenario = Generator(seed).scenario();
    for (const Statement& one : scenario.statements) kinds.insert(one.content.index());
    for (const TranscriptLine* line : scenario.all<TranscriptLine>())
      items.insert(line->alternatives.front().item.kind);
    const std::string printed = print(scenario);
    const Parsed parsed = parse_scenario(printed);
    ASSERT_EQ(told_of(parsed, printed), "") << "seed " << seed << "\n" << printed;
    ASSERT_TRUE(parsed.scenario == scenario) << "seed " << seed << "\n"
                                             << printed << "\nis read as\n"
                                             << print(parsed.scenario);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<StatementContent>) << "not all were among them";
  EXPECT_EQ(items.size(), static_cast<std::size_t>(ItemKind::kColumn) + 1);
}

TEST(Printer, WritesTextThatADifferentEndOfLineOrBlanksDoNotChange) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Scenario scenario = Generator(seed).scenario();
    std::string spoilt;
    for (const char c : print(scenario))
      spoilt += c == '\n' ? std::string(" \t\r\n  ") : std::string(1, c);
    const Parsed parsed = parse_scenario(spoilt);
    ASSERT_EQ(told_of(parsed, spoilt), "") << "seed " << seed;
    ASSERT_TRUE(parsed.scenario == scenario) << "seed " << seed << "\n" << spoilt;
  }
}

// What could stand without quotes, and mean the same to everybody, does.
TEST(Printer, QuotesOnlyWhatMustBe) {
  std::size_t quoted = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const std::string text = Generator(seed).readable(8);
    const Item unit{.text = {text}};
    if (print(unit) == text) continue;
    ++quoted;
    const std::string plain = "C: " + text + "\n";
    const Parsed parsed = parse_scenario(plain);
    const TranscriptLine* line = parsed.scenario.find<TranscriptLine>();
    EXPECT_FALSE(line && line->alternatives.front().item == unit && told_of(parsed, plain).empty())
        << print(unit) << " needs no quotes";
  }
  EXPECT_GT(quoted, 1000U);
}

TEST(Printer, ShowsAnItemInOneLineWhateverIsInIt) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const std::string shown = print(Generator(seed).item());
    EXPECT_EQ(chat::find_control(shown, "\t"), std::string::npos) << shown;
    EXPECT_FALSE(shown.contains('\n')) << shown;
  }
}

TEST(Printer, AlignsWhatBelongsTogether) {
  const std::string source =
      "scenario t\ncovers HELLO-1\nmessage \"a\"\n\"b\"\n\n\n\ntable\n|a|bcd|\n|\"x|y\"|\n|long "
      "cell|z|\n\n"
      "C: HELLO | split 1 | joined\nor <close> | deviates END-3\nthen <silence>\n"
      "C: a very long unit that reaches over the column | apart\n";
  EXPECT_EQ(print(parse_scenario(source).scenario),
            "scenario  t\n"
            "covers    HELLO-1\n"
            "message   \"a\"\n"
            "          \"b\"\n"
            "\n"
            "table\n"
            "  | a         | bcd |\n"
            "  | long cell | z   |\n"
            "\n"
            "C: HELLO                 | split 1 | joined\n"
            "or <close>               | deviates END-3\n"
            "then <silence>\n"
            "C: a very long unit that reaches over the column | apart\n");
}

}  // namespace
}  // namespace chatspec
