#include "harness/report/text/style.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "harness/report/case_report.h"
#include "harness/report/root_report.h"
#include "harness/report/tests/example_records.h"
#include "harness/report/text/file_uri.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// All prose; what is quoted or to be copied is never broken.
CaseRecord wordy_case() {
  CaseRecord record = full_case();
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word" + std::to_string(i) + " ";
  for (std::string* text : {&record.title, &record.description, &record.failure->cause->sentence,
                            &record.failure->message, &record.failure->evidence->sentence})
    *text = words;
  return record;
}

std::string rendered(const CaseRecord& record, const Style& style) {
  const std::vector<const CaseRecord*> cases{&record};
  return render_case(full_run(), record, style) + render_roots(full_run(), cases, style) +
         render_advice(cases, style, "log");
}

TEST(Style, MakesReportsAsWideAsTheTerminal) {
  for (const std::size_t columns : {50U, 80U, 200U}) {
    const std::string text = rendered(wordy_case(), Style(false, columns));
    std::size_t widest = 0;
    for (std::string_view rest = text; !rest.empty();) {
      const std::string_view line = chat::take_line(rest);
      if (!line.contains("word")) continue;
      EXPECT_LE(width_of(line), columns) << line;
      widest = std::max(widest, width_of(line));
    }
    EXPECT_GE(widest, columns - 6) << text;
  }
  EXPECT_EQ(Style(false, 3).columns(), kLeastColumns);
  EXPECT_EQ(Style(false, 1000).columns(), kMostColumns);
}

TEST(Style, LinksACaseToItsScenario) {
  const Style style(false, kColumns, [](const CaseRecord& played) {
    return make_file_uri("here", "/s/" + played.file);
  });
  EXPECT_EQ(style.link(full_case(), "a/b[c]"),
            "\x1b]8;;file://here/s/a/b.chat\x1b\\a/b[c]\x1b]8;;\x1b\\");
  EXPECT_TRUE(render_title(full_case(), style).contains("\x1b]8;;file://here/s/a/b.chat"));
  EXPECT_EQ(Style(true).link(full_case(), "a/b[c]"), "a/b[c]");
}

TEST(Style, LetsNoNameEndALink) {
  CaseRecord hostile = full_case();
  hostile.file = "a\x1b\\\x1b[31m\x07\n b\x9c;é.chat";
  const Style escaped(false, kColumns, [](const CaseRecord& played) {
    return make_file_uri("ho\x1bst", "/" + played.file);
  });
  EXPECT_EQ(
      escaped.link(hostile, "id"),
      "\x1b]8;;file://ho%1Bst/a%1B%5C%1B%5B31m%07%0A%20b%9C%3B%C3%A9.chat\x1b\\id\x1b]8;;\x1b\\");
  const Style raw(false, kColumns, [](const CaseRecord& played) { return played.file; });
  EXPECT_EQ(raw.link(hostile, "id"), "id") << "rather no link than one that is not sound";
}

TEST(Links, AreShownByTerminalsThatAreKnownToDoSo) {
  using Environment = std::map<std::string, const char*>;
  const auto shows = [](const Environment& environment) {
    return shows_links([&](const char* name) -> const char* {
      const auto found = environment.find(name);
      return found == environment.end() ? nullptr : found->second;
    });
  };
  for (const Environment& able :
       {Environment{{"VTE_VERSION", "7600"}}, Environment{{"TERM_PROGRAM", "vscode"}},
        Environment{{"TERM", "xterm-kitty"}}, Environment{{"KONSOLE_VERSION", "230800"}},
        Environment{{"TERM", "xterm"}, {"FORCE_HYPERLINK", "1"}}})
    EXPECT_TRUE(shows(able));
  for (const Environment& unable :
       {Environment{}, Environment{{"VTE_VERSION", "4800"}}, Environment{{"TERM", "linux"}},
        Environment{{"TERM", "xterm-256color"}}, Environment{{"TERM_PROGRAM", "Apple_Terminal"}},
        Environment{{"TERM", "xterm-kitty"}, {"FORCE_HYPERLINK", "0"}}})
    EXPECT_FALSE(shows(unable));
}

}  // namespace
}  // namespace chatspec
