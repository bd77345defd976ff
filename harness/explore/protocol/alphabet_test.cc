#include "harness/explore/protocol/alphabet.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const chat::Profile& profile(std::string_view name) {
  return *chat::find_profile(name);
}

std::string said(std::string_view symbol, std::string_view in_profile) {
  const auto alphabet = parse_alphabet(symbol, profile(in_profile));
  if (!alphabet) return alphabet.error();
  const auto bytes = alphabet->symbols.front()->say(profile(in_profile), 3);
  std::string all;
  for (const std::string& segment : bytes->segments) all += "[" + segment + "]";
  return all;
}

TEST(SaidAlphabet, SaysEachSymbolInTheBytesOfTheProfile) {
  EXPECT_EQ(said("HELLO", "line"), "[HELLO\n]");
  EXPECT_EQ(said("HELLO", "crlf"), "[HELLO\r\n]");
  EXPECT_EQ(said("HELLO", "bare"), "[HELLO]");
  EXPECT_EQ(said("line", "line"), "[line 3\n]");
  EXPECT_EQ(said("escaped", "line"), "[\\.3 a\\\\b \\\\\\.\n]");
  EXPECT_EQ(said("text", "bare"), "[line 3\n.]");
  EXPECT_EQ(said("message", "line"), "[DATA\nline 3\n.\n]");
  EXPECT_EQ(said("cut", "line"), "[DA][TA\n]");
  EXPECT_EQ(said("half", "line"), "[DA]");
  EXPECT_EQ(said("rest", "line"), "[TA\n]");
  EXPECT_EQ(said("hello", "line"), "[hello\n]");
  EXPECT_EQ(said("end", "line"), "");
}

TEST(SaidAlphabet, DefaultsAreWhatTheProfileCanSay) {
  learning::Word all;
  const auto names = [&](std::string_view name) {
    const SaidAlphabet alphabet = default_alphabet(profile(name));
    learning::Word word;
    for (std::size_t i = 0; i < alphabet.size(); ++i) word.push_back(static_cast<int>(i));
    return show_word(alphabet, word);
  };
  EXPECT_EQ(names("line"),
            "HELLO DATA line escaped empty . PASS FAIL QUIT unknown cut message end");
  EXPECT_EQ(names("bare"), "HELLO DATA . PASS FAIL QUIT unknown end text");
}

TEST(SaidAlphabet, TellsWhatIsWrongWithNames) {
  EXPECT_EQ(said("HELO", "line"), "no symbol is called \"HELO\"; did you mean HELLO?");
  EXPECT_EQ(said("cut", "bare"), "cut cannot be said in the profile bare");
  EXPECT_EQ(said(" ,", "line"), "no symbol is named");
}

TEST(SaidAlphabet, OfAServerHasSignaturesRightAndWrong) {
  const chat::Profile& line = profile("line");
  const auto alphabet = parse_alphabet("270 right wrong signed", line, chat::Role::kServer).value();
  const std::string right = make_learned_signatures(line).front();
  const auto said = say_word(line, alphabet, learning::Word{0, 1, 0, 2, 3});
  EXPECT_EQ(bytes_of(said[0]), "270 SIG\n");
  EXPECT_EQ(bytes_of(said[1]), right + "\n");
  EXPECT_EQ(bytes_of(said[3]).size(), right.size() + 1);
  EXPECT_NE(bytes_of(said[3]), right + "\n");
  EXPECT_EQ(bytes_of(said[4]), "270 SIG\n" + right + "\n");
  EXPECT_EQ(
      parse_alphabet("HELLO", line, chat::Role::kServer).error(),
      "no symbol is called \"HELLO\"; there are: 260 270 right wrong signed 500 cut end empty "
      "missigned close");
}

TEST(SaidAlphabet, TakesAllThatThereIsOnce) {
  EXPECT_EQ(parse_alphabet("QUIT, all QUIT", profile("line"))->size(), client_symbols().size());
  EXPECT_EQ(parse_alphabet("all", profile("line"))->symbols.front()->name, "HELLO");
}

}  // namespace
}  // namespace chatspec
