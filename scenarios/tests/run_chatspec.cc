#include "scenarios/tests/run_chatspec.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "harness/report/event_log.h"

namespace chatspec {
namespace {

// A file of its own for each run, gone when the run is over.
class TemporaryFile {
 public:
  TemporaryFile()
      : path_((std::filesystem::temp_directory_path() / "chatspec-log-XXXXXX").string()) {
    const int descriptor = mkstemp(path_.data());
    EXPECT_GE(descriptor, 0) << path_;
    if (descriptor >= 0) close(descriptor);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::remove(path_.c_str()); }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

Outcome run_command(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1 </dev/null").c_str(), "re");
  Outcome outcome;
  if (!pipe) return outcome;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    outcome.output.append(buffer, n);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

std::string quote_word(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

SuiteOutcome run_suite(const std::string& arguments) {
  const TemporaryFile log;
  SuiteOutcome outcome;
  outcome.program = run_command(quote_word(CHATSPEC_BIN_DIR "/chatspec") + " run --suite " +
                                quote_word(CHATSPEC_SOURCE_DIR "/scenarios") + " --log " +
                                quote_word(log.path()) + " " + arguments);
  std::ifstream file(log.path());
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto content = parse_log(text, log.path());
  EXPECT_TRUE(content) << (content ? "" : content.error()) << outcome.program.output;
  if (!content) return outcome;
  for (const Record& record : content->records) {
    if (const auto* one = std::get_if<CaseRecord>(&record))
      outcome.cases[one->id] = outcome_of(*one);
  }
  return outcome;
}

}  // namespace chatspec
