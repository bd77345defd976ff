// What the scripts are made of, for a small command line; that real shells take the real ones,
// completion_command_test.cc shows.

#include "harness/cli/help/completion_scripts.h"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A program `tea` with a command that has an option of each kind.
struct SmallApp {
  SmallApp() {
    app.set_help_flag("-h,--help", "Print this help and end");
    app.add_option("--color", text, "When to use it's colours: seldom")
        ->check(CLI::IsMember({"auto", "never"}));
    CLI::App* brew = app.add_subcommand("brew", "Make tea; hot");
    brew->add_flag("-q,--quiet", flag, "Say [nothing]");
    brew->add_option("--tag", texts, "Only such")->type_name("TAG");
    brew->add_option("--log", text, "Write a log")->type_name("FILE")->capture_default_str();
    brew->add_option("--out", text, "Where to")->type_name("DIR")->required();
    brew->add_option("--hidden", text, "Nothing for help")->group("");
    brew->add_option("SCENARIO", texts, "Which");
  }
  CLI::App app{"Tea", "tea"};
  bool flag = false;
  std::string text;
  std::vector<std::string> texts;
};

const std::vector<WordList> kLists{{"SCENARIO", {"hot/cup", "$(reboot)"}}, {"TAG", {"green"}}};

TEST(CommandTree, HasWhatHelpShowsAndWhatAValueMayBe) {
  const SmallApp small;
  const CommandTree tree = read_command_tree(small.app);
  EXPECT_EQ(tree.name, "tea");
  ASSERT_EQ(tree.options.size(), 2U);
  EXPECT_THAT(tree.options[0].names, ElementsAre("-h", "--help"));
  EXPECT_EQ(tree.options[0].value, "");
  EXPECT_THAT(tree.options[1].choice.words, ElementsAre("auto", "never"));
  ASSERT_EQ(tree.commands.size(), 1U);
  const CommandTree& brew = tree.commands[0];
  std::vector<std::string> names;
  for (const CommandArgument& option : brew.options) names.push_back(option.names.back());
  EXPECT_THAT(names, ElementsAre("--help", "--quiet", "--tag", "--log", "--out"));
  EXPECT_TRUE(brew.options[2].may_repeat);
  EXPECT_EQ(brew.options[2].choice.list, "TAG");
  EXPECT_EQ(brew.options[3].choice.paths, ValueChoice::Paths::kFiles);
  EXPECT_FALSE(brew.options[3].may_repeat);
  EXPECT_EQ(brew.options[4].choice.paths, ValueChoice::Paths::kFolders);
  EXPECT_TRUE(brew.options[4].is_required);
  ASSERT_EQ(brew.operands.size(), 1U);
  EXPECT_EQ(brew.operands[0].value, "SCENARIO");
}

TEST(CommandTree, ShortensADescriptionToItsFirstSentence) {
  EXPECT_EQ(brief("Make tea; hot"), "Make tea");
  EXPECT_EQ(brief("When: seldom"), "When");
  EXPECT_EQ(brief("It ends in `\\.`. Then more."), "It ends in `\\.`");
  EXPECT_EQ(brief("All of it."), "All of it");
}

TEST(Completion, OfBashOffersWordsPathsAndOptions) {
  const SmallApp small;
  const std::string script = render_bash_completion(read_command_tree(small.app), kLists);
  for (const char* part :
       {"_tea_SCENARIO='hot/cup'\n", "      brew) [[ $command ]] || command=${COMP_WORDS[i]} ;;\n",
        "    *' --color') _tea_words 'auto never'; return ;;\n",
        "    brew' --tag') _tea_words \"$_tea_TAG\"; return ;;\n",
        "    brew' --log') _tea_paths file; return ;;\n",
        "    brew' --out') _tea_paths directory; return ;;\n",
        "    brew' '-*) _tea_words '-h --help -q --quiet --tag --log --out --color'; return ;;\n",
        "    ' '-*) _tea_words '-h --help --color'; return ;;\n",
        "    brew) _tea_words \"$_tea_SCENARIO\"; _tea_paths file; ;;\n",
        "    '') _tea_words 'brew' ;;\n", "complete -F _tea tea\n"})
    EXPECT_THAT(script, HasSubstr(part));
  EXPECT_THAT(script, Not(HasSubstr("hidden")));
}

TEST(Completion, OfZshDescribesEachOption) {
  const SmallApp small;
  const std::string script = render_zsh_completion(read_command_tree(small.app), kLists);
  for (const char* part :
       {"#compdef tea\n", "  SCENARIO 'hot/cup'\n", "    'brew:Make tea'\n",
        "'(-h --help)--help[Print this help and end]'", "'(-q --quiet)-q[Say \\[nothing\\]]'",
        "'(--color)--color=[When to use it'\\''s colours]:TEXT:(auto never)'",
        "'*--tag=[Only such]:TAG: _tea_offer TAG '", "'(--log)--log=[Write a log]:FILE:_files'",
        "'(--out)--out=[Where to]:DIR:_files -/'", "'*:SCENARIO: _tea_offer SCENARIO _files'"})
    EXPECT_THAT(script, HasSubstr(part));
}

TEST(Completion, OfFishDescribesEachOption) {
  const SmallApp small;
  const std::string script = render_fish_completion(read_command_tree(small.app), kLists);
  for (const char* part :
       {"set -g __tea_SCENARIO 'hot/cup'\n",
        "complete -c tea -l color -r -f -a 'auto never' -d 'When to use it\\'s colours'\n",
        "complete -c tea -n __fish_use_subcommand -f -a brew -d 'Make tea'\n",
        "complete -c tea -n '__fish_seen_subcommand_from brew' -s q -l quiet -d 'Say [nothing]'\n",
        " -l tag -r -f -a \"$__tea_TAG\" -d 'Only such'\n", " -l log -r -F -d 'Write a log'\n",
        " -l out -r -f -a '(__fish_complete_directories)' -d 'Where to'\n",
        " -n '__fish_seen_subcommand_from brew' -F -a \"$__tea_SCENARIO\"\n"})
    EXPECT_THAT(script, HasSubstr(part));
}

TEST(Completion, NeverHasAWordThatAShellWouldRun) {
  const SmallApp small;
  for (auto* render : {render_bash_completion, render_zsh_completion, render_fish_completion})
    EXPECT_THAT(render(read_command_tree(small.app), kLists), Not(HasSubstr("reboot")));
  EXPECT_THAT(only_plain_words({"a/b-c", "SIG-1", "`x`", "-x", "a b", "", "a\nb", "x[y]"}),
              ElementsAre("a/b-c", "SIG-1"));
}

}  // namespace
}  // namespace chatspec
