// Scenarios say `260 OK` and `<close>`; what a profile's replies make of them.

#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/judge/findings/matcher.h"
#include "harness/scenario/source.h"
#include "harness/script/script.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::string_view kError = "error-reply \"500 ERR\"\n";
constexpr std::string_view kVerdicts = "pass-reply \"261 YES\"\nfail-reply \"262 NO\"\n";
constexpr std::string_view kBehind = "signature-position behind-reply\n";
constexpr std::string_view kSigned =
    "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\nor <any "
    "signature>\n";

Script script_of(std::string_view transcript, Role role, std::string_view settings) {
  const std::string source =
      "scenario  t\ncovers    FRAME-3\nrole      both\nmessage   hi\n\n" + std::string(transcript);
  Scenario scenario;
  EXPECT_EQ(check_source(source, "t", scenario), "");
  const auto profile = chat::parse_profile("name course\n" + std::string(settings), "p");
  EXPECT_TRUE(profile);
  return make_script(scenario, "t", {.role = role, .profile = *profile});
}

// What the last step makes of what came: "match", "more", or the code.
std::string seen(const Script& script, std::string_view received, StreamState state) {
  const Match result = match(script.steps.back(), script.profile, received, state);
  if (result.outcome == Match::Outcome::kNeedMore) return "more";
  return result.outcome == Match::Outcome::kMatched ? "match" : std::string(to_string(result.code));
}

TEST(Replies, AreWhatTheProfileWantsOfAServer) {
  struct Row {
    std::string_view settings, transcript, received;
    StreamState state;
    std::string_view outcome;
  };
  using enum StreamState;
  const std::string passed = std::string(kSigned) + "C: PASS\nS: 260 OK\n";
  const std::string failed = std::string(kSigned) + "C: FAIL\nS: 260 OK\n";
  const std::string raw = std::string(kSigned) + "C: raw \"FA\"\nC: raw \"IL\\n\"\nS: 260 OK\n";
  for (const Row& row : {
           // A violation
           Row{kError, "C: HELO\nS: <close>\n", "500 ERR\n", kEnded, "match"},
           Row{kError, "C: HELO\nS: <close>\n", "500 ERR\n", kOpen, "more"},
           Row{kError, "C: HELO\nS: <close>\n", "500 ERR\n", kQuiet, "not-closed"},
           Row{kError, "C: HELO\nS: <close>\n", "", kEnded, "closed-early"},
           Row{kError, "C: HELO\nS: <close>\n", "500 Error\n", kEnded, "reply-text"},
           Row{kError, "C: HELO\nS: <close>\n", "500 ERR\n500 ERR\n", kEnded, "unexpected-data"},
           Row{kError, "C: HELO\nS: <close>\nor <silence>\n", "", kQuiet, "match"},
           Row{"", "C: HELO\nS: <close>\n", "500 ERR\n", kEnded, "unexpected-data"},
           Row{"", "C: HELO\nS: <close>\n", "", kEnded, "match"},
           // The end of the stream, which may be answered, and QUIT, which is not
           Row{kError, "C: HELLO\nS: 260 OK\nC: <half-close>\nS: <close>\n", "", kEnded, "match"},
           Row{kError, "C: HELLO\nS: 260 OK\nC: <half-close>\nS: <close>\n", "500 ERR\n", kEnded,
               "match"},
           Row{kError, "C: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\n", "", kEnded, "match"},
           Row{kError, "C: HELLO\nS: 260 OK\nC: QUIT\nS: <close>\n", "500 ERR\n", kEnded,
               "unexpected-data"},
           // Verdicts
           Row{kVerdicts, "C: HELLO\nS: 260 OK\n", "260 OK\n", kOpen, "match"},
           Row{kVerdicts, passed, "261 YES\n", kOpen, "match"},
           Row{kVerdicts, passed, "260 OK\n", kOpen, "wrong-reply"},
           Row{kVerdicts, passed, "262 NO\n", kOpen, "wrong-reply"},
           Row{kVerdicts, failed, "262 NO\n", kOpen, "match"},
           Row{kVerdicts, raw, "262 NO\n", kOpen, "match"},
           Row{"", failed, "260 OK\n", kOpen, "match"},
       }) {
    const Script script = script_of(row.transcript, Role::kServer, row.settings);
    EXPECT_EQ(seen(script, row.received, row.state), row.outcome)
        << row.settings << row.transcript << row.received;
  }
}

TEST(Replies, SayWhatIsDueInTheProfilesWords) {
  EXPECT_EQ(script_of("C: HELO\nS: <close>\n", Role::kServer, kError).steps.back().shown,
            "500 ERR then <close>");
  const std::string failed = std::string(kSigned) + "C: FAIL\nS: 260 OK\n";
  EXPECT_EQ(script_of(failed, Role::kServer, kVerdicts).steps.back().shown, "262 NO");
}

TEST(Replies, AnswerWhatAClientSaidWhereItHasTheChoice) {
  std::string either = "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\n";
  either += "S: <signature 1>\nC: PASS\nor FAIL\nC: <silence>\nS: 260 OK\n";
  const Script script = script_of(either, Role::kClient, kVerdicts);
  const auto sends = [&](std::string_view received) {
    return std::string(bytes_to_send(script.steps.back(), script.profile, received));
  };
  EXPECT_EQ(sends("HELLO\nDATA\nhi\n.\nPASS\n"), "261 YES\n");
  EXPECT_EQ(sends("HELLO\nDATA\nhi\n.\nFAIL\n"), "262 NO\n");
  EXPECT_EQ(bytes_to_send(script.steps[1], script.profile, "HELLO\n"), "260 OK\n");
}

TEST(Replies, HaveTheSignatureBehindThemInOneSegment) {
  struct Row {
    std::string_view transcript;
    std::string sent;  // quoted, a step each
  };
  for (const Row& row :
       {Row{"S: 270 SIG\nS: raw \"abc\\n\"\n", R"("270 SIG abc\n" )"},
        Row{"S: 270 SIG\nC: <silence>\nS: raw \"abc\\n\"\n", R"("270 SIG " "abc\n" )"},
        // Where no signature comes, it is a line all the same.
        Row{"S: 270 SIG\nC: <close>\n", R"("270 SIG\n" )"},
        Row{"S: 270 SIG\nS: <close>\n", R"("270 SIG " )"}}) {
    std::string sent;
    const Script script =
        script_of("C: HELLO\n" + std::string(row.transcript), Role::kClient, kBehind);
    for (const Step& step : script.steps) {
      if (step.action == Action::kSend) sent += chat::quote(step.bytes) + " ";
    }
    EXPECT_EQ(sent, row.sent) << row.transcript;
  }
}

TEST(Replies, AreExpectedWithTheSignatureBehindThem) {
  std::string transcript = "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\n";
  const Script announced = script_of(transcript, Role::kServer, kBehind);
  EXPECT_EQ(seen(announced, "270 SIG 0", StreamState::kOpen), "match");
  EXPECT_EQ(seen(announced, "270 SIG\n", StreamState::kOpen), "reply-text");
  EXPECT_EQ(seen(announced, "270 SIG", StreamState::kQuiet), "partial-answer");
}

}  // namespace
}  // namespace chatspec
