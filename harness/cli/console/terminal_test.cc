// Reports on a terminal: how wide they are, and where they have colours and links.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <pty.h>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include "harness/cli/cli_test_support.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

using namespace testing_cli;

// What a shell's command line writes to a terminal of so many columns.
std::string on_terminal(const std::string& command, std::size_t columns) {
  winsize size{
      .ws_row = 24, .ws_col = static_cast<unsigned short>(columns), .ws_xpixel = 0, .ws_ypixel = 0};
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  EXPECT_GT(child, 0);
  std::string written;
  std::array<char, 4096> piece{};
  // Linux ends a terminal that nobody has open any more with an error.
  for (ssize_t got = 0; (got = read(terminal, piece.data(), piece.size())) > 0;)
    written.append(piece.data(), static_cast<std::size_t>(got));
  close(terminal);
  waitpid(child, nullptr, 0);
  std::erase(written, '\r');
  return written;
}

const std::string kReport = "'" + kBin +
                            "/chatspec' report '" CHATSPEC_SOURCE_DIR
                            "/harness/report/formats/golden/flawed.jsonl'";
const std::string kPlain =
    "unset COLUMNS CLICOLOR_FORCE FORCE_HYPERLINK NO_COLOR; TERM=xterm NO_COLOR=1 ";
const std::string kAble = "unset COLUMNS CLICOLOR_FORCE NO_COLOR; FORCE_HYPERLINK=1 TERM=xterm ";

// Of lines that may be broken: not of what is quoted, or to be copied.
std::size_t widest_prose(std::string_view report) {
  std::size_t widest = 0;
  while (!report.empty()) {
    const std::string_view line = chat::take_line(report);
    const bool is_whole = line.contains('"') || line.contains("chatspec ");
    if (!is_whole) widest = std::max(widest, width_of(line));
  }
  return widest;
}

TEST(ReportOnTerminal, IsAsWideAsItsWindow) {
  for (const std::size_t columns : {50U, 80U, 200U}) {
    const std::string report = on_terminal(kPlain + kReport, columns);
    const std::size_t widest = widest_prose(report);
    EXPECT_LE(widest, columns) << report;
    EXPECT_GT(widest, columns == 200 ? 100U : columns - 12U) << report;
  }
}

TEST(ReportOnTerminal, IsAsWideAsColumnsSaysButNotInAPipe) {
  const std::string narrow = on_terminal(kPlain + "COLUMNS=60 " + kReport, 200);
  EXPECT_LE(widest_prose(narrow), 60U) << narrow;
  EXPECT_EQ(on_terminal(kPlain + "COLUMNS=none " + kReport, 100),
            on_terminal(kPlain + kReport, 100));
  EXPECT_EQ(on_terminal(kPlain + "COLUMNS=60 " + kReport + " | cat", 200),
            on_terminal(kPlain + kReport, 80));
}

TEST(ReportOnTerminal, HasLinksWhereItHasColours) {
  const std::string link = "\x1b]8;;file://";
  const std::string report = on_terminal(kAble + kReport, 80);
  EXPECT_TRUE(report.contains(link)) << report;
  EXPECT_TRUE(report.contains("/signature/second-key.chat\x1b\\")) << report;
  for (const std::string& command :
       {kPlain + "FORCE_HYPERLINK=1 " + kReport, kAble + "NO_COLOR=1 " + kReport,
        kAble + "TERM=dumb " + kReport, kAble + kReport + " --color never",
        kAble + kReport + " | cat", kAble + kReport + " --color always | cat"})
    EXPECT_FALSE(on_terminal(command, 80).contains(link)) << command;
}

TEST(ReportOnTerminal, LetsNoLogLinkToWhatIsNoScenario) {
  const Folder folder;
  folder.write("log", R"({"record":"run","format":2,"role":"server","seed":1,"cases":1}
{"record":"case","id":"a/b","verdict":"fail","path":"../../../etc/passwd","file":"/etc/passwd",)"
                      R"("failure":{"code":"not-closed","message":"it goes on"}}
)");
  const std::string report =
      on_terminal(kAble + "'" + kBin + "/chatspec' report " + folder.at("log"), 80);
  EXPECT_TRUE(report.contains("a/b")) << report;
  EXPECT_FALSE(report.contains("\x1b]8;;")) << report;
}

}  // namespace
}  // namespace chatspec
