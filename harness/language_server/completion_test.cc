#include "harness/language_server/completion.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>

#include "harness/language_server/tests/fake_files.h"

namespace chatspec::language_server {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kUri = "file:///work/state/x.chat";

struct Completed {
  std::string replaced{};
  std::vector<std::string> texts{};
};

// What is proposed at the ^ of a text, with other scenarios beside it.
Completed complete(std::string text) {
  FakeFiles files;
  files.content["/work/state/other.chat"] = "scenario  another one\ntags      core quick\n";
  files.content["/suite/end/close.chat"] = "scenario  the close\n";
  Workspace workspace(files, "/suite");
  workspace.add_folder("/work");
  const std::size_t offset = text.find('^');
  text.erase(offset, 1);
  workspace.open(std::string(kUri), text);
  const Document& document = *workspace.find_open(std::string(kUri));
  const Completion completion = complete_at(workspace, document, offset);
  Completed completed{std::string(document.text.part(completion.replaced)), {}};
  for (const Proposal& one : completion.proposals) completed.texts.push_back(one.text);
  return completed;
}

TEST(Completion, BeginsLinesWithWhatMayStandThere) {
  const Completed first = complete("scenario  t\nco^");
  EXPECT_EQ(first.replaced, "co");
  EXPECT_THAT(first.texts, IsSupersetOf({"covers", "role", "key", "C: "}));
  EXPECT_THAT(first.texts, Not(Contains("scenario"))) << "it stands there already";
  EXPECT_THAT(first.texts, Not(Contains("or "))) << "there is nothing to be another way to";
  EXPECT_THAT(complete("scenario  t\nC: HELLO\n^").texts,
              ElementsAre("C: ", "S: ", "or ", "then "));
}

TEST(Completion, KnowsTheValuesOfDirectives) {
  EXPECT_THAT(complete("scenario  t\nrole ^").texts, ElementsAre("server", "client", "both"));
  EXPECT_THAT(complete("level s^").texts, ElementsAre("must", "should", "may"));
  EXPECT_THAT(complete("covers HELLO-1 SI^").texts, IsSupersetOf({"HELLO-1", "SIG-1"}));
  EXPECT_EQ(complete("covers HELLO-1 SI^").replaced, "SI");
  EXPECT_THAT(complete("needs ^").texts, ElementsAre("end/close", "state/other"));
  EXPECT_THAT(complete("tags ^").texts, ElementsAre("core", "quick"));
  EXPECT_THAT(complete("profile ^").texts, Contains("line-ends"));
  EXPECT_THAT(complete("argument ^").texts, Contains("port"));
  EXPECT_THAT(complete("signature ^").texts, IsSupersetOf({"right", "of"}));
  EXPECT_THAT(complete("scenario ^").texts, IsEmpty());
}

TEST(Completion, KnowsItemsAndTheColumnsOfTheTable) {
  const Completed item = complete("scenario  t\ntable\n  | case | unit |\n  | a | b |\n\nC: <un^");
  EXPECT_EQ(item.replaced, "<un");
  EXPECT_THAT(item.texts, IsSupersetOf({"<unit>", "<case>", "<close>", "<message "}));
  EXPECT_THAT(complete("S: ^").texts, IsSupersetOf({"260 OK", "<any signature>", "like "}));
  EXPECT_THAT(complete("C: ^").texts, AllOf(Contains("HELLO"), Not(Contains("260 OK"))));
  EXPECT_THAT(complete("or ^").texts, IsSupersetOf({"HELLO", "260 OK"}));
  EXPECT_THAT(complete("S: <exit ^").texts, Contains("nonzero"));
  const Completed form = complete("S: <signature 1 up^");
  EXPECT_EQ(form.replaced, "up");
  EXPECT_THAT(form.texts, IsSupersetOf({"upper-case", "with key"}));
}

TEST(Completion, KnowsWhatStandsBehindTheBar) {
  EXPECT_THAT(complete("C: HELLO | ^").texts, ElementsAre("split", "joined", "apart"));
  const Completed way = complete("or <close>   | dev^");
  EXPECT_EQ(way.replaced, "dev");
  EXPECT_THAT(way.texts, ElementsAre("deviates"));
  const auto requirements = complete("or <close> | deviates ^").texts;
  EXPECT_THAT(requirements, Contains("END-3"));
  EXPECT_THAT(requirements, Not(Contains("HELLO-1"))) << "which is a must";
}

TEST(Completion, ProposesNothingInCommentsAndTables) {
  EXPECT_THAT(complete("# co^").texts, IsEmpty());
  EXPECT_THAT(complete("table\n  | a^").texts, IsEmpty());
}

}  // namespace
}  // namespace chatspec::language_server
