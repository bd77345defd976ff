// Pages of the manual, from a small command line; that the real ones are understood by groff,
// man_command_test.cc shows.

#include "harness/cli/help/man_page.h"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/help/help_footer.h"

namespace chatspec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(HelpFooter, IsTakenApart) {
  const HelpFooter footer = take_footer_apart(
      "Examples:\n  tea brew\n  tea brew -q\n\nTea is hot.\n  See: `tea`\nExit status: 0 good,\n"
      "1 cold.\n\nMore.\n");
  EXPECT_THAT(footer.examples, ElementsAre("tea brew", "tea brew -q"));
  EXPECT_THAT(footer.exit_status, ElementsAre("0 good,", "1 cold."));
  EXPECT_THAT(footer.text, ElementsAre("Tea is hot.", "  See: `tea`", "", "More."));
  EXPECT_THAT(take_footer_apart("Example: tea brew").examples, ElementsAre("tea brew"));
  EXPECT_THAT(take_footer_apart("").text, IsEmpty());
}

TEST(ManPage, EscapesWhatRoffWouldTakeForItsOwn) {
  EXPECT_EQ(roff_text(".so x\n'y\nit's a\\b -c"), "\\&.so x\n\\&\\(aqy\nit\\(aqs a\\eb \\-c");
  EXPECT_EQ(roff_text("see `tea brew`; one ` alone"), "see \\fBtea brew\\fR; one \\(ga alone");
}

TEST(ManPage, HasASectionForEachPartOfHelp) {
  CLI::App app("Tea", "tea");
  app.set_help_flag("-h,--help", "Print this help and end");
  app.footer("Exit status: 0 good.");
  CLI::App* brew = app.add_subcommand("brew", "Make tea; hot");
  std::string text;
  std::vector<std::string> texts;
  brew->add_option("-o,--out", text, "Where to")->type_name("DIR")->required();
  brew->add_option("--way", text, "How")->check(CLI::IsMember({"hot", "cold"}));
  brew->add_option("LEAF", texts, "Which leaves");
  brew->footer("Example: tea brew --out cup\n");
  const std::vector<ManPage> pages = make_man_pages(read_command_tree(app), "1.2");
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0].file, "tea.1");
  EXPECT_THAT(pages[0].text, HasSubstr(".SH COMMANDS\n.TP\n\\fBtea\\-brew\\fR(1)\nMake tea; hot.\n"
                                       ".SH EXIT STATUS\n0 good.\n"));
  EXPECT_EQ(pages[1].file, "tea-brew.1");
  EXPECT_EQ(pages[1].text,
            ".\\\" Made by `tea man`.\n"
            ".TH TEA\\-BREW 1 \"\" \"tea 1.2\" \"tea\"\n"
            ".SH NAME\ntea\\-brew \\- Make tea\n"
            ".SH SYNOPSIS\n.B tea brew\n[\\fIOPTION\\fR]... \\fB\\-o\\fR \\fIDIR\\fR, "
            "\\fB\\-\\-out\\fR=\\fIDIR\\fR [\\fILEAF\\fR]...\n"
            ".SH DESCRIPTION\nMake tea; hot.\n"
            ".SH OPERANDS\n.TP\n\\fILEAF\\fR\nWhich leaves.\n"
            ".SH OPTIONS\n"
            ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nPrint this help and end.\n"
            ".TP\n\\fB\\-o\\fR \\fIDIR\\fR, \\fB\\-\\-out\\fR=\\fIDIR\\fR\n"
            "Where to. It is required.\n"
            ".TP\n\\fB\\-\\-way\\fR=\\fITEXT\\fR\nHow. One of: hot, cold.\n"
            ".SH EXIT STATUS\nAs \\fBtea\\fR(1) says.\n"
            ".SH EXAMPLES\n.EX\ntea brew \\-\\-out cup\n.EE\n"
            ".SH SEE ALSO\n\\fBtea\\fR(1)\n");
}

}  // namespace
}  // namespace chatspec
