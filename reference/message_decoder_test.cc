#include "reference/message_decoder.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "reference/framing.h"
#include "reference/recording_sink.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

// The text as the sink saw it, then "|" and what follows the message, or "..." where it has not
// ended.
std::string dump(const Profile& profile, std::initializer_list<std::string_view> pieces) {
  RecordingSink sink;
  MessageDecoder decoder(profile, sink);
  std::string rest;
  bool ended = false;
  for (std::string_view piece : pieces) {
    if (!ended) ended = decoder.next(piece)->has_value();
    rest += piece;
  }
  return escape_bytes(sink.seen) + (ended ? "|" + escape_bytes(rest) : "...");
}

struct DecoderRow {
  std::string_view wire;
  std::string_view dumped;
};

constexpr DecoderRow kLineRows[] = {
    {".\n", "|"},
    {".\r\n", "|"},
    {".\nPASS\n", "|PASS\\n"},
    {"a\nb\n.\n", "a\\nb\\n|"},
    {"a\r\nb\r\n.\r\nX", "a\\nb\\n|X"},
    {"\n\n.\n", "\\n\\n|"},
    {"\\.\n.\n", ".\\n|"},
    {".a\n..\na.\n.\n", ".a\\n..\\na.\\n|"},
    {". \n.\n", ". \\n|"},
    {".\r\r\n.\n", ".\\r\\n|"},
    {".\ra\n.\n", ".\\ra\\n|"},
    {"a\rb\n.\n", "a\\rb\\n|"},
    {"a\r\r\n.\n", "a\\r\\n|"},
    {"\r\n.\n", "\\n|"},
    {"a\\.b\\\\c\n.\n", "a.b\\\\c\\n|"},
    {"\\\\.\n.\n", "\\\\.\\n|"},
    {"\\\\\\.\n.\n", "\\\\.\\n|"},
    {"\\n\\\n.\n", "\\\\n\\\\\\n|"},
    {"\\\r\n.\n", "\\\\\\n|"},
    {"\\\r.\n.\n", "\\\\\\r.\\n|"},
    {"a", "a..."},
    {".", "..."},
    {".\r", "..."},
    {"a\n.", "a\\n..."},
};

TEST(MessageDecoderTest, InLineTheTextIsTheSameWholeAndCutAnywhere) {
  for (const std::string_view name : {"line", "crlf"}) {
    const Profile& profile = *find_profile(name);
    for (const auto& [wire, dumped] : kLineRows) {
      EXPECT_EQ(dump(profile, {wire}), dumped) << quote(wire);
      for (std::size_t a = 0; a <= wire.size(); ++a) {
        for (std::size_t b = a; b <= wire.size(); ++b) {
          EXPECT_EQ(dump(profile, {wire.substr(0, a), wire.substr(a, b - a), wire.substr(b)}),
                    dumped)
              << quote(wire) << " cut after " << a << " and " << b;
        }
      }
    }
  }
}

TEST(MessageDecoderTest, InBareTheTerminatorEndsALineStartAndWhatWasReceived) {
  const Profile& profile = *find_profile("bare");
  EXPECT_EQ(dump(profile, {"."}), "|");
  EXPECT_EQ(dump(profile, {"a\nb\n."}), "a\\nb\\n|");
  EXPECT_EQ(dump(profile, {"a\n", "."}), "a\\n|");
  EXPECT_EQ(dump(profile, {"a\n", ".", "PASS"}), "a\\n|PASS");
  EXPECT_EQ(dump(profile, {"a\n.\nb\n."}), "a\\n.\\nb\\n|");
  EXPECT_EQ(dump(profile, {".a\n.b", "\n."}), ".a\\n.b\\n|");
  EXPECT_EQ(dump(profile, {"a."}), "a....");
  EXPECT_EQ(dump(profile, {"a", "."}), "a....");
  EXPECT_EQ(dump(profile, {"a\r\n\\.\n."}), "a\\r\\n\\\\.\\n|");
}

TEST(MessageDecoderTest, ATerminatorOfSeveralBytesIsFoundAcrossCuts) {
  Profile profile = *find_profile("line");
  profile.terminator = ".END";
  constexpr std::string_view kWire = ".EN\n.ENDE\n.E\n\\.END\n.END\nrest";
  for (std::size_t a = 0; a <= kWire.size(); ++a) {
    EXPECT_EQ(dump(profile, {kWire.substr(0, a), kWire.substr(a)}),
              ".EN\\n.ENDE\\n.E\\n.END\\n|rest");
  }
  profile.line_end = LineEnd::kNone;
  EXPECT_EQ(dump(profile, {"a\n.E", "ND"}), "a\\n|");
  EXPECT_EQ(dump(profile, {"a\n.END\n", ".END"}), "a\\n.END\\n|");
}

TEST(MessageDecoderTest, MessagesFollowOneAnotherAndAreCounted) {
  RecordingSink sink;
  MessageDecoder decoder(*find_profile("line"), sink);
  std::string_view wire = "a\\.\n\nbc\n.\n.\nx\n.\n";
  using Message = MessageDecoder::Message;
  EXPECT_EQ(decoder.next(wire)->value(), (Message{.lines = 3, .bytes = 4}));
  EXPECT_EQ(decoder.next(wire)->value(), (Message{}));
  EXPECT_EQ(decoder.next(wire)->value(), (Message{.lines = 1, .bytes = 1}));
}

TEST(MessageDecoderTest, ATextThatIsTooLongIsAnErrorBeforeItEnds) {
  RecordingSink sink;
  MessageDecoder decoder(*find_profile("line"), sink, 4);
  std::string_view fits = "ab\ncd\n.\n";
  EXPECT_TRUE(decoder.next(fits)->has_value());
  std::string_view too_long = "ab\ncde";
  const auto result = decoder.next(too_long);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().received, "a message of more than 4 bytes");
}

// The decoder against the encoder, over all short texts of the bytes that mean something to either.
TEST(MessageDecoderTest, DecodingIsTheInverseOfEncoding) {
  constexpr std::string_view kLetters = "\n.\\a";
  const Profile& profile = *find_profile("line");
  for (unsigned number = 0; number < 4096; ++number) {
    std::string text;
    for (unsigned i = 0; i < 6; ++i) text += kLetters[(number >> (2 * i)) & 3U];
    const std::string wire = encode_text(profile, text) + encode_terminator(profile);
    RecordingSink sink;
    MessageDecoder decoder(profile, sink);
    for (std::size_t i = 0; i < wire.size(); i += 3) {
      std::string_view piece = std::string_view(wire).substr(i, 3);
      ASSERT_EQ(decoder.next(piece)->has_value(), i + 3 >= wire.size()) << quote(wire);
    }
    ASSERT_EQ(sink.seen, text + '\n') << quote(wire);
  }
}

}  // namespace
}  // namespace chat
