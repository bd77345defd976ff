#include "harness/script/byte_stream.h"

#include <gtest/gtest.h>

#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"

namespace chatspec {
namespace {

std::string imported(std::string_view bytes, const ImportOptions& options = {.name = "f"}) {
  return print(import_bytes(bytes, options));
}

// The transcript alone.
std::string transcript(std::string_view bytes, const ImportOptions& options = {.name = "f"}) {
  const std::string text = imported(bytes, options);
  return text.substr(text.find("\n\n") + 2);
}

std::string mistakes_in(const std::string& source) {
  Scenario scenario;
  return check_source(source, "f", scenario);
}

// The client's bytes of a scenario's text.
std::string exported(const std::string& source) {
  Scenario scenario;
  EXPECT_EQ(check_source(source, "f", scenario), "");
  const chat::Profile& line = *chat::find_profile("line");
  const Script script = make_script(scenario, "a/b", {.role = Role::kServer, .profile = line});
  const auto streams = export_bytes(script);
  return streams.empty() ? "" : streams.front();
}

TEST(ImportBytes, MakesAReadableScenarioWithTheExpectationsOfTheProtocol) {
  EXPECT_EQ(imported("HELLO\nDATA\na\\.b\n.\nPASS\nQUIT\n", {.name = "crash-1"}),
            "# Made of a client's bytes; what is expected was worked out by the reference server.\n"
            "scenario  what a client sent: crash-1\n"
            "covers    DATA-3 DATA-4 ESC-2 ESC-3 HELLO-2 QUIT-2 SIG-1\n"
            "role      server\n"
            "profile   line\n"
            "key       first key\n"
            "key       k\\.2\n"
            "key       3\n"
            "message   a.b\n"
            "\n"
            "C: HELLO\nS: 260 OK\nC: DATA\nC: <message 1>\nC: .\nS: 270 SIG\nS: <signature 1>\n"
            "C: PASS\nS: 260 OK\nC: QUIT\nS: <close>\n");
}

TEST(ImportBytes, ShowsAsRawBytesWhatNoClientWouldSend) {
  EXPECT_EQ(transcript("HELLO\r\nDATA\na.b\n\\x\r\n.\r\n"),
            "C: raw \"HELLO\\r\\n\"\nS: 260 OK\nC: DATA\nC: raw \"a.b\\n\"\n"
            "C: raw \"\\\\x\\r\\n\"\nC: raw \".\\r\\n\"\nS: 270 SIG\nS: <signature 1>\n"
            "C: <half-close>\nS: <close>\n");
  EXPECT_EQ(transcript("HELLO\nDATA\n\n.\n"),
            "C: HELLO\nS: 260 OK\nC: DATA\nC: raw \"\\n\"\nC: .\nS: 270 SIG\nS: <signature 1>\n"
            "C: <half-close>\nS: <close>\n");
}

TEST(ImportBytes, EndsWhereTheServerClosesOrTheStreamDoes) {
  EXPECT_EQ(transcript("HELLO\nHELO\nQUIT\n"),
            "C: HELLO\nS: 260 OK\nC: HELO\nS: <close>\n\n"
            "# 5 more bytes that the client sent come after the close.\n");
  EXPECT_EQ(transcript("HELLO\nQU"),
            "C: HELLO\nS: 260 OK\nC: raw \"QU\"\nC: <half-close>\nS: <close>\n");
  EXPECT_EQ(transcript("HELLO\nDATA\n\\."),
            "C: HELLO\nS: 260 OK\nC: DATA\nC: raw \"\\\\.\"\nC: <half-close>\nS: <close>\n");
  EXPECT_EQ(transcript(""), "C: <half-close>\nS: <close>\n");
}

TEST(ImportBytes, SendsAllAtOnceOrInSegmentsWhereThatIsThePoint) {
  EXPECT_EQ(transcript("HELLO\nQUIT\n", {.name = "f", .whole = true}),
            "C: raw \"HELLO\\nQUIT\\n\"\nS: 260 OK\nS: <close>\n");
  EXPECT_EQ(transcript("HELLO\nDATA\n.\n", {.name = "f", .whole = true, .split = 1}),
            "C: raw \"HELLO\\nDATA\\n.\\n\" | split 1\nS: 260 OK\nS: 270 SIG\nS: <signature 1>\n"
            "C: <half-close>\nS: <close>\n");
}

TEST(ImportBytes, WhatItMakesHasNoMistakesAndExportsToTheSameBytes) {
  for (const std::string_view bytes :
       {"", "\n", "HELLO\nQUIT\n", "HELLO\nDATA\n.\nFAIL\nDATA\nx\n\n\\\\.\n.\n", "HELLO\n\xff\n",
        "HELLO\nDATA\n|\"<\n \n# a\n.\nPASS\nQUIT\n", "HELLO\r\nDATA\r\n\r\n.\r\n"}) {
    for (const bool whole : {false, true}) {
      const std::string source = imported(bytes, {.name = "\"\n<\x1b", .whole = whole});
      EXPECT_EQ(mistakes_in(source), "") << source;
      EXPECT_EQ(exported(source), bytes) << source;
    }
  }
}

TEST(ImportBytes, TakesAnyNameIntoTheTitle) {
  for (const std::string name : {"", " ", " a ", "a\n", "<b>", "# c"}) {
    const std::string source = imported("QUIT\n", {.name = name});
    Scenario scenario;
    EXPECT_EQ(check_source(source, "f", scenario), "");
    EXPECT_EQ(print(scenario), source);
  }
}

TEST(ExportBytes, GivesWhatIsSentOnEachConnection) {
  Scenario scenario;
  const std::string source =
      "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\nC2: raw \"HE\"\n"
      "C: QUIT\nC2: raw \"LLO\\n\"\nS: <close>\n";
  ASSERT_EQ(check_source(source, "f", scenario), "");
  const Script script =
      make_script(scenario, "a/b", {.role = Role::kServer, .profile = *chat::find_profile("line")});
  EXPECT_EQ(export_bytes(script), (std::vector<std::string>{"HELLO\nQUIT\n", "HELLO\n"}));
}

}  // namespace
}  // namespace chatspec
