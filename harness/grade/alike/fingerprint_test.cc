#include "harness/grade/alike/fingerprint.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/report/log/logged_bytes.h"
#include "reference/profile.h"
#include "reference/profile_settings.h"

namespace chatspec {
namespace {

EventRecord event_of(EventKind kind, std::string bytes) {
  return {.kind = kind, .connection = 1, .bytes = {.begin = std::move(bytes)}};
}

CaseRecord wrong_case(std::string id) {
  CaseRecord played;
  played.id = std::move(id);
  played.verdict = Verdict::kFail;
  played.failure =
      FindingRecord{.code = "wrong-reply", .requirement = "HELLO-1", .message = "no such reply"};
  return played;
}

Fingerprint fingerprint_of(const CaseRecord& played, Role role = Role::kServer) {
  const SettledRun run{.role = role, .cases = {&played}, .is_whole = true};
  return take_fingerprint("ann", {&run, 1});
}

// "KIND ID" of each trait but the mistake and its case.
std::vector<std::string> words_of(const Fingerprint& fingerprint) {
  std::vector<std::string> words;
  for (const auto& [trait, told] : fingerprint.traits) {
    if (trait.kind > TraitKind::kCase)
      words.push_back(std::string(chat::row_of(kTraitKinds, trait.kind).word) + " " + trait.id);
  }
  return words;
}

TEST(Fingerprint, HasMistakesAndTheCasesThatShowThem) {
  const Fingerprint fingerprint = fingerprint_of(wrong_case("hello/a"));
  ASSERT_EQ(fingerprint.traits.size(), 2U);
  const auto& [mistake, told] = *fingerprint.traits.begin();
  EXPECT_EQ(mistake.kind, TraitKind::kMistake);
  EXPECT_EQ(told, "no such reply");
  const auto& [in_case, case_id] = *fingerprint.traits.rbegin();
  EXPECT_EQ(in_case.kind, TraitKind::kCase);
  EXPECT_EQ(in_case.within, mistake.id);
  EXPECT_EQ(case_id, "hello/a");
}

TEST(Fingerprint, OfWhatPassesIsEmpty) {
  CaseRecord played;
  played.id = "hello/a";
  EXPECT_TRUE(fingerprint_of(played).traits.empty());
}

TEST(Fingerprint, HasWhatAProgramSaysOfItself) {
  CaseRecord played = wrong_case("hello/a");
  played.events = {event_of(EventKind::kSent, "HELLO\nsome text\n"),
                   event_of(EventKind::kReceived, "260 OK\nsome text\n500 No.\n")};
  played.errors.bytes.begin = "server.py: line 12: 'abc' is wrong\n";
  played.output.bytes.begin = "HELLO\nwaiting on port 4711\n";
  played.exit = ExitStatus{.value = 3};
  EXPECT_EQ(words_of(fingerprint_of(played)),
            (std::vector<std::string>{
                "sends 500 No.", "writes on standard error server.py: line :  is wrong",
                "writes on standard output waiting on port ", "ends with exit status 3"}));
}

TEST(Fingerprint, IsTheSameWhateverTheNumbersAndTextsOfARunAre) {
  CaseRecord one = wrong_case("hello/a");
  one.errors.bytes.begin = "port 1: got 'x'\n";
  CaseRecord other = wrong_case("hello/a");
  other.errors.bytes.begin = "port 22: got 'yy'\n";
  EXPECT_EQ(words_of(fingerprint_of(one)), words_of(fingerprint_of(other)));
}

TEST(Fingerprint, SaysHowTheSignatureIsSent) {
  const std::string signature(64, 'a');
  CaseRecord played = wrong_case("hello/a");
  played.events = {event_of(EventKind::kReceived, "270 SIG\n" + signature + "\n")};
  EXPECT_EQ(words_of(fingerprint_of(played)),
            std::vector<std::string>{"cuts what it sends joined"});
  played.events = {event_of(EventKind::kReceived, "270 SIG\n"),
                   event_of(EventKind::kReceived, signature + "\n")};
  EXPECT_EQ(words_of(fingerprint_of(played)), std::vector<std::string>{"cuts what it sends apart"});
}

// What a course's own protocol has its servers say is no mark of one of them.
TEST(Fingerprint, KnowsTheProfileOfTheRun) {
  const std::string signature(128, 'a');
  struct Row {
    std::string settings;
    std::string received;
  };
  for (const Row& row :
       {Row{"", "350 Here\n" + signature + "\n"},
        Row{"signature-position behind-reply\n", "350 Here " + signature + "\n"}}) {
    const auto profile = chat::parse_profile(
        "name course\nok \"250 Noted\"\nsignature \"350 Here\"\nhash sha-512\n" + row.settings,
        "course.profile");
    ASSERT_TRUE(profile);
    RunRecord begin;
    begin.profile.name = profile->name;
    for (const auto& [name, value] : chat::list_settings(*profile))
      begin.profile.settings.emplace(name, log_bytes(value));
    CaseRecord played = wrong_case("hello/a");
    played.events = {event_of(EventKind::kReceived, "250 Noted\n260 OK\n"),
                     event_of(EventKind::kReceived, row.received)};
    const RunOfLog log{.run = &begin};
    const SettledRun run{.role = Role::kServer, .run = &log, .cases = {&played}, .is_whole = true};
    const auto words = words_of(take_fingerprint("ann", {&run, 1}));
    ASSERT_FALSE(words.empty()) << row.settings;
    EXPECT_EQ(words.front(), "sends 260 OK") << "no word of this protocol";
    EXPECT_EQ(std::ranges::count_if(
                  words, [](const std::string& word) { return word.starts_with("sends "); }),
              1)
        << row.settings;
  }
}

// A client sends and shows the texts of its own run.
TEST(Fingerprint, OfAClientHasNothingOfWhatItSends) {
  CaseRecord played = wrong_case("hello/a");
  played.events = {event_of(EventKind::kReceived, "HELLO\nits own text\n")};
  played.output.bytes.begin = "its own text\n";
  EXPECT_TRUE(words_of(fingerprint_of(played, Role::kClient)).empty());
}

}  // namespace
}  // namespace chatspec
