#include "harness/report/opening_report.h"

#include <gtest/gtest.h>

#include "harness/report/terminal_report.h"
#include "harness/report/tests/example_records.h"
#include "harness/report/text/paragraph.h"

namespace chatspec {
namespace {

TEST(OpeningReport, SaysWhatTheProgramExpectsAndShowsWhatItMadeOfEachForm) {
  EXPECT_EQ(render_opening(full_opening(), Style(false)),
            "opening  why it may be\n"
            "    to \"HELLO\\n\"  (closes the connection)\n"
            "    to \"HELLO\"    \"260 OK\"\n\n");
  OpeningRecord alike = full_opening();
  alike.tries[1] = alike.tries[0];
  EXPECT_EQ(render_opening(alike, Style(false)), "opening  why it may be\n\n");
  OpeningRecord unknown = full_opening();
  unknown.cause.reset();
  EXPECT_EQ(render_opening(unknown, Style(false)), "");
}

TEST(OpeningReport, FitsATerminal) {
  OpeningRecord opening = full_opening();
  for (std::string& text = opening.cause->sentence; text.size() < 200;) text += " and another word";
  std::string shown = render_opening(opening, Style(false));
  for (std::string_view rest = shown; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    EXPECT_LE(line.size(), kColumns) << line;
    rest.remove_prefix(line.size() + 1);
  }
}

TEST(OpeningReport, StandsOnTopOfALogsReport) {
  const std::string shown =
      render_log(std::vector<Record>{RunRecord{}, full_case(), full_opening(), EndRecord{}},
                 Style(false), false);
  EXPECT_LT(shown.find("why it may be"), shown.find("a/b[c]")) << shown;
}

TEST(OpeningReport, SaysWhyAProfileWasChosen) {
  struct Row {
    Role role;
    std::string profile;
    ProfileChoiceRecord choice;
    std::string_view line;
  };
  const OpeningTryRecord bare{.opening = Opening::kNoLineEnd,
                              .before = {.begin = "HELLO"},
                              .sent = {.begin = "HELLO"},
                              .received = {.begin = "260 OK"}};
  OpeningTryRecord silent = bare;
  silent.before = {};
  for (const Row& row :
       {Row{Role::kServer,
            "bare",
            {.is_spoken = true, .tries = {bare}},
            "--profile auto: bare, since it answers \"HELLO\" with \"260 OK\""},
        Row{Role::kClient,
            "bare",
            {.is_spoken = true, .tries = {bare}},
            "--profile auto: bare, since it begins with \"HELLO\""},
        Row{Role::kServer,
            "line",
            {.tries = {bare, bare}},
            "--profile auto: line, the default, since it speaks none of line, crlf, bare"},
        Row{Role::kClient,
            "line",
            {.tries = {bare}},
            "--profile auto: line, the default, since it begins with \"HELLO\", as in no profile"},
        Row{Role::kClient,
            "line",
            {.tries = {silent}},
            "--profile auto: line, the default, since it sends nothing by itself"},
        Row{Role::kServer,
            "line",
            {},
            "--profile auto: line, the default, since it could not be asked"}}) {
    RunRecord run;
    run.role = row.role;
    run.profile.name = row.profile;
    run.profile_choice = row.choice;
    EXPECT_EQ(describe_choice(run), row.line);
    EXPECT_TRUE(render_run(run, Style(false)).contains(row.line));
  }
  EXPECT_FALSE(render_run(RunRecord{}, Style(false)).contains("auto"));
}

}  // namespace
}  // namespace chatspec
