// What each thing that a scenario can say becomes.

#include "harness/vectors/encoded_steps.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "harness/script/segmentation.h"
#include "harness/vectors/tests/vector_case.h"

namespace chatspec {
namespace {

const chat::Profile& profile_of(const char* name) {
  return *chat::find_profile(name);
}

// Without what is the same in every step of one connection, and what is for people.
std::string dump(VectorJson steps) {
  std::string lines;
  for (VectorJson& step : steps) {
    EXPECT_GE(step["line"], 5) << step;
    EXPECT_NE(step["shown"], "") << step;
    for (const char* field : {"line", "shown"}) step.erase(field);
    if (step["on"] == 1) step.erase("on");
    lines += step.dump() + "\n";
  }
  return lines;
}

std::string dump_server(const std::string& body, const char* profile = "line") {
  return dump(encode_steps(ExampleScenario(body).script(Role::kServer, profile_of(profile))));
}

std::string dump_client(const std::string& body, const char* profile = "line") {
  return dump(
      encode_steps(ExampleScenario(body, "client").script(Role::kClient, profile_of(profile))));
}

TEST(EncodedSteps, SayWhatIsSentAndWhereItIsCut) {
  EXPECT_EQ(
      dump_server("key k\nC: HELLO | split at 1, 3\nS: 260 OK\nC: raw \"\\xff\"\nS: <close>\n"),
      R"({"do":"send","bytes":"HELLO\n","cuts":[1,3]}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"260 OK\n","about":"reply"}]}]}
{"do":"send","bytes":{"hex":"ff"}}
{"do":"expect","ways":[{"parts":[{"is":"close","reset_instead":"END-3"}]}]}
)");
}

TEST(EncodedSteps, SayHowAConnectionEndsAndWhichItIs) {
  EXPECT_EQ(dump_server("C: <half-close>\nS: <close>\nC2: <reset>\nC3: HELLO\nS3: 260 OK\n"
                        "C3: <close>\n"),
            R"({"do":"half-close"}
{"do":"expect","ways":[{"parts":[{"is":"close","reset_instead":"END-3"}]}]}
{"do":"close"}
{"do":"reset","on":2}
{"do":"send","on":3,"bytes":"HELLO\n"}
{"do":"expect","on":3,"ways":[{"parts":[{"is":"bytes","bytes":"260 OK\n","about":"reply"}]}]}
{"do":"close","on":3}
)");
}

TEST(EncodedSteps, SayEveryWayWithItsPartsAndWhatItDeviatesFrom) {
  EXPECT_EQ(dump_server("C: HELP\nS: <close>\nor <silence> | deviates\nor like \"5*\" | deviates "
                        "END-3\nthen <reset>\n"),
            R"({"do":"send","bytes":"HELP\n"}
{"do":"expect","ways":[{"parts":[{"is":"close","reset_instead":"END-3"}]},{"parts":[{"is":"silence"}],"deviates":""},{"parts":[{"is":"like","pieces":["5",""],"end":"\n"},{"is":"reset"}],"deviates":"END-3"}]}
)");
}

TEST(EncodedSteps, SayWhichSignatureIsDueAndWhenItMayCome) {
  // By `printf mk | sha256sum`.
  const std::string right = "4c3b3284e206c3db72440736cfdbd185f0e61a3c7fd9f049987196b987d3d1ee";
  EXPECT_EQ(dump_server("key k\nmessage m\nC: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\n"
                        "S: 270 SIG\nS: <signature 1>\n"),
            R"({"do":"send","bytes":"HELLO\n"}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"260 OK\n","about":"reply"}]}]}
{"do":"send","bytes":"DATA\n"}
{"do":"send","bytes":"m\n.\n"}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"270 SIG\n","about":"reply"}]}],"not_before":15}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":")" +
                right + R"(\n","about":"signature","message":1,"key":1,"other_case":"SIG-3"}]}]}
)");
}

TEST(EncodedSteps, SayWhatFormAnySignatureHasInTheProfile) {
  const std::string body = "S: <any signature>\n";
  EXPECT_EQ(
      dump_server(body, "crlf"),
      R"({"do":"expect","ways":[{"parts":[{"is":"any-signature","digits":"0123456789abcdef","count":64,"end":"\r\n","other_case":"SIG-3"}]}]}
)");
  const auto coded = [&](const std::string& settings) {
    const auto profile = chat::parse_profile(settings, "profile");
    EXPECT_TRUE(profile);
    const Script script = ExampleScenario(body).script(Role::kServer, *profile);
    return encode_steps(script)[0]["ways"][0]["parts"][0].dump();
  };
  EXPECT_EQ(
      coded("name course\nsignature-coding upper-case-hex\nhash sha-1\n"),
      R"({"is":"any-signature","digits":"0123456789ABCDEF","count":40,"end":"\n","other_case":"SIG-3"})");
  EXPECT_EQ(
      coded("name course\nsignature-coding base64\n"),
      R"({"is":"any-signature","digits":"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/","count":43,"end":"=\n"})");
}

TEST(EncodedSteps, SayWhatIsAskedOfTheProgramItself) {
  EXPECT_EQ(dump_server("C: HELLO\nS: 260 OK\nS: <restart>\nC2: HELO\nS2: <close>\n"
                        "S2: <prints what it received>\nS2: <prints \"a\">\n"
                        "S2: <prints like \"a*b\">\nS2: <complains>\nS2: <complains like \"*!\">\n"
                        "S2: <exit any-or-none>\n"),
            R"({"do":"send","bytes":"HELLO\n"}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"260 OK\n","about":"reply"}]}]}
{"do":"expect","ways":[{"parts":[{"is":"restart"}]}]}
{"do":"send","on":2,"bytes":"HELO\n"}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"close","reset_instead":"END-3"}]}]}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"prints-received"}]}]}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"prints","pieces":["a"]}]}]}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"prints","pieces":["a","b"]}]}]}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"complains","pieces":[]}]}]}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"complains","pieces":["","!"]}]}]}
{"do":"expect","on":2,"ways":[{"parts":[{"is":"exit","status":"any","may_run_on":true}]}]}
)");
}

TEST(EncodedSteps, SayEveryExitStatus) {
  for (const auto& [word, part] :
       {std::pair{"0", R"("status":0,"may_run_on":false)"},
        std::pair{"3", R"("status":3,"may_run_on":false)"},
        std::pair{"nonzero", R"("status":"nonzero","may_run_on":false)"},
        std::pair{"any", R"("status":"any","may_run_on":false)"},
        std::pair{"0-or-none", R"("status":0,"may_run_on":true)"},
        std::pair{"any-or-none", R"("status":"any","may_run_on":true)"}}) {
    const std::string steps =
        dump_server("C: HELLO\nS: 260 OK\nS: <exit " + std::string(word) + ">\n");
    EXPECT_NE(steps.find("{\"is\":\"exit\"," + std::string(part) + "}"), std::string::npos)
        << steps;
  }
}

TEST(EncodedSteps, SayWhatAClientDoesAndWhatItIsSentAfterFail) {
  EXPECT_EQ(
      dump_client("message m\nC: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\n"
                  "S: raw \"zzz\\n\"\nC: FAIL\nor <any line>\nor <close>\n"),
      R"({"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"HELLO\n","about":"command"}]}]}
{"do":"send","bytes":"260 OK\n"}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"DATA\n","about":"command"}]}]}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"m\n","about":"text","message":1}]}]}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":".\n","about":"text"}]}]}
{"do":"send","bytes":"270 SIG\n"}
{"do":"send","bytes":"zzz\n"}
{"do":"expect","ways":[{"parts":[{"is":"bytes","bytes":"FAIL\n","about":"verdict"}]},{"parts":[{"is":"like","pieces":["",""],"end":"\n"}]},{"parts":[{"is":"close","reset_instead":"END-3"}]}]}
)");
  EXPECT_EQ(dump_client("C: <nothing>\nC: <exit nonzero>\n"),
            R"({"do":"expect","ways":[{"parts":[{"is":"nothing"}]}]}
{"do":"expect","ways":[{"parts":[{"is":"exit","status":"nonzero","may_run_on":false}]}]}
)");
  const auto profile = chat::parse_profile(
      "name course\npass-reply \"261 GOOD\"\nfail-reply \"262 BAD\"\n", "profile");
  ASSERT_TRUE(profile);
  const ExampleScenario verdict(
      "message m\nC: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature "
      "1>\n"
      "C: PASS\nor FAIL\nS: 260 OK\nC: QUIT\n",
      "client");
  const std::string steps = dump(encode_steps(verdict.script(Role::kClient, *profile)));
  EXPECT_NE(steps.find(R"({"do":"send","bytes":"261 GOOD\n","bytes_after_fail":"262 BAD\n"})"),
            std::string::npos)
      << steps;
}

// Whatever is new in the language has to be said here, too.
TEST(EncodedSteps, HaveAWordForEachKindOfItem) {
  for (int kind = 0; kind < static_cast<int>(ItemKind::kColumn); ++kind) {
    Expectation wanted;
    wanted.kind = static_cast<ItemKind>(kind);
    Step step;
    step.action = Action::kExpect;
    step.alternatives.push_back(wanted);
    Script script{
        .role = Role::kServer, .profile = profile_of("line"), .materials = {}, .steps = {}};
    script.steps.push_back(step);
    EXPECT_NE(encode_steps(script)[0]["ways"][0]["parts"][0]["is"], "") << kind;
  }
}

TEST(EncodedSteps, TellWhatAReaderMustSee) {
  const auto observed = [](const std::string& body, const char* role = "server") {
    const ExampleScenario scenario(body, role);
    return list_observations(scenario.script(*chat::parse_role(role), profile_of("line"))).dump();
  };
  EXPECT_EQ(observed("C: HELLO\nS: 260 OK\n"), "[]");
  EXPECT_EQ(observed("C: HELLO | split 1\nS: 260 OK\n"), R"(["reading"])");
  EXPECT_EQ(observed("C: HELLO\nC: QUIT\nS: 260 OK\n"), R"(["reading"])");
  EXPECT_EQ(observed("C: HELLO\nS: 260 OK\nor <close>\nor like \"5*\"\nthen <silence>\n"),
            R"(["silence"])");
  EXPECT_EQ(observed("S: <nothing>\nS: <complains>\nS: <exit nonzero>\n"),
            R"(["no-start","errors","exit"])");
  EXPECT_EQ(observed("C: HELLO\nS: 260 OK\nS: <restart>\nC2: HELLO\nS2: 260 OK\n"
                     "S2: <prints what it received>\n"),
            R"(["restart","output"])");
}

TEST(EncodedSteps, CutTheSameBytesAsTheScriptDoes) {
  const Script script =
      segment(ExampleScenario("C: HELLO\nS: 260 OK\n").script(Role::kServer, profile_of("line")),
              Segmentation::kBytes)
          .script;
  EXPECT_EQ(encode_steps(script)[0]["cuts"].dump(), "[1,2,3,4,5]");
}

}  // namespace
}  // namespace chatspec
