#include "harness/language_server/framing.h"

#include <gtest/gtest.h>

namespace chatspec::language_server {
namespace {

TEST(MessageReader, GivesTheSameInWhateverPiecesAStreamComes) {
  const std::string stream = frame("{}") + "Content-Type: x\r\n" + frame("") + frame("[1]");
  MessageReader reader;
  std::vector<std::string> messages;
  for (const char c : stream) {
    reader.add({&c, 1});
    while (auto message = reader.next()) messages.push_back(message->value());
  }
  EXPECT_EQ(messages, (std::vector<std::string>{"{}", "", "[1]"}));
}

TEST(MessageReader, KeepsNoEndlessHeader) {
  MessageReader reader;
  reader.add(std::string(kMaxHeaderBytes + 1, 'x'));
  const auto refused = reader.next();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->error(), "there is no end of the header lines");
  EXPECT_FALSE(reader.next());
  reader.add("\r\n" + frame("{}"));
  EXPECT_FALSE(reader.next()->has_value());  // what is left of it
  EXPECT_EQ(reader.next()->value(), "{}");
}

TEST(MessageReader, WaitsForTheWholeMessage) {
  MessageReader reader;
  reader.add("Content-Length: 2\r\n\r\n{");
  EXPECT_FALSE(reader.next());
  reader.add("}");
  EXPECT_EQ(reader.next()->value(), "{}");
}

}  // namespace
}  // namespace chatspec::language_server
