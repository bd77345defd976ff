#include "harness/suite/choice.h"

#include <gtest/gtest.h>

#include "harness/scenario/source.h"

namespace chatspec {
namespace {

using Words = std::vector<std::string>;

class ChoiceTest : public testing::Test {
 protected:
  ChoiceTest() {
    add("a/server", "server", "HELLO-2", "C: HELLO\nS: 260 OK\n");
    add("a/client", "client", "HELLO-1", "C: HELLO\nS: 260 OK\n");
    add("b/lines", "server", "STATE-1", "profile line-ends\nC: X\nS: <close>\n");
    cases_ = list_cases(suite_);
  }

  Choice choose(Selection selection, std::string_view profile = "line",
                const std::set<std::string>& needed = {}) const {
    selection.role = Role::kServer;
    selection.profile = chat::find_profile(profile);
    return choose_cases(cases_, selection, needed);
  }

  static Words ids_of(const Choice& choice) {
    Words ids;
    for (const Case* one : choice.cases) ids.push_back(one->id);
    return ids;
  }

 private:
  void add(const std::string& id, const std::string& role, const std::string& requirement,
           const std::string& rest) {
    ScenarioFile file{.id = id, .path = id + ".chat", .source = {}, .scenario = {}};
    file.source = "scenario t\nrole " + role + "\ncovers " + requirement + "\n" + rest;
    EXPECT_EQ(check_source(file.source, id, file.scenario), "");
    suite_.files.push_back(std::move(file));
  }

  Suite suite_;
  std::vector<Case> cases_;
};

TEST_F(ChoiceTest, OfEverythingIsWhatFitsTheImplementation) {
  const Choice in_line = choose({});
  EXPECT_EQ(ids_of(in_line), (Words{"a/server", "b/lines"}));
  EXPECT_TRUE(in_line.unmatched.empty() && in_line.unplayable.empty());
  EXPECT_TRUE(in_line.has_wanted());
  EXPECT_EQ(ids_of(choose({}, "bare")), Words{"a/server"});
}

TEST_F(ChoiceTest, TellsOfEachWordOfWhichNothingCanBeTried) {
  const Choice choice =
      choose({.names = {"a/client", "a/server", "b", "HELLO-1"}, .requirements = {}}, "bare");
  EXPECT_EQ(
      choice.unmatched,
      Words{"no scenario is called \"HELLO-1\", but it is a requirement: --requirement HELLO-1"});
  EXPECT_TRUE(choice.unplayable.empty()) << "a mistake is told first";
  EXPECT_EQ(choose({.names = {"a/client", "a/server", "b"}}, "bare").unplayable,
            (Words{"\"a/client\" is for clients, and what is to be tried is a server",
                   "\"b\" is for other profiles than bare"}));
  EXPECT_EQ(choose({.requirements = {"HELLO-1", "HELLO-2", "STATE"}}).unplayable,
            Words{"\"HELLO-1\" is for clients, and what is to be tried is a server"});
}

TEST_F(ChoiceTest, HasWhatIsNeededThoughNobodyNamedIt) {
  const Choice choice = choose({.names = {"b"}}, "line", {"a/server", "a/client"});
  EXPECT_EQ(ids_of(choice), (Words{"a/server", "b/lines"}));
  EXPECT_EQ(choice.needed, std::set<std::string>{"a/server"}) << "what can be played of it";
  EXPECT_TRUE(choice.has_wanted());
  EXPECT_FALSE(choose({.names = {"b"}}, "bare", {"a/server"}).has_wanted());
}

}  // namespace
}  // namespace chatspec
