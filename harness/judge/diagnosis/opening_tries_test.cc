#include "harness/judge/diagnosis/opening_tries.h"

#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const chat::Profile& profile(std::string_view name) {
  return *chat::find_profile(name);
}

// A server's answers, in the order of other_openings().
std::vector<OpeningTry> server_tries(const chat::Profile& profile, const std::string& as_written,
                                     const std::vector<std::string>& answers) {
  std::vector<Opening> openings = other_openings(profile, Role::kServer);
  openings.insert(openings.begin(), Opening::kAsWritten);
  std::vector<OpeningTry> tries;
  for (std::size_t i = 0; i <= answers.size(); ++i) {
    const std::string& received = i == 0 ? as_written : answers[i - 1];
    tries.push_back({.opening = openings.at(i),
                     .sent = encode_opening(profile, Role::kServer, openings.at(i)),
                     .received = received,
                     .is_answered = answers_opening(profile, Role::kServer, received)});
  }
  return tries;
}

std::vector<OpeningTry> client_tries(const std::string& hello, bool was_replied_to,
                                     const std::vector<std::string>& reactions) {
  std::vector<Opening> openings = other_openings(profile("line"), Role::kClient);
  openings.insert(openings.begin(), Opening::kAsWritten);
  std::vector<OpeningTry> tries;
  for (std::size_t i = 0; i < openings.size(); ++i) {
    const std::string received = i == 0 ? "" : reactions.at(i - 1);
    const bool is_sent = i > 0 || was_replied_to;
    tries.push_back(
        {.opening = openings[i],
         .before = hello,
         .sent = is_sent ? encode_opening(profile("line"), Role::kClient, openings[i]) : "",
         .received = received,
         .is_answered = answers_opening(profile("line"), Role::kClient, received)});
  }
  return tries;
}

TEST(OpeningTries, AreThoseThatTellMoreThanTheProfilesOwn) {
  struct Row {
    std::string_view profile;
    Role role;
    std::vector<std::string> sent;
  };
  for (const Row& row : {
           Row{"line", Role::kServer, {"HELLO", "HELLO\r\n", "HELLO\n", "hello\n"}},
           Row{"crlf", Role::kServer, {"HELLO", "HELLO\n", "HELLO\r\n", "hello\r\n"}},
           Row{"bare", Role::kServer, {"HELLO\n", "HELLO\r\n", "hello"}},
           Row{"line", Role::kClient, {"260 OK", "260 OK\r\n", "260 OK\n", "260\n"}},
           Row{"bare", Role::kClient, {"260 OK\n", "260 OK\r\n", "260"}},
       }) {
    std::vector<std::string> sent;
    for (const Opening one : other_openings(profile(row.profile), row.role))
      sent.push_back(encode_opening(profile(row.profile), row.role, one));
    EXPECT_EQ(sent, row.sent) << row.profile;
  }
}

TEST(OpeningTries, TellWhatAServerExpects) {
  struct Row {
    std::string_view profile;
    std::string as_written;            // what it answered in the case
    std::vector<std::string> answers;  // "" where it did not
    std::string_view cause;
    std::string_view sentence;
  };
  for (const Row& row : {
           Row{"line",
               "",
               {"260 OK", "", "260 OK", ""},
               "other-line-end-expected",
               "it takes `HELLO` without a line end, but not with LF: does it compare what recv() "
               "returned, line end included? If your course sends no line ends, add --profile "
               "bare"},
           // Its own reply has one, so that no profile fits.
           Row{"line",
               "",
               {"260 OK\n", "", "260 OK\n", ""},
               "other-line-end-expected",
               "it takes `HELLO` without a line end, but not with LF: does it compare what recv() "
               "returned, line end included?"},
           Row{"line",
               "500 what\n",
               {"", "260 OK\r\n", "", ""},
               "other-line-end-expected",
               "it takes `HELLO` with CR LF, but not with LF; if your course wants these line "
               "ends, add --profile crlf"},
           Row{"bare",
               "",
               {"260 OK\n", "260 OK\n", ""},
               "other-line-end-expected",
               "it takes `HELLO` with LF, but not without a line end; if your course wants these "
               "line ends, add --profile line"},
           Row{"line",
               "",
               {"", "", "260 OK\n", ""},
               "line-end-received-apart",
               "it takes `HELLO` where the line end comes in a segment of its own: does it call "
               "recv() once more for the line end?"},
           Row{"line",
               "",
               {"", "", "", "260 OK\n"},
               "other-word-expected",
               "it answers `hello`, but not `HELLO`"},
           Row{"line",
               "",
               {"", "", "500 what\n", ""},
               "no-opening-answered",
               "it takes `HELLO` with `260 OK` in none of these forms either: without a line end, "
               "with CR LF, with its line end in a segment of its own, as `hello`"},
           // It answers, without a line end: what does it take?
           Row{"line",
               "260 OK",
               {"260 OK", "260 OK", "260 OK", ""},
               "other-line-end-spoken",
               "it sends `260 OK` without a line end, and takes `HELLO` without a line end; if "
               "your "
               "course sends no line ends, add --profile bare"},
           Row{"line", "260 OK", {"", "260 OK", "260 OK", ""}, "", ""},
       }) {
    const Cause cause =
        diagnose_opening(profile(row.profile), Role::kServer,
                         server_tries(profile(row.profile), row.as_written, row.answers));
    EXPECT_EQ(cause.id, row.cause) << row.sentence;
    EXPECT_EQ(cause.sentence, row.sentence);
  }
}

TEST(OpeningTries, TellWhatAClientExpects) {
  struct Row {
    std::string hello;
    bool was_replied_to;  // in the case, since its HELLO was as it should be
    std::vector<std::string> reactions;
    std::string_view cause;
    std::string_view begin;
  };
  for (const Row& row : {
           Row{"HELLO\n",
               true,
               {"DATA\n", "", "DATA\n", ""},
               "other-line-end-expected",
               "it takes `260 OK` without a line end, but not with LF: does it compare"},
           Row{"HELLO\n",
               true,
               {"", "", "", "DATA\n"},
               "other-word-expected",
               "it goes on after `260`, but not after `260 OK`"},
           Row{"HELLO\n",
               true,
               {"", "", "", "QUIT\n"},
               "no-opening-answered",
               "it takes `260 OK` in none of these forms either: "},
           Row{"HELLO",
               false,
               {"DATA", "", "DATA", ""},
               "other-line-end-spoken",
               "it sends `HELLO` without a line end, and takes `260 OK` without a line end; if "
               "your "
               "course sends no line ends, add --profile bare"},
           // What it would make of the profile's own reply nobody has seen.
           Row{"HELLO", false, {"", "DATA", "", ""}, "", ""},
           Row{"",
               false,
               {"HELLO\n", "HELLO\n", "HELLO\n", ""},
               "reply-expected-first",
               "it sends `HELLO` only after `260 OK` has come: here the client speaks first"},
       }) {
    const Cause cause = diagnose_opening(
        profile("line"), Role::kClient, client_tries(row.hello, row.was_replied_to, row.reactions));
    EXPECT_EQ(cause.id, row.cause) << row.begin;
    EXPECT_TRUE(cause.sentence.starts_with(row.begin)) << cause.sentence;
  }
}

TEST(OpeningTries, NameTheSettingWhereTheProfileIsACoursesOwn) {
  chat::Profile course = profile("line");
  course.name = "course";
  course.hello = "Moin";
  const std::string sentence =
      diagnose_opening(course, Role::kServer, server_tries(course, "", {"260 OK", "", "", ""}))
          .sentence;
  EXPECT_TRUE(sentence.ends_with("no line ends, give its profile `line-end none`")) << sentence;
  EXPECT_TRUE(sentence.contains("`Moin`")) << sentence;
}

TEST(OpeningTries, TellWhichLineEndIsSpoken) {
  using chat::LineEnd;
  struct Row {
    Role role;
    OpeningTry one;
    std::optional<LineEnd> line_end;
  };
  constexpr Role kServer = Role::kServer, kClient = Role::kClient;
  for (const Row& row : {
           Row{kServer, {.sent = "HELLO\n", .received = "260 OK\n"}, LineEnd::kLf},
           Row{kServer, {.sent = "HELLO\r\n", .received = "260 OK\r\n"}, LineEnd::kCrlf},
           Row{kServer, {.sent = "HELLO", .received = "260 OK"}, LineEnd::kNone},
           Row{kServer, {.sent = "HELLO\n", .received = "260 OK\r\n"}, std::nullopt},
           Row{kServer, {.sent = "HELLO\n", .received = "260 OK"}, std::nullopt},
           Row{kServer, {.sent = "HELLO\n", .received = "260 OK\n\n"}, std::nullopt},
           Row{kClient, {.before = "HELLO\n"}, LineEnd::kLf},
           Row{kClient, {.before = "HELLO\r\n"}, LineEnd::kCrlf},
           Row{kClient, {.before = "HELLO"}, LineEnd::kNone},
           Row{kClient, {.before = "HELLO\nDATA\nhi\n.\n"}, LineEnd::kLf},
           Row{kClient, {.before = "HELLODATAhi\n."}, LineEnd::kNone},
           Row{kClient, {.before = "hello\n"}, std::nullopt},
           Row{kClient, {.before = ""}, std::nullopt},
       }) {
    EXPECT_EQ(find_spoken_line_end(profile("line"), row.role, row.one), row.line_end)
        << row.one.before << row.one.received;
  }
}

}  // namespace
}  // namespace chatspec
