// The completion scripts in the shells that they are for, as far as these are installed.

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Calls what the script of bash defines, with the last of the words as that which is being typed.
constexpr const char* kAskBash = R"(
source "$1"
complete -p chatspec >/dev/null || exit 1
cd "$2"
while read -r line; do
  read -r -a COMP_WORDS <<<"$line"
  [[ $line != *' |' ]] || COMP_WORDS[-1]=''
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
  _chatspec
  echo "$line => ${COMPREPLY[*]}"
done
)";

bool is_installed(const std::string& program) {
  return chat::run_command_line("command -v " + program).status == 0;
}

TEST(CompletionCommand, CompletesInBash) {
  if (!is_installed("bash")) GTEST_SKIP() << "bash is not installed";
  const Folder folder;
  ASSERT_EQ(chatspec("completion bash", ">" + folder.at("script")).status, 0);
  ASSERT_EQ(chat::run_command_line("bash -n " + folder.at("script") + " 2>&1").output, "");
  folder.write("ask.bash", kAskBash);
  folder.write("known failures.txt", "");
  folder.write("lines",
               "chatspec re\n"
               "chatspec run --del\n"
               "chatspec run --delivery c\n"
               "chatspec run --delivery = joi\n"
               "chatspec --color never run --level |\n"
               "chatspec run --requirement SIG-1\n"
               "chatspec explain not-cl\n"
               "chatspec list handshake/hello-thr\n"
               "chatspec run --known known\n"
               "chatspec list --colo\n"
               "chatspec run --seed |\n"
               "chatspec completion f\n");
  const Outcome outcome =
      chat::run_command_line("bash " + folder.at("ask.bash") + " " + folder.at("script") + " " +
                             folder.path().string() + " <" + folder.at("lines") + " 2>&1");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("chatspec re => report reproduce regrade\n"),
                    HasSubstr("run --del => --delivery\n"), HasSubstr("run --delivery c => cuts\n"),
                    HasSubstr("run --delivery = joi => joined\n"),
                    HasSubstr("run --level | => must should may\n"),
                    HasSubstr("run --requirement SIG-1 => SIG-1\n"),
                    HasSubstr("explain not-cl => not-closed\n"),
                    HasSubstr("run --known known => known failures.txt\n"),
                    HasSubstr("list --colo => --color\n"), HasSubstr("run --seed | => \n"),
                    HasSubstr("completion f => fish\n")));
}

TEST(CompletionCommand, IsUnderstoodByZsh) {
  if (!is_installed("zsh")) GTEST_SKIP() << "zsh is not installed";
  const Folder folder;
  ASSERT_EQ(chatspec("completion zsh", ">" + folder.at("_chatspec")).status, 0);
  const Outcome outcome = chat::run_command_line("zsh -n " + folder.at("_chatspec") + " 2>&1");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(CompletionCommand, CompletesInFish) {
  if (!is_installed("fish")) GTEST_SKIP() << "fish is not installed";
  const Folder folder;
  ASSERT_EQ(chatspec("completion fish", ">" + folder.at("script")).status, 0);
  const Outcome outcome = chat::run_command_line(
      "fish --no-config -c 'source " + folder.at("script") +
      "; complete -C \"chatspec re\"; complete -C \"chatspec run --delivery c\"' 2>&1");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("regrade\t"), HasSubstr("cuts")));
}

}  // namespace
}  // namespace chatspec
