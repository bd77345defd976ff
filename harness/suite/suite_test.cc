// The suite in scenarios/, held to what it promises.

#include "harness/suite/suite.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"
#include "harness/scenario/vocabulary.h"
#include "harness/script/script.h"
#include "harness/suite/case.h"
#include "harness/suite/coverage.h"
#include "harness/suite/selection.h"
#include "harness/suite/tests/scratch_suite.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

const Suite& own_suite() {
  static const Suite suite = load_suite({std::filesystem::path(CHATSPEC_SOURCE_DIR) / "scenarios"});
  return suite;
}

TEST(OwnSuite, HasNoMistakes) {
  EXPECT_EQ(own_suite().problems, "");
}

TEST(OwnSuite, DrawsNoWarnings) {
  EXPECT_EQ(own_suite().warnings, "");
}

TEST(OwnSuite, IsInCanonicalForm) {
  for (const ScenarioFile& file : own_suite().files)
    EXPECT_EQ(print(file.scenario), file.source) << file.path;
}

TEST(OwnSuite, SaysOfEachScenarioWhyItExists) {
  for (const Case& one : list_cases(own_suite())) EXPECT_NE(one.description(), "") << one.id;
}

// It is shown under a failure, whoever failed: it says what is asked for, and neither what others
// have done wrong nor, of both roles, what only one of them does.
TEST(OwnSuite, SaysItWithoutAChargeAndInWordsForEachRoleThatIsTested) {
  const auto says_any = [](const std::string& text, std::initializer_list<const char*> words) {
    return std::ranges::any_of(words, [&](const char* word) { return text.contains(word); });
  };
  for (const Case& one : list_cases(own_suite())) {
    const std::string text = one.description();
    EXPECT_FALSE(says_any(text, {"ervers have", "lients have", "ervers lose", "lients lose",
                                 "ome servers", "ome clients", "caught", "forgot"}))
        << one.id << ": " << text;
    const bool both = one.has_role(Role::kServer) && one.has_role(Role::kClient);
    EXPECT_FALSE(both && says_any(text, {"erver", "lient"})) << one.id << ": " << text;
  }
}

TEST(OwnSuite, HasAtLeast180ScenariosAnd400Cases) {
  EXPECT_GE(own_suite().files.size(), 180U);
  EXPECT_GE(list_cases(own_suite()).size(), 400U);
}

TEST(OwnSuite, NeedsOnlyScenariosThatThereAre) {
  const std::vector<Case> cases = list_cases(own_suite());
  for (const Case& one : cases) {
    for (const std::string& need : one.needs()) {
      EXPECT_TRUE(
          std::ranges::any_of(cases, [&](const Case& other) { return other.file->id == need; }))
          << one.id << " needs " << need;
    }
  }
}

// A *must* is covered in each role and profile in which it says something; of the others the table
// says why they are not.
TEST(OwnSuite, CoversEveryRequirementInEachRoleAndProfileOrSaysWhyNot) {
  for (const CoverageRow& row : measure_coverage(list_cases(own_suite()))) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const CoverageRow::Cell& cell = row.cells[i];
      const bool explained = row.requirement->level != chat::Level::kMust && !cell.reason.empty();
      EXPECT_TRUE(cell.cases > 0 || !cell.binds || explained)
          << row.requirement->id << " of a " << to_string(row.role) << " in "
          << chat::builtin_profiles()[i].name;
    }
  }
}

TEST(OwnSuite, TestsNoRequirementWhereItSaysNothing) {
  for (const CoverageRow& row : measure_coverage(list_cases(own_suite()))) {
    for (const CoverageRow::Cell& cell : row.cells)
      EXPECT_TRUE(cell.binds || cell.cases == 0) << row.requirement->id;
  }
}

TEST(Language, IsDescribedWordForWordInTheReadme) {
  const std::string readme = chat::content_of(CHATSPEC_SOURCE_DIR "/scenarios/README.md");
  ASSERT_NE(readme, "");
  const auto expect_words = [&](const auto& table) {
    for (const auto& entry : table)
      EXPECT_NE(readme.find(entry.word), std::string::npos) << entry.word;
  };
  expect_words(kDirectives);
  expect_words(kTags);
  expect_words(kSignatureForms);
  expect_words(kExits);
  expect_words(kFileStyles);
  expect_words(kProfileWords);
  for (const std::string_view word : kModifiers)
    EXPECT_NE(readme.find(word), std::string::npos) << word;
}

// What stands in quotes in the grammar, without the brackets of tags.
std::set<std::string> words_of_grammar(std::string_view readme) {
  std::set<std::string> words;
  std::size_t begin = readme.find('"', readme.find("## Grammar"));
  while (begin != readme.npos) {
    const std::size_t end = readme.find('"', begin + 1);
    std::string word(readme.substr(begin + 1, end - begin - 1));
    if (word.starts_with('<')) word.erase(0, 1);
    if (word.ends_with('>')) word.pop_back();
    words.insert(word);
    begin = end == readme.npos ? end : readme.find('"', end + 1);
  }
  return words;
}

// Both ways: the grammar has every word that the parser takes, and no other.
TEST(Language, HasTheWordsOfItsGrammar) {
  const std::string readme = chat::content_of(CHATSPEC_SOURCE_DIR "/scenarios/README.md");
  std::set<std::string> expected{// signs
                                 "#", "/", "|", ":", ",", "*", "\\", "n", "r", "t", "0", "x", "1",
                                 "9", "", "a", "z", "-", " |", "\\x2a",
                                 // words that are in no table, since they stand in one place
                                 "C", "S", "or", "then", "raw", "like", "with key", "split at",
                                 "of", "absent", "random"};
  const auto add = [&](const auto& table) {
    for (const auto& entry : table) expected.emplace(entry.word);
  };
  add(kDirectives);
  add(kTags);
  add(kSignatureForms);
  add(kExits);
  add(kFileStyles);
  add(kLevels);
  add(kRoles);
  add(kAlphabets);
  for (const std::string_view word : kPlaceholders) expected.emplace(word);
  for (const std::string_view word : kModifiers) expected.emplace(word);
  EXPECT_EQ(words_of_grammar(readme), expected);
}

TEST(Tables, GiveARowTagsOfItsOwn) {
  const std::string source =
      "scenario  t\ncovers    HELLO-2\nrole      server\ntags      all\n\n"
      "table\n  | name | tags      | u |\n  | one  | slow odd  | x |\n  | two  |           | y "
      "|\n\n"
      "C: <u>\nS: <close>\n";
  ScenarioFile file{.id = "a/b", .path = {}, .source = source, .scenario = {}};
  ASSERT_EQ(check_source(source, "t.chat", file.scenario), "");
  Suite suite;
  suite.files.push_back(std::move(file));
  const std::vector<Case> cases = list_cases(suite);
  EXPECT_EQ(cases.at(0).tags(), (std::vector<std::string>{"all", "slow", "odd"}));
  EXPECT_EQ(cases.at(1).tags(), std::vector<std::string>{"all"});
  EXPECT_TRUE(is_selected(cases.at(0), {.tags = {"odd"}}));
  EXPECT_FALSE(is_selected(cases.at(1), {.tags = {"odd"}}));
}

TEST(Selection, TakesChaptersNamesPatternsTagsAndRequirements) {
  const std::vector<Case> cases = list_cases(own_suite());
  const auto count = [&](const Selection& selection) {
    return std::ranges::count_if(cases,
                                 [&](const Case& one) { return is_selected(one, selection); });
  };
  EXPECT_EQ(count({}), static_cast<std::ptrdiff_t>(cases.size()));
  EXPECT_EQ(count({.names = {"handshake/hello"}}), 1);
  EXPECT_EQ(count({.names = {"state/no-hello[empty]"}}), 1);
  EXPECT_GT(count({.names = {"state"}}), 10);
  EXPECT_EQ(count({.names = {"*/hello-byte*"}}), 1);
  EXPECT_GT(count({.requirements = {"SIG"}}), count({.requirements = {"SIG-2"}}));
  EXPECT_EQ(count({.names = {"nowhere"}}), 0);
  EXPECT_EQ(count({.names = {"state"}}) + count({.excluded = {"state"}}), count({}));
  EXPECT_EQ(count({.tags = {"core"}}) + count({.excluded = {"core"}}), count({}));
  EXPECT_EQ(count({.names = {"quit"}, .excluded = {"quit/*"}}), 0);
  EXPECT_EQ(count({.ids = std::set<std::string>{"handshake/hello", "quit"}}), 1);
  EXPECT_EQ(find_unmatched(cases, {.excluded = {"state", "core", "cor"}}),
            std::vector<std::string>{
                "no scenario is called, or has the tag, \"cor\"; did you mean core?"});
  EXPECT_EQ(find_unmatched(cases, {.names = {"handshake/helo"}}),
            std::vector<std::string>{
                "no scenario is called \"handshake/helo\"; did you mean handshake/hello?"});
  EXPECT_EQ(find_unmatched(cases, {.names = {"core", "SIG-1"}, .excluded = {"SIG-1"}}),
            (std::vector<std::string>{
                "no scenario is called \"core\", but it is a tag: --tag core",
                "no scenario is called \"SIG-1\", but it is a requirement: --requirement SIG-1",
                "no scenario is called, or has the tag, \"SIG-1\""}));
}

TEST(Selection, OfARoleKnowsWhatBindsIt) {
  const std::vector<Case> cases = list_cases(own_suite());
  const auto count = [&](const Selection& selection) {
    return std::ranges::count_if(cases, [&](const Case& one) {
      return one.has_role(Role::kClient) && is_selected(one, selection);
    });
  };
  EXPECT_GT(count({.requirements = {"SIG-1"}}), 0) << "of scenarios for both";
  EXPECT_EQ(count({.requirements = {"SIG-1"}, .role = Role::kClient}), 0)
      << "it binds servers only";
  EXPECT_GT(count({.requirements = {"DATA-1"}, .role = Role::kClient}), 0);
}

TEST(Selection, ByATagThatIsLimitedTakesOnlyWhatItIsLimitedTo) {
  const std::string source =
      "scenario  t\ncovers    HELLO-1 HELLO-2\nrole      both\ntags      core/server "
      "core/line-ends new\n\n"
      "C: HELLO\nS: 260 OK\n";
  Case one;
  ASSERT_EQ(check_source(source, "t.chat", one.scenario), "");
  using TagWords = std::vector<std::string>;
  const chat::Profile* line = chat::find_profile("line");
  const chat::Profile* bare = chat::find_profile("bare");
  EXPECT_EQ(one.tags(), (TagWords{"core", "new"}));
  EXPECT_EQ(one.tags(Role::kServer, bare), (TagWords{"core", "new"}));
  EXPECT_EQ(one.tags(Role::kClient, line), (TagWords{"core", "new"}));
  EXPECT_EQ(one.tags(Role::kClient, bare), TagWords{"new"});
  EXPECT_TRUE(is_selected(one, {.tags = {"core"}}));
  EXPECT_TRUE(is_selected(one, {.tags = {"core"}, .role = Role::kClient}));
  EXPECT_FALSE(is_selected(one, {.tags = {"core"}, .role = Role::kClient, .profile = bare}));
  EXPECT_TRUE(is_selected(one, {.tags = {"core", "new"}, .role = Role::kClient, .profile = bare}));
}

// What the tutorial's client takes: of its file every second line is a message.
TEST(OwnSuite, GivesAClientInBareOnlyMessagesOfOneLineInCore) {
  const chat::Profile& bare = *chat::find_profile("bare");
  std::size_t seen = 0;
  for (const Case& one : list_cases(own_suite())) {
    if (!one.has_role(Role::kClient) || !one.applies_to(bare) ||
        !is_selected(one, {.tags = {"core"}, .role = Role::kClient, .profile = &bare}))
      continue;
    const Script script =
        make_script(one.scenario, one.id, {.role = Role::kClient, .profile = bare});
    for (const std::string& message : script.materials.messages)
      EXPECT_EQ(std::ranges::count(message, '\n'), 0) << one.id;
    if (!script.materials.messages.empty()) {
      EXPECT_TRUE(script.materials.message_file.value_or("").ends_with("\n")) << one.id;
    }
    seen += script.materials.messages.size();
  }
  EXPECT_GT(seen, 50U);
}

TEST(Texts, AreHeldToWhatTheyMayHold) {
  const ScratchSuite suite;
  for (const auto& [values, message] :
       {std::pair("message \"a line\\r\"\n          \"another\"\n",
                  "a line of a message cannot end with CR"),
        std::pair("key \"trailing \"\nmessage x\n", "a key cannot end with a blank"),
        std::pair("key \"one\\ntwo\"\nmessage x\n", "a key cannot hold a line end")}) {
    suite.write("x/bad.chat", with_values(values));
    EXPECT_TRUE(suite.problems().contains(message)) << suite.problems();
  }
}

TEST(Names, OfScenariosHoldNothingThatAnIdCannot) {
  for (const std::string name : {"a[b]", "a*", "a\npass all", "a\x1b[2J"}) {
    const ScratchSuite suite;
    suite.write("x/" + name + ".chat", with_values("message x\n"));
    EXPECT_TRUE(suite.problems().contains("nor control characters")) << suite.problems();
    EXPECT_EQ(std::ranges::count(suite.problems(), '\n'), 1);
  }
}

// Every indented block with a title in it.
std::vector<std::string> examples_in(const std::string& document) {
  std::ifstream file(std::filesystem::path(CHATSPEC_SOURCE_DIR) / document);
  std::vector<std::string> found;
  std::string block;
  const auto end_block = [&] {
    while (block.ends_with("\n\n")) block.pop_back();
    if (block.starts_with("scenario ") || block.contains("\nscenario ")) found.push_back(block);
    block.clear();
  };
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("    ")) {
      block += line.substr(4) + "\n";
    } else if (line.empty() && !block.empty()) {
      block += "\n";
    } else {
      end_block();
    }
  }
  end_block();
  return found;
}

TEST(Documents, ShowScenariosWithoutMistakesInCanonicalForm) {
  std::size_t count = 0;
  const char* document = "scenarios/README.md";
  for (const std::string& example : examples_in(document)) {
    ++count;
    Scenario scenario;
    EXPECT_EQ(check_source(example, document, scenario), "");
    EXPECT_EQ(print(scenario), example);
  }
  EXPECT_GE(count, 2U);
}

// Scenarios a, b, c … of a chapter, each with what it needs.
std::string problems_of_needs(const std::vector<std::string>& needs) {
  const ScratchSuite suite;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    suite.write("x/" + std::string(1, static_cast<char>('a' + i)) + ".chat", needing(needs[i]));
  }
  return suite.problems();
}

TEST(Needs, AreFoundBesideTheChapterOrInTheLibraryWithWhatTheyNeed) {
  const ScratchSuite suite;
  suite.write("mine/x/a.chat", needing("x/b y/c"));
  suite.write("mine/x/b.chat", needing(""));
  suite.write("library/y/c.chat", needing("y/d x/b"));
  suite.write("library/y/d.chat", needing(""));
  suite.write("library/x/b.chat", needing("y/e"));  // the one beside the chapter comes first
  const std::filesystem::path mine = suite.at("mine/x/a.chat");
  const std::filesystem::path library = suite.at("library");
  EXPECT_NE(load_suite({mine}).problems, "") << "no library";
  const Suite loaded = load_suite({mine}, library);
  EXPECT_EQ(loaded.problems, "");
  EXPECT_EQ(loaded.files.size(), 1U);
  EXPECT_EQ(
      find_needed(loaded, library),
      (std::vector<std::filesystem::path>{suite.at("mine/x/b.chat"), suite.at("library/y/c.chat"),
                                          suite.at("library/y/d.chat")}));
}

TEST(Needs, ThatAreMistypedAreHeldAgainstWhatIsThere) {
  const ScratchSuite suite;
  suite.write("mine/x/a.chat", needing("handshake/helo"));
  suite.write("library/handshake/hello.chat", needing(""));
  const std::filesystem::path mine = suite.at("mine/x/a.chat");
  const auto contains_hint = [&](const std::string& problems, const std::string& hint) {
    return problems.contains("there is no scenario handshake/helo [unknown-scenario]\n") &&
           problems.contains("hint: " + hint);
  };
  EXPECT_TRUE(contains_hint(load_suite({mine}, suite.at("library")).problems,
                            "did you mean handshake/hello?"));
  EXPECT_TRUE(contains_hint(load_suite({mine}).problems, "it is looked for beside this chapter"));
}

TEST(Needs, ThatCloseACircleAreToldOnceWhereTheyDo) {
  EXPECT_EQ(problems_of_needs({"", "x/a", "x/a x/b", "x/c"}), "");
  EXPECT_EQ(problems_of_needs({"x/b", "x/c", "x/a", "x/a"}),
            "x/c.chat:4:11: error: this closes a circle: x/c needs x/a, which needs x/b, which "
            "needs x/c [circular-needs]\n"
            "    4 | needs     x/a\n"
            "      |           ^~~\n")
      << "x/d stands outside";
  EXPECT_EQ(problems_of_needs({"x/a"}),
            "x/a.chat:4:11: error: a scenario cannot need itself [circular-needs]\n"
            "    4 | needs     x/a\n"
            "      |           ^~~\n");
}

}  // namespace
}  // namespace chatspec
