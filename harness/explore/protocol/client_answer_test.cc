#include "harness/explore/protocol/client_answer.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

class ClientAnswers : public ::testing::Test {
 protected:
  std::string name(std::string_view received, AnswerEnd end = AnswerEnd::kOpen) {
    watch_.begin();
    return watch_.name(received, end);
  }

  std::vector<std::string> messages_{"a.b\nc", ""};
  ClientAnswerWatch watch_{*chat::find_profile("line"), messages_};
};

TEST_F(ClientAnswers, AreNamedByWordsAndTexts) {
  EXPECT_EQ(name("HELLO\n"), "HELLO");
  EXPECT_EQ(name("DATA\na\\.b\nc\n.\n"), "DATA, text right");
  EXPECT_EQ(name("PASS\nDATA\n.\n"), "PASS, DATA, text right");
  EXPECT_EQ(name("DATA\n.\n"), "DATA, text of no message");
  EXPECT_EQ(name("QUIT\n", AnswerEnd::kClosed), "QUIT, closed");
  EXPECT_EQ(name(""), "nothing");
}

TEST_F(ClientAnswers, QuoteWhatIsNoWord) {
  EXPECT_EQ(name("hello\nHELLO\r\nHELLO"), "\"hello\\n\", \"HELLO\\r\\n\", \"HELLO\"");
}

TEST_F(ClientAnswers, AreTheSameHoweverTheyArrive) {
  name("DATA\na\\.b");
  EXPECT_EQ(watch_.name("DATA\na\\.b\nc\n.\n", AnswerEnd::kOpen), "DATA, text right");
}

TEST_F(ClientAnswers, FollowATextOverSeveral) {
  EXPECT_EQ(name("DATA\n"), "DATA");
  EXPECT_EQ(name("a\\.b\nc"), "text without its end");
  EXPECT_EQ(name("\n.\nPASS\n"), "text right, PASS");
}

TEST_F(ClientAnswers, TellATextThatIsWrittenOtherwise) {
  EXPECT_EQ(name("DATA\na.b\nc\n.\n"), "DATA, text wrong");
}

}  // namespace
}  // namespace chatspec
