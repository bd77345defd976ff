#include "harness/explore/asking/program_conversation.h"

#include <memory>

#include <gtest/gtest.h>

#include "harness/cell/fake_cell.h"
#include "harness/explore/protocol/signature_watch.h"

namespace chatspec {
namespace {

// Answers each thing that it hears with the next of these.
class Scripted : public FakePeer {
 public:
  explicit Scripted(std::vector<FakeActions> answers) : answers_(std::move(answers)) {}
  FakeActions on_bytes(int, std::string_view) override { return next(); }
  FakeActions on_end(int) override { return next(); }

 private:
  FakeActions next() { return at_ < answers_.size() ? answers_[at_++] : FakeActions(); }

  std::vector<FakeActions> answers_;
  std::size_t at_ = 0;
};

FakeAction sends(std::string bytes) {
  return {.kind = FakeAction::Kind::kSend, .bytes = std::move(bytes)};
}
FakeAction closes() {
  return {.kind = FakeAction::Kind::kEndStream};
}

class ProgramConversationTest : public ::testing::Test {
 protected:
  void begin(std::vector<FakeActions> answers, QuietGrade grade = QuietGrade::kProven) {
    cell_ = std::make_unique<FakeCell>(Role::kServer,
                                       std::make_unique<Scripted>(std::move(answers)), grade);
    ASSERT_TRUE(cell_->start({"server"}));
    conversation_ = std::make_unique<ProgramConversation>(
        std::make_unique<ServerAnswerWatch>(*chat::find_profile("line"), keys_), *cell_,
        cell_->connect().value());
  }

  std::string say(std::string bytes, std::string_view expected = "nothing",
                  Pace pace = Pace::kCareful) {
    return conversation_->say({.segments = {std::move(bytes)}}, expected, pace).value();
  }

  std::vector<std::string> keys_{"key"};
  std::unique_ptr<FakeCell> cell_;
  std::unique_ptr<ProgramConversation> conversation_;
};

TEST_F(ProgramConversationTest, NamesEachAnswerUntilItIsOver) {
  begin({{sends("260"), sends(" OK\n")}, {}, {closes()}});
  EXPECT_EQ(say("HELLO\n"), "260 OK");
  EXPECT_EQ(say("DATA\n"), "nothing");
  EXPECT_EQ(say("line 2\n"), "closed");
  EXPECT_TRUE(conversation_->is_over());
  EXPECT_EQ(say("line 2\n"), "ended");
  EXPECT_EQ(cell_->sent(1), "HELLO\nDATA\nline 2\n");
}

TEST_F(ProgramConversationTest, IsOverWhenWeHaveEndedWhateverTheServerDoes) {
  begin({{}});
  EXPECT_EQ(conversation_->say({.end = SaidEnd::kHalfClose}, "closed", Pace::kCareful).value(),
            "not closed");
  EXPECT_TRUE(conversation_->is_over());
}

TEST_F(ProgramConversationTest, RemarksOnWhichSilencesAreNotProven) {
  begin({{}, {}}, QuietGrade::kDeadline);
  EXPECT_EQ(say("HELLO\n"), "nothing");
  EXPECT_EQ(conversation_->remarks().silences, 1U);
  EXPECT_EQ(conversation_->remarks().unproven_silences, 1U);
}

TEST_F(ProgramConversationTest, HearsWhatComesLateBeforeItIsSettled) {
  begin({{sends("260 OK\n"), sends("260 OK\n")}});
  EXPECT_EQ(say("HELLO\n", "260 OK", Pace::kQuick), "260 OK");
  EXPECT_EQ(conversation_->settle().value(), "260 OK, 260 OK");
  EXPECT_EQ(conversation_->settle().value(), std::nullopt) << "it is settled";
}

TEST_F(ProgramConversationTest, AsksNoMoreOfAServerThatSendsWithoutEnd) {
  begin({{sends(std::string(kMostAnswerBytes + 1, 'x'))}});
  EXPECT_EQ(say("HELLO\n"), "sent without end");
  EXPECT_TRUE(conversation_->is_over());
}

TEST_F(ProgramConversationTest, EndsWithAnInterrupt) {
  begin({{}});
  cell_->interrupt();
  const auto answer = conversation_->say({.segments = {"HELLO\n"}}, "260 OK", Pace::kCareful);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, CellFailure::Kind::kInterrupted);
}

}  // namespace
}  // namespace chatspec
