// What help says of each command.

#include "harness/cli/all_commands.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>
#include <wordexp.h>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/command_line.h"
#include "harness/cli/console/captured_console.h"
#include "harness/cli/help/command_tree.h"
#include "harness/cli/help/help_footer.h"
#include "harness/cli/help/help_topics.h"
#include "harness/cli/options/program_words.h"

namespace chatspec {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct WholeApp {
  WholeApp() { add_all_commands(app, colour, chosen); }
  CLI::App app;
  std::string colour;
  Chosen chosen;
};

// The words of the first command in a line of shell, up to a pipe, a redirection or a comment.
std::vector<std::string> words_of_command(const std::string& line) {
  const std::string command = line.substr(0, std::min(line.find_first_of("|>;#)"), line.size()));
  std::string braced;  // which wordexp() does not take unquoted
  bool is_quoted = false;
  for (const char c : command) {
    is_quoted ^= c == '\'';
    if (!is_quoted && (c == '{' || c == '}')) braced += '\\';
    braced += c;
  }
  wordexp_t words{};
  EXPECT_EQ(wordexp(braced.c_str(), &words, WRDE_NOCMD | WRDE_UNDEF), 0) << line;
  std::vector<std::string> out(words.we_wordv, words.we_wordv + words.we_wordc);
  wordfree(&words);
  return out;
}

TEST(Help, HasExamplesOfEachCommandThatTheCommandLineTakes) {
  WholeApp whole;
  std::vector<CommandTree> all{read_command_tree(whole.app)};
  all.insert(all.end(), all[0].commands.begin(), all[0].commands.end());
  for (const CommandTree& command : all) {
    const std::vector<std::string> examples = take_footer_apart(command.footer).examples;
    EXPECT_THAT(examples, Not(IsEmpty())) << command.name;
    for (const std::string& example : examples) {
      const std::size_t begin = example.find("chatspec ");
      ASSERT_NE(begin, std::string::npos) << example;
      std::vector<std::string> words = words_of_command(example.substr(begin));
      words.erase(words.begin());
      words = join_program_words(words);
      WholeApp fresh;
      std::ranges::reverse(words);  // as CLI11 wants them
      EXPECT_NO_THROW(fresh.app.parse(words)) << example;
      EXPECT_TRUE(fresh.chosen) << example;
    }
  }
}

TEST(Help, OfACommandIsThatOfItsOption) {
  CapturedConsole by_command;
  CapturedConsole by_option;
  EXPECT_EQ(run_command_line({"help", "lint"}, by_command), ExitCode::kGood);
  EXPECT_EQ(run_command_line({"lint", "--help"}, by_option), ExitCode::kGood);
  EXPECT_EQ(by_command.all(), by_option.all());
  CapturedConsole of_all;
  EXPECT_EQ(run_command_line({"help"}, of_all), ExitCode::kGood);
  EXPECT_THAT(of_all.said, HasSubstr("Subcommands:"));
}

TEST(Help, TellsOfTopicsWhatTheTablesHave) {
  for (const auto& [topic, part] : std::vector<std::pair<std::string, std::string>>{
           {"exit-status", "chatspec regrade:\n  0 nobody has less than before"},
           {"isolation", "  --isolation TEXT\n"},
           {"known-failures", "  --known-flaky FILE\n"},
           {"profiles", "  crlf   lines end with \"\\r\\n\"\n"},
           {"scenarios", "  handshake "}}) {
    CapturedConsole console;
    EXPECT_EQ(run_command_line({"help", topic}, console), ExitCode::kGood);
    EXPECT_THAT(console.said, HasSubstr(part));
    EXPECT_NE(find_help_topic(topic), nullptr);
  }
  CapturedConsole unknown;
  EXPECT_EQ(run_command_line({"help", "profile"}, unknown), ExitCode::kUsage);
  EXPECT_THAT(unknown.warned, HasSubstr("did you mean \"profiles\"?"));
}

}  // namespace
}  // namespace chatspec
