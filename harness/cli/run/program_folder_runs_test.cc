// Runs of programs that live in a folder of their own, and are built there.

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

// A server of several files: one that names the program, and the program in a package beside it.
void write_several_files(const fs::path& folder) {
  fs::create_directories(folder / "chat");
  fs::copy_file(kPrograms + "correct/python/server.py", folder / "chat" / "program.py");
  std::ofstream(folder / "chat" / "__init__.py").flush();
  std::ofstream(folder / "server.py") << "import runpy\nimport chat\n"
                                         "runpy.run_module('chat.program', run_name='__main__')\n";
}

void write_one_file(const fs::path& folder) {
  fs::create_directories(folder);
  fs::copy_file(kPrograms + "correct/python/server.py", folder / "server.py");
}

bool has_sandbox() {
  static const bool has = chatspec("run quit/at-once -q --isolation sandbox --server -- " + kBin +
                                   "/chat-server {port} {keys}")
                              .status == 0;
  return has;
}

class ProgramFolderRuns : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "sandbox" && !has_sandbox()) GTEST_SKIP() << "there is no sandbox here";
  }
  // A run of one case in the tier.
  Outcome run(const std::string& options) const {
    return chatspec("run quit/at-once --isolation " + GetParam() + " --log " +
                    folder_.at("log.jsonl") + " " + options);
  }
  Folder folder_;
};
INSTANTIATE_TEST_SUITE_P(Tiers, ProgramFolderRuns, testing::Values("plain", "auto", "sandbox"),
                         [](const auto& tier) { return tier.param; });

TEST_P(ProgramFolderRuns, PlayAProgramOfSeveralFiles) {
  write_several_files(folder_.at("several"));
  for (const std::string words : {"server.py", "-m chat.program", "./server.py"}) {
    const Outcome outcome = run("--folder " + folder_.at("several") + " --server -- python3 " +
                                words + " {port} {keys}");
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_TRUE(outcome.says("in a copy of " + folder_.at("several") + "\n"));
  }
  EXPECT_FALSE(fs::exists(folder_.at("several") + "/chat/__pycache__"));
  EXPECT_TRUE(folder_.content("log.jsonl").contains(R"("folder":")" + folder_.at("several")));
}

TEST_P(ProgramFolderRuns, BuildItOnceBeforeTheyPlay) {
  fs::create_directory(folder_.at("source"));
  folder_.write("source/server.in", "#!/bin/sh\nexec " + kBin + "/chat-server \"$@\"\n");
  const bool hides = GetParam() == "sandbox";
  const Outcome outcome =
      chatspec("run -v quit/at-once handshake/hello --isolation " + GetParam() + " --log " +
               folder_.at("log.jsonl") + " --folder " + folder_.at("source") +
               (hides ? " --readable " + kBin : "") +
               " --build 'cp *.in server && chmod +x server' --server -- ./server {port} {keys}");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("\nbuilt in ")) << outcome.output;
  EXPECT_FALSE(fs::exists(folder_.at("source") + "/server"));
  const std::string log = folder_.content("log.jsonl");
  EXPECT_EQ(log.find(R"({"record":"build")"), log.rfind(R"({"record":"build")"));
  EXPECT_LT(log.find(R"({"record":"build")"), log.find(R"({"record":"case")"));
}

TEST_P(ProgramFolderRuns, TellOfABuildThatFailsAndPlayNothing) {
  fs::create_directory(folder_.at("source"));
  const std::string options = "--folder " + folder_.at("source") +
                              " --build 'printf \"line 3: \\033[31mno such thing\\n\" >&2; exit 3'"
                              " --server -- ./server {port} {keys}";
  const Outcome outcome = run(options);
  EXPECT_EQ(outcome.status, 6);
  for (const std::string part : {"fail build  printf", "it ended with exit status 3",
                                 "      line 3: \\x1b[31mno such thing\n", "\nnot built in "}) {
    EXPECT_TRUE(outcome.says(part)) << part << "\n" << outcome.output;
  }
  EXPECT_FALSE(folder_.content("log.jsonl").contains(R"("record":"case")"));
  const Outcome report = chatspec("report " + folder_.at("log.jsonl"));
  EXPECT_EQ(report.status, 6);
  EXPECT_EQ(report.output, outcome.output);
  EXPECT_TRUE(run("-q " + options).output.starts_with("not built in "));
}

TEST_P(ProgramFolderRuns, TellOfABuildThatDoesNotMakeTheProgram) {
  fs::create_directory(folder_.at("source"));
  const Outcome outcome = run("--folder " + folder_.at("source") +
                              " --build 'touch sevrer' --server -- ./server {port} {keys}");
  EXPECT_EQ(outcome.status, 6);
  EXPECT_TRUE(
      outcome.says("it ended well, but cannot run ./server: there is no such "
                   "file in " +
                   folder_.at("source") + "; did you mean \"./sevrer\"?"))
      << outcome.output;
}

TEST_P(ProgramFolderRuns, TellWhatIsLeftOutOfAHostileFolder) {
  write_one_file(folder_.at("own"));
  fs::create_symlink("../own", folder_.at("own") + "/stolen");
  ASSERT_EQ(std::system(("mkfifo " + folder_.at("own") + "/fifo").c_str()), 0);
  const Outcome outcome =
      run("--folder " + folder_.at("own") + " --server -- python3 server.py {port} {keys}");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.says("fifo (it is a FIFO)")) << outcome.output;
  EXPECT_TRUE(outcome.says("stolen (it is a link that leads out of the folder, to ../own)"))
      << outcome.output;
}

TEST(ProgramFolderMistakes, AreToldBeforeAnythingRuns) {
  const Folder folder;
  write_one_file(folder.at("own"));
  fs::create_symlink("/etc/hostname", folder.at("own") + "/other.py");
  folder.write("own/plain", "x");
  const std::string own = "run --folder " + folder.at("own") + " ";
  const std::string program = " --server -- python3 server.py {port} {keys}";
  struct Row {
    std::string arguments;
    std::string said;
  };
  for (const Row& row : {
           Row{"run --folder /no/such" + program, "--folder: /no/such: there is no such folder"},
           Row{"run --folder ''" + program, "--folder: "},
           Row{"run --folder /dev" + program, "--server: python3 is to run \"server.py\""},
           Row{own + "--server -- python3 serever.py {port} {keys}",
               "is no such file in " + folder.at("own") + "; did you mean \"server.py\"?"},
           Row{own + "--server -- python3 src/server.py {port} {keys}",
               "did you mean \"server.py\"?"},
           Row{own + "--server -- python3 other.py {port} {keys}",
               "left out of the copy of it: other.py (it is a link that leads out"},
           Row{own + "--server -- ./plain {port} {keys}", "./plain: it is not executable"},
           Row{own + "--server -- ./none {port} {keys}", "./none: there is no such file in "},
           Row{own + "--server -- no-such-program {port} {keys}", "no folder of PATH has it"},
           Row{own + "--connect 127.0.0.1:1", "--connect"},
           Row{"run --build make" + program, "--build requires --folder"},
           Row{own + "--build ''" + program, "--build: no command is given"},
           Row{own + "--build-deadline 3" + program, "--build-deadline requires --build"},
       }) {
    const Outcome outcome = chatspec(row.arguments);
    EXPECT_EQ(outcome.status, 4) << row.arguments << "\n" << outcome.output;
    EXPECT_TRUE(outcome.says(row.said)) << row.arguments << "\n" << outcome.output;
  }
}

// A program that starts in an empty folder, though it needs what lies where it was called.
TEST(MissingFiles, AreTracedToTheFolderInWhichTheyLie) {
  const Folder folder;
  write_several_files(folder.at("several"));
  folder.write("several/main.py", "import chat.program\n");
  struct Row {
    std::string isolation;
    std::string words;
    std::string said;  // "" where it is told nothing
  };
  for (const Row& row : {
           Row{"auto", "-m chat", "chat lies in " + folder.at("several") + ", but the program"},
           Row{"auto", "-c 'open(\"server.py\")'", "--folder " + folder.at("several") + " lets it"},
           Row{"sandbox", "main.py", "chat lies in " + folder.at("several") + ", but the program"},
           Row{"auto", "-c 'open(\"elsewhere.py\")'", ""},
           Row{"auto", "-c 'print(\"server.py\"); exit(1)'", ""},
       }) {
    if (row.isolation == "sandbox" && !has_sandbox()) continue;
    const std::string command = "run start/listens --isolation " + row.isolation +
                                " --server -- python3 " + row.words + " {port} {keys}";
    const Outcome outcome = chatspec(command, "2>&1", folder.at("several"));
    EXPECT_EQ(outcome.status, 1) << outcome.output;
    EXPECT_EQ(outcome.says(" starts in an empty folder; "), !row.said.empty()) << outcome.output;
    EXPECT_TRUE(outcome.says(row.said)) << outcome.output;
  }
}

// The block of a document that begins with this line.
std::string block_of(const std::string& document, const std::string& first_line) {
  std::ifstream file(std::string(CHATSPEC_SOURCE_DIR) + "/" + document);
  std::string block;
  for (std::string line; std::getline(file, line);) {
    if (block.empty() && line != first_line) continue;
    if (line == "```") break;
    block += line + "\n";
  }
  return block;
}

// All that is added is which cases are played.
TEST(AssignmentOfTheReference, GradesSubmissionsOfOneAndOfSeveralFiles) {
  if (!has_sandbox()) GTEST_SKIP() << "there is no sandbox here";
  const Folder folder;
  write_one_file(folder.at("submissions/one"));
  write_several_files(folder.at("submissions/it's several files"));
  fs::create_directories(folder.at("submissions/none"));
  folder.write("assignment.txt", block_of("docs/reference/assignment.md",
                                          "title     Exercise 3: a server that signs") +
                                     "scenarios quit/at-once signature/second-key verdict/fail\n");
  const Outcome outcome =
      chatspec("grade assignment.txt submissions/ --out results", "2>&1", folder.at(""));
  EXPECT_TRUE(outcome.says("2 of 3 submissions graded; 100 to 100 points")) << outcome.output;
  EXPECT_TRUE(outcome.says("  none: there is no file in it\n")) << outcome.output;
  EXPECT_EQ(verdicts_in(folder.at("results/logs/one.server.jsonl"))["quit/at-once"], "pass");
  EXPECT_TRUE(
      folder.content("results/scores.csv").contains("it's several files,,,python,graded,100,"));
}

}  // namespace
}  // namespace chatspec
