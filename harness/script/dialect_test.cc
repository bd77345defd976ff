#include "harness/script/dialect.h"

#include <set>

#include <gtest/gtest.h>

#include "harness/scenario/check.h"
#include "harness/scenario/source.h"
#include "harness/scenario/vocabulary.h"
#include "harness/script/same_meaning.h"
#include "harness/script/signature_form.h"

namespace chatspec {
namespace {

chat::Profile profile_of(std::string_view text) {
  auto profile = chat::parse_profile(text, "p");
  EXPECT_TRUE(profile);
  return profile.value_or(chat::Profile{});
}

TEST(Dialect, SaysAWordAsTheProfileHasItAndMisspeltOnesMisspelt) {
  const chat::Profile profile =
      profile_of("hello Moin\nquit \"good bye\"\nok \"250 Yes\"\nterminator \"..\"");
  const Dialect dialect(profile);
  struct Row {
    std::string_view written, said;
  };
  for (const Row& row : {
           Row{"HELLO", "Moin"},
           Row{"hello", "moin"},
           Row{"Quit", "Good bye"},
           Row{"HELL", "Moi"},
           Row{"HELLO there", "Moin there"},
           Row{" HELLO", " Moin"},
           Row{"HELLOHELLO", "MoinMoin"},
           Row{"x260 OK", "x250 Yes"},
           Row{".", ".."},
           Row{"...", "..."},
           Row{"PASSED", "PASSED"},
           Row{"HELO", "HELO"},
       })
    EXPECT_EQ(dialect.unit(row.written), row.said);
}

TEST(Dialect, PutsTheMarksOfTheProfileIntoTextsThatAreAboutEscaping) {
  const chat::Profile profile = profile_of("escape %\nescaped \"%#\"\nterminator \"#\"");
  EXPECT_EQ(Dialect(profile, true).text("a.b\\%c#"), "a#b%\\c.");
  EXPECT_EQ(Dialect(profile).text("a.b\\%c#"), "a.b\\%c#");
}

TEST(Dialect, SpeaksToPeopleInWholeWordsOnly) {
  const chat::Profile profile =
      profile_of("hello Moin\nok \"250 Yes\"\nescape %\nescaped \"%#\"\nterminator \"#\"");
  EXPECT_EQ(Dialect(profile).prose("HELLO is answered with 260 OK. OTHELLO is not."),
            "Moin is answered with 250 Yes. OTHELLO is not.");
  EXPECT_EQ(Dialect(profile, true).prose("The line \\. has a backslash and dots."),
            "The line %# has a `%` and `#`.");
}

struct Meaning {
  std::string_view profile, transcript;
  bool same;
};

TEST(Dialect, KnowsWhereAScenarioWouldMeanSomethingElse) {
  for (const Meaning& row : {
           Meaning{"", "C: hello\nS: <close>\n", true},
           Meaning{"hello hello\nname p", "C: hello\nS: <close>\n", false},
           Meaning{"hello hello\nname p", "C: HELLO\nS: 260 OK\n", true},
           Meaning{"quit BYE\nname p", "C: HELLO\nS: 260 OK\nC: BYE\nS: <close>\n", false},
           Meaning{"escaped \".\"\nname p",
                   "C: HELLO\nC: DATA\nC: \"a\\\\\\\\b\"\nC: .\nS: <close>\n", false},
           Meaning{"escape %\nescaped \"%.\"\nname p",
                   "C: HELLO\nC: DATA\nC: \"a\\\\\\\\b\"\nC: .\nS: <close>\n", true},
           Meaning{"terminator hello\nescape none\nname p", "C: DATA\nC: hello\nC: .\nS: <close>\n",
                   false},
       }) {
    Scenario scenario;
    const std::string head =
        "scenario  t\ncovers    STATE-1\nrole      server\nprofile   escaping\n\n";
    ASSERT_EQ(check_source(head + std::string(row.transcript), "f", scenario), "");
    EXPECT_EQ(means_the_same(scenario, profile_of(row.profile)), row.same) << row.profile << "\n"
                                                                           << row.transcript;
  }
}

TEST(SignatureForms, DifferFromTheRightOneAndFromEachOther) {
  const std::string right = "0a3f5b7d9c1e28460718";
  std::set<std::string> seen;
  for (const SignatureFormWord& one : kSignatureForms)
    EXPECT_TRUE(seen.insert(in_form(one.form, right)).second) << one.word;
  EXPECT_EQ(in_form(SignatureForm::kRight, right), right);
  EXPECT_EQ(in_form(SignatureForm::kUpperCase, right), "0A3F5B7D9C1E28460718");
  EXPECT_EQ(in_form(SignatureForm::kWrongLast, "Zm9v/w=="), "Zm9v/x==");
}

}  // namespace
}  // namespace chatspec
