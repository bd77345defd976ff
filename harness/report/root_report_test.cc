#include "harness/report/root_report.h"

#include <gtest/gtest.h>

#include "harness/report/tests/example_records.h"
#include "reference/profile_settings.h"

namespace chatspec {
namespace {

std::string render(const std::vector<CaseRecord>& cases) {
  std::vector<const CaseRecord*> borrowed;
  for (const CaseRecord& one : cases) borrowed.push_back(&one);
  return render_roots(full_run(), borrowed, Style(false));
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(RootReport, ShowsOneCaseOfEachRootAndNamesTheOthers) {
  std::vector<CaseRecord> cases(9, full_case());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    cases[i].id = "a/b[" + std::to_string(i) + "]";
    cases[i].deviations.clear();
  }
  const std::string shown = render(cases);
  EXPECT_EQ(count(shown, "[wrong-reply]"), 1U) << shown;
  EXPECT_EQ(count(shown, "fail a/b[0]"), 1U) << shown;
  EXPECT_TRUE(shown.contains("    also in    a/b[1, 2, 3, 4], ")) << shown;
  EXPECT_TRUE(shown.contains("and 4 more cases")) << shown;
  EXPECT_FALSE(shown.contains("in short")) << "of one root";
}

TEST(RootReport, SaysOfARecommendationThatItIsOne) {
  CaseRecord deviates = full_case();
  deviates.verdict = Verdict::kDeviates;
  deviates.failure.reset();
  ASSERT_EQ(deviates.level, "must");
  const std::string shown = render({deviates});
  EXPECT_TRUE(shown.contains("    SIG-3 (should): ")) << shown;
}

TEST(RootReport, ListsTheRootsAndWhatHangsOnThem) {
  CaseRecord other = full_case();
  other.id = "a/other";
  other.failure =
      FindingRecord{.code = "no-answer", .requirement = "QUIT-1", .message = "something else"};
  other.errors = {};
  CaseRecord waits;
  waits.id = "a/waits";
  waits.verdict = Verdict::kSkipped;
  waits.skipped = SkipRecord{.kind = "need", .case_id = full_case().id, .sentence = "needs it"};
  const std::string shown = render({other, full_case(), waits});
  const std::string list = shown.substr(shown.find("What is wrong, in short:"));
  EXPECT_TRUE(list.contains("  1 SIG-2     a cause\n")) << list;
  EXPECT_TRUE(list.contains("1 more case not played because of it: mend")) << list;
  EXPECT_TRUE(list.contains("  2 QUIT-1    something else\n")) << list;
}

TEST(RootReport, SaysWhatElseOfARootIsSeen) {
  std::vector<CaseRecord> cases(2, full_case());
  for (CaseRecord& one : cases) one.deviations.clear();
  cases[0].failure->cause =
      CauseRecord{.id = "leading-dots-doubled", .sentence = "dots are doubled"};
  cases[1].failure->cause = CauseRecord{.id = "text-not-escaped", .sentence = "it is not escaped"};
  cases[1].id = "a/other";
  const std::string shown = render(cases);
  EXPECT_TRUE(
      shown.contains("    also in    a/other\n"
                     "    alike      a/other: it is not escaped\n"))
      << shown;
}

// The command line is the same, and takes most of the lines.
TEST(RootReport, SaysOnceHowACaseIsPlayedAgain) {
  RunRecord run{.argv = {log_bytes("./server"), log_bytes("{port}"), log_bytes("{keys}")},
                .profile = {.name = "line"}};
  for (const auto& [name, value] : chat::list_settings(*chat::find_profile("line")))
    run.profile.settings[name] = log_bytes(value);
  std::vector<CaseRecord> cases(2, full_case());
  for (CaseRecord& one : cases) {
    one.deviations.clear();
    one.failure->cause.reset();
    one.events = {{.kind = EventKind::kSent, .connection = 2, .bytes = log_bytes("HELLO\n")}};
  }
  cases[1].id = "a/other";
  cases[1].failure->code = "no-answer";
  cases[1].failure->requirement = "QUIT-1";
  cases[1].failure->received = {};
  cases[1].errors = {};
  cases[1].failure->message = "something else";
  const std::vector<const CaseRecord*> borrowed{&cases[0], &cases[1]};
  const std::string shown = render_roots(run, borrowed, Style(false));
  EXPECT_EQ(count(shown, "chatspec run "), 1U) << shown;
  EXPECT_EQ(count(shown, "    try it     as above, with "), 1U) << shown;
}

TEST(RootReport, SaysOnceWhatALogIsGoodForWhereThereIsNone) {
  CaseRecord other = full_case();
  other.id = "a/other";
  other.failure->cause.reset();
  const std::vector<CaseRecord> cases{full_case(), other};
  const std::vector<const CaseRecord*> borrowed{&cases[0], &cases[1]};
  const std::string shown = render_roots(full_run(), borrowed, Style(false), "") +
                            render_advice(borrowed, Style(false), "");
  EXPECT_EQ(count(shown, "chatspec reproduce"), 1U) << shown;
  EXPECT_TRUE(shown.contains("add --log LOG")) << shown;
  EXPECT_EQ(render_advice({}, Style(false), ""), "");
  EXPECT_FALSE(render_advice(borrowed, Style(false), "a.jsonl").contains("--log LOG"));
}

TEST(RootReport, SaysWithWhichToBeginAndWhereAllOfItIs) {
  CaseRecord wrong = full_case();
  wrong.deviations.clear();
  CaseRecord another = wrong;
  another.id = "a/other";
  another.failure->requirement = "QUIT-1";
  another.failure->code = "no-answer";
  another.failure->cause.reset();
  another.failure->received = {};
  another.errors = {};
  const std::string pages = "In full: chatspec report -v 'my log'; as a page: --html FILE\n";
  const std::vector<const CaseRecord*> one{&wrong};
  EXPECT_EQ(render_advice(one, Style(false), "my log"), pages);
  const std::vector<const CaseRecord*> two{&wrong, &another};
  EXPECT_TRUE(render_advice(two, Style(false), "my log").starts_with("Begin with a/"));
  EXPECT_TRUE(render_advice(two, Style(false), "my log").ends_with(".\n" + pages));
}

TEST(RootReport, FitsAPaper) {
  CaseRecord wordy = full_case();
  wordy.description =
      std::string(40, 'd') + " " + std::string(60, 'e') + " " + std::string(70, 'f');
  for (std::string* text : {&wordy.failure->expected, &wordy.failure->cause->sentence})
    *text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
  const std::string shown = render({wordy});
  std::size_t begin = 0;
  for (std::size_t end = shown.find('\n'); end != shown.npos; end = shown.find('\n', begin)) {
    const std::string line = shown.substr(begin, end - begin);
    if (!line.contains("printf")) {
      EXPECT_LE(line.size(), 80U) << line;
    }
    begin = end + 1;
  }
}

}  // namespace
}  // namespace chatspec
