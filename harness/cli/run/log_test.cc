// Logs that the program writes.

#include <optional>
#include <sstream>
#include <vector>

#include "harness/cli/cli_test_support.h"
#include "harness/report/tests/log_schema.h"

namespace chatspec {
namespace {

using namespace testing_cli;

// Another home for the programs that are started while it lives.
class Home {
 public:
  explicit Home(const char* path) {
    if (const char* own = std::getenv("HOME")) own_ = own;
    setenv("HOME", path, 1);
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  ~Home() { own_ ? setenv("HOME", own_->c_str(), 1) : unsetenv("HOME"); }

 private:
  std::optional<std::string> own_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Logs, KeepToTheirSchema) {
  const Folder folder;
  for (const std::string& program :
       {server(python("flawed/python/server.py")), client(python("flawed/python/client.py"))}) {
    const Outcome outcome = chatspec("run handshake signature start cli --log-events all --log " +
                                     folder.at("log") + " " + program);
    const auto lines = lines_of(folder.content("log"));
    ASSERT_GT(lines.size(), 20U) << outcome.output;
    for (const std::string& line : lines) EXPECT_EQ(find_schema_violation(line), "") << line;
  }
}

TEST(Logs, OfCasesThatPassAreShort) {
  const Folder folder;
  chatspec("run data --log " + folder.at("log") + " " + server(python("correct/python/server.py")));
  std::size_t passed = 0;
  for (const std::string& line : lines_of(folder.content("log"))) {
    if (!line.contains(R"("verdict":"pass")")) continue;
    ++passed;
    EXPECT_LT(line.size(), 400U) << line;
  }
  EXPECT_GT(passed, 10U);
}

// Id, verdict and failure code of each case, in the order of the log.
std::vector<std::string> cases_of_log(const std::string& text) {
  std::vector<std::string> told;
  const auto log = parse_log(text, "log");
  EXPECT_TRUE(log);
  for (const Record& record : log ? log->records : std::vector<Record>()) {
    const auto* one = std::get_if<CaseRecord>(&record);
    if (!one) continue;
    told.push_back(one->id + " " + std::string(to_string(one->verdict)) + " " +
                   (one->failure ? one->failure->code : ""));
  }
  return told;
}

TEST(Logs, OfOneSeedTellTheSameInTheSameOrderWhateverTheJobs) {
  const Folder folder;
  std::vector<std::vector<std::string>> told;
  for (const std::string jobs : {"1", "5"}) {
    chatspec("run verdict start quit handshake --seed 7 --jobs " + jobs + " --log " +
             folder.at("log") + " " + server(python("flawed/python/server.py")));
    told.push_back(cases_of_log(folder.content("log")));
  }
  EXPECT_GT(told[0].size(), 15U);
  EXPECT_EQ(told[0], told[1]);
}

TEST(Logs, GoToStandardOutputInPlaceOfTheReport) {
  const Folder folder;
  const std::string program = server(python("correct/python/server.py"));
  const Outcome outcome = chatspec("run handshake/hello --log - " + program, "2>/dev/null");
  EXPECT_EQ(outcome.status, 0);
  for (const std::string& line : lines_of(outcome.output))
    EXPECT_EQ(find_schema_violation(line), "") << line;
  EXPECT_GE(lines_of(outcome.output).size(), 3U);
  const std::string written = folder.write("log", outcome.output);
  const Outcome piped = chatspec("report -v -", "2>&1 <" + written);
  EXPECT_TRUE(piped.output.contains("pass handshake/hello")) << piped.output;
}

TEST(Logs, HoldNoPathOfTheCellOrTheHome) {
  const Folder folder;
  const std::string program = folder.write(
      "server.py",
      "import os, sys\nprint(sys.argv, os.getcwd(), os.environ.get('HOME'), file=sys.stderr)\n"
      "sys.exit('no ' + sys.argv[2])\n");
  const Home home("/somebodys/home");
  const Outcome outcome =
      chatspec("run start handshake --isolation plain --log " + folder.at("log") +
               " --server 'python3 " + program + " {port} {keys} /somebodys/home/x'");
  const std::string log = folder.content("log");
  EXPECT_TRUE(log.contains("no {folder}/keys.txt")) << log;
  EXPECT_TRUE(log.contains("{home}/x")) << log;
  const std::string cases = log.substr(log.find('\n'));  // the first line holds what the user typed
  EXPECT_FALSE(cases.contains("/somebodys/home")) << cases;
  EXPECT_FALSE(outcome.output.contains("/keys.txt") &&
               !outcome.output.contains("{folder}/keys.txt"));
}

// A verdict of what was recorded is that of what was played.
TEST(Logs, AreJudgedAgainToTheSameVerdicts) {
  const Folder folder;
  const std::string all = " --log-events all --log " + folder.at("log") + " ";
  for (const std::string& arguments :
       {"run handshake signature start cli " + all + server(python("flawed/python/server.py")),
        "run handshake verdict start cli " + all + client(python("flawed/python/client.py")),
        "run handshake/hello quit/at-once --delivery cuts " + all +
            server(python("flawed/python/server.py")),
        "run limits/line-lengths --delivery joined " + all +
            server(python("correct/python/server.py"))}) {
    chatspec(arguments);
    const Outcome outcome = chatspec("judge -v " + folder.at("log"));
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(", 0 of them differ")) << outcome.output;
  }
}

TEST(Logs, OfTheWholeSuiteAreJudgedAgainToTheSameVerdicts) {
  const Folder folder;
  for (const std::string& program :
       {server(kBin + "/chat-server"), client(kBin + "/chat-client")}) {
    chatspec("run --log-events all --log " + folder.at("log") + " " + program);
    const Outcome outcome = chatspec("judge " + folder.at("log"));
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_FALSE(outcome.output.contains("only the beginning and the end")) << outcome.output;
    EXPECT_GE(std::stoul(outcome.output), 400U) << outcome.output;
  }
}

TEST(Logs, ThatSayOtherwiseThanTheJudgeAreNamed) {
  const Folder folder;
  chatspec("run handshake --log-events all --log " + folder.at("log") + " " +
           server(python("correct/python/server.py")));
  std::string log = folder.content("log");
  const std::string pass = R"("id":"handshake/hello","file")";
  const std::size_t at = log.find(pass);
  ASSERT_NE(at, std::string::npos) << log;
  const std::string verdict = R"("verdict":"pass")";
  log.replace(log.find(verdict, at), verdict.size(), R"("verdict":"fail")");
  const std::string source = R"("source":")";
  const std::size_t other =
      log.find(source, log.find(R"("id":"handshake/)", at + 1)) + source.size();
  log.replace(other, 4, "----");
  const Outcome outcome = chatspec("judge " + folder.write("altered", log));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.output.contains("handshake/hello: recorded as fail, judged now as pass\n"))
      << outcome.output;
  EXPECT_TRUE(outcome.output.contains("1 not judged: its scenario has changed since"))
      << outcome.output;
}

}  // namespace
}  // namespace chatspec
