// The files of an export. What one small scenario becomes is kept in golden/; where that is to
// change, CHATSPEC_UPDATE_GOLDEN=1 and read the difference.

#include "harness/vectors/vector_files.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/report/tests/json_schema.h"
#include "harness/suite/suite.h"
#include "harness/vectors/tests/vector_case.h"
#include "reference/signature.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

using Json = nlohmann::json;

const std::string kGolden = CHATSPEC_SOURCE_DIR "/harness/vectors/golden/";
const std::string kSuiteHash(64, '5');

VectorOptions options_for(const char* profile = "line") {
  return {.profile = *chat::find_profile(profile),
          .seed = 7,
          .generator = "chatspec",
          .suite = kSuiteHash,
          .max_test_bytes = std::size_t{1} << 20};
}

std::map<Role, std::vector<const Case*>> cases_by_role(const std::vector<Case>& cases,
                                                       const chat::Profile& profile) {
  std::map<Role, std::vector<const Case*>> chosen;
  for (const Role role : {Role::kServer, Role::kClient}) {
    for (const Case& one : cases)
      if (one.has_role(role) && one.applies_to(profile)) chosen[role].push_back(&one);
  }
  return chosen;
}

VectorFiles export_all(const std::vector<Case>& cases, const VectorOptions& options) {
  return make_vector_files(cases_by_role(cases, options.profile), options);
}

// One table, so that groups, tags, ways, files and signatures are all there.
const char* const kScenario =
    "tags      small\n"
    "key       s3cr3t\n"
    "message   <text>\n"
    "signature wrong\n"
    "table\n"
    "  | case | text | tags |\n"
    "  | dot  | \".\"  | core |\n"
    "  | high | \"\\xff\" |      |\n"
    "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\n"
    "C: FAIL\nS: 260 OK\nC: QUIT\nS: <close>\nC: <close>\n";

TEST(VectorFiles, OfASmallScenarioAreThoseInGolden) {
  const ExampleScenario scenario(kScenario, "both", "handshake/small");
  const VectorFiles files = export_all(scenario.cases(), options_for());
  EXPECT_EQ(files.tests, (std::map<Role, std::size_t>{{Role::kServer, 2}, {Role::kClient, 2}}));
  for (const std::string name : {"server-handshake.json", "client-handshake.json"}) {
    ASSERT_TRUE(files.contents.contains(name));
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN"))
      std::ofstream(kGolden + name, std::ios::binary) << files.contents.at(name);
    EXPECT_EQ(files.contents.at(name), chat::content_of(kGolden + name));
  }
}

TEST(VectorFiles, AreListedWithTheirDigestsInAnIndex) {
  const ExampleScenario scenario(kScenario, "both", "handshake/small");
  const VectorFiles files = export_all(scenario.cases(), options_for());
  const Json index = Json::parse(files.contents.at("index.json"));
  EXPECT_EQ(index["tests"], 4);
  EXPECT_EQ(index["seed"], 7);
  EXPECT_EQ(index["suite_sha256"], kSuiteHash);
  EXPECT_EQ(index["requirements"]["HELLO-2"]["level"], "must");
  std::set<std::string> names{"index.json", "vectors.schema.json"};
  for (const Json& entry : index["files"]) {
    const auto name = entry["file"].get<std::string>();
    EXPECT_EQ(entry["sha256"], chat::sha256_hex(files.contents.at(name)));
    names.insert(name);
  }
  EXPECT_EQ(names.size(), files.contents.size());
  EXPECT_EQ(list_exported(files.contents.at("index.json")), names);
  EXPECT_EQ(files.contents.at("vectors.schema.json"),
            chat::content_of(CHATSPEC_SOURCE_DIR "/scenarios/vectors/vectors.schema.json"));
}

TEST(VectorFiles, AreNotListedByWhatIsNoIndex) {
  for (const std::string text :
       {"", "[]", "{", R"({"format":7})", R"({"format":"other","files":[]})", R"(["format"])"}) {
    EXPECT_TRUE(list_exported(text).empty()) << text;
  }
  EXPECT_EQ(list_exported(R"({"format":"chatspec-vectors-9","files":[{"file":"x"},7,{}]})"),
            (std::set<std::string>{"", "index.json", "vectors.schema.json", "x"}));
}

TEST(VectorFiles, HaveNamesThatEveryFileSystemTakes) {
  const ExampleScenario one("C: HELLO\nS: 260 OK\n", "server", "Our \"Work\"; rm -rf $HOME/b");
  const ExampleScenario other("C: HELLO\nS: 260 OK\n", "server", "\u00fcber/b");
  const ExampleScenario like_it("C: HELLO\nS: 260 OK\n", "server", "__ber/b");
  std::vector<Case> cases = one.cases();
  cases.push_back(other.cases().front());
  cases.push_back(like_it.cases().front());
  const VectorFiles files = export_all(cases, options_for());
  std::set<std::string> names;
  std::set<std::string> ids;
  for (const auto& [name, content] : files.contents) {
    names.insert(name);
    if (!name.starts_with("server")) continue;
    ids.insert(Json::parse(content)["groups"][0]["tests"][0]["id"].get<std::string>());
  }
  EXPECT_EQ(names,
            (std::set<std::string>{"index.json", "server-__ber-2.json", "server-__ber.json",
                                   "server-_ur___ork___rm_-rf______.json", "vectors.schema.json"}));
  EXPECT_EQ(ids, (std::set<std::string>{one.cases()[0].id, "\u00fcber/b", "__ber/b"}));
}

TEST(VectorFiles, NameWhatIsLeftOutAndWhy) {
  const ExampleScenario scenario(kScenario, "both", "handshake/small");
  VectorOptions options = options_for();
  options.max_test_bytes = 100;
  VectorFiles files = export_all(scenario.cases(), options);
  EXPECT_TRUE(files.tests.empty());
  EXPECT_EQ(files.left_out.size(), 4U);
  const Json left_out = Json::parse(files.contents.at("index.json"))["left_out"];
  EXPECT_EQ(left_out[0].dump(),
            R"({"id":"handshake/small[dot]","role":"server","why":"it is larger than 100 bytes"})");
  options = options_for();
  options.obstacle = [](const Script& script) {
    return script.role == Role::kClient ? "it is a client" : "";
  };
  files = export_all(scenario.cases(), options);
  EXPECT_EQ(files.tests, (std::map<Role, std::size_t>{{Role::kServer, 2}}));
  ASSERT_EQ(files.left_out.size(), 2U);
  EXPECT_EQ(files.left_out.back().id, "handshake/small[high]");
  EXPECT_EQ(files.left_out.back().why, "it is a client");
}

// The suite itself, but for what is slow, in each profile that is built in.
class OfTheSuite : public testing::TestWithParam<const char*> {};

const std::vector<Case>& cases_of_suite() {
  static const Suite suite = load_suite({CHATSPEC_SOURCE_DIR "/scenarios"});
  EXPECT_EQ(suite.problems, "");
  static const std::vector<Case> cases = [] {
    std::vector<Case> all = list_cases(suite);
    std::erase_if(all, [](const Case& one) { return std::ranges::count(one.tags(), "slow") > 0; });
    return all;
  }();
  return cases;
}

TEST_P(OfTheSuite, EveryCaseIsThereAndFollowsTheSchema) {
  const VectorOptions options = options_for(GetParam());
  const VectorFiles files = export_all(cases_of_suite(), options);
  Json schema = load_schema_file("scenarios/vectors/vectors.schema.json");
  forbid_other_fields(schema["$defs"]);
  const JsonSchema validator(schema);
  // All of it takes long, and looks alike in each profile.
  const std::size_t every = options.profile.name == "line" ? 1 : 4;
  std::size_t looked_at = 0;
  std::set<std::string> found;
  for (const auto& [name, content] : files.contents) {
    EXPECT_LT(content.size(), std::size_t{1} << 20) << name;
    if (name == kVectorSchema) continue;
    const Json file = Json::parse(content);
    if (looked_at++ % every == 0) {
      EXPECT_EQ(validator.find_violation(file), "") << name;
    }
    for (const Json& group : file.value("groups", Json::array())) {
      for (const Json& test : group["tests"])
        found.insert(file["role"].get<std::string>() + " " + test["id"].get<std::string>());
    }
  }
  std::set<std::string> wanted;
  for (const auto& [role, of_role] : cases_by_role(cases_of_suite(), options.profile)) {
    for (const Case* one : of_role) wanted.insert(std::string(to_string(role)) + " " + one->id);
  }
  EXPECT_GT(wanted.size(), 300U);
  EXPECT_EQ(found, wanted);
  EXPECT_TRUE(files.left_out.empty());
}

INSTANTIATE_TEST_SUITE_P(In, OfTheSuite, testing::Values("line", "crlf", "bare"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST(VectorFiles, AreTheSameOfTheSameSeedAndOthersOfAnother) {
  VectorOptions options = options_for();
  std::vector<Case> cases;
  for (std::size_t i = 0; i < cases_of_suite().size(); i += 7) cases.push_back(cases_of_suite()[i]);
  const VectorFiles files = export_all(cases, options);
  EXPECT_EQ(export_all(cases, options).contents, files.contents);
  options.seed = 8;
  EXPECT_NE(export_all(cases, options).contents, files.contents);
}

TEST(VectorSchema, RefusesWhatNoExportHolds) {
  const ExampleScenario scenario(kScenario, "both", "handshake/small");
  const VectorFiles files = export_all(scenario.cases(), options_for());
  const Json good = Json::parse(files.contents.at("server-handshake.json"));
  const JsonSchema validator(load_schema_file("scenarios/vectors/vectors.schema.json"));
  ASSERT_EQ(validator.find_violation(good), "");
  const auto broken = [&](const char* place, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(place)] = value;
    return !validator.find_violation(bad).empty();
  };
  const std::string test = "/groups/0/tests/0";
  EXPECT_TRUE(broken("/format", "chatspec-vectors-2"));
  EXPECT_TRUE(broken("/role", "judge"));
  EXPECT_TRUE(broken("/groups", Json::array()));
  EXPECT_TRUE(broken("/groups/0/level", "perhaps"));
  EXPECT_TRUE(broken((test + "/observe").c_str(), {"mood"}));
  EXPECT_TRUE(broken((test + "/files/keys").c_str(), 7));
  EXPECT_TRUE(broken((test + "/steps/0/do").c_str(), "wait"));
  EXPECT_TRUE(broken((test + "/steps/0/bytes").c_str(), {{"hex", "0"}}));
  EXPECT_TRUE(broken((test + "/steps/1/ways").c_str(), Json::array()));
  EXPECT_TRUE(broken((test + "/steps/1/ways/0/parts/0/is").c_str(), "luck"));
}

}  // namespace
}  // namespace chatspec
