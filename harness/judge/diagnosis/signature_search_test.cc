#include "harness/judge/diagnosis/signature_search.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/diagnosis/signature_forms.h"
#include "reference/escape.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

const std::vector<std::string> kMessages{"one.\n two\\ \nthree", "next"};
const std::vector<std::string> kKeys{"k1", "k2"};

// The first message with the first key.
Ingredients ingredients(const chat::Profile& profile) {
  return {profile, kMessages, kKeys, 0, 0};
}

const chat::Profile& line() {
  return *chat::find_profile("line");
}

// The ids of all combinations of mistakes that explain it; "" for none.
std::string mistakes_of(const Cause& cause) {
  const auto found =
      std::ranges::find(cause.parameters, "mistakes", &CauseParameters::value_type::first);
  return found == cause.parameters.end() ? "" : found->second;
}

// The ids of the named mistakes, or that of the cause where these have one of their own; "" for
// none.
std::string name_of(const Cause& cause) {
  const std::string mistakes = mistakes_of(cause);
  return cause.id == "hashed-otherwise" ? mistakes.substr(0, mistakes.find(' ')) : cause.id;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

bool has_word(std::string_view words, std::string_view word) {
  return fmt::format(" {} ", words).contains(fmt::format(" {} ", word));
}

TEST(SignatureSearch, NamesMistakesThatMeet) {
  struct Row {
    std::string hashed;
    std::string_view mistakes;
  };
  for (const Row& row : {
           Row{"one.. two\\  threek1", "unescaped-in-place"},
           Row{std::string("one.\0 two\\ \0threek1", 19), "unescaped-in-place-with-nul"},
           Row{"one\\.\n two\\\\ \nthree\n", "still-escaped+lf+no-key"},
           Row{"one.\r\n two\\ \r\nthree\r\nk1\r\n", "cr-lf+key-cr-lf"},
           Row{"k1one.\n two\\ \nthree\n", "lf+before"},
           Row{"one.two\\threek2", "lines-stripped+key-2"},
           Row{"one. two\\ threeb'k1'", "key-printed-bytes"},
           Row{"one. two\\ threek1k2", "all-keys"},
           Row{"threek1\n", "last-line+key-lf"},
           Row{"one. two\\ three", "text-without-key"},
           Row{"onek1", "up-to-dot"},
           Row{"one. two\\ thre" + kKeys[0], "cut-by-one"},
           Row{"DATA\none.\n two\\ \nthree\n.\nk1", "with-data-and-terminator+lf"},
           Row{"one. two\\ three\nk1", "behind-lf"},
           Row{"k1one. two\\ threek1", "around"},
           Row{"three two\\ one.k1", "lines-reversed"},
           Row{"b'one. two\\\\ three'k1", "printed-bytes"},
           Row{"b'one.'b' two\\\\ 'b'three'k1", "lines-printed-bytes"},
           Row{chat::sha256_hex("one. two\\ three") + "k1", "behind-digits-of-hash"},
           Row{chat::sha256_hex("one.\n two\\ \nthree\n") + "k1", "lf+behind-digits-of-hash"},
       }) {
    const Cause cause = search_mistakes(ingredients(line()), chat::sha256_hex(row.hashed));
    EXPECT_EQ(name_of(cause), row.mistakes) << cause.sentence;
  }
}

TEST(SignatureSearch, SaysWhatWasHashedInWords) {
  const Cause cause = search_mistakes(ingredients(line()),
                                      chat::sha256_hex("one\\.\r\n two\\\\ \r\nthree\r\nk1\r\n"));
  EXPECT_EQ(cause.id, "hashed-otherwise");
  EXPECT_EQ(cause.sentence,
            "this is the hash of the text as it is on the wire, still escaped, with CR LF after "
            "each line, then the key with its line end (CR LF)");
}

TEST(SignatureSearch, KnowsOtherFormsOfTheValue) {
  const std::string right = "one. two\\ threek1";
  chat::Profile md5 = line();
  md5.hash = "md5";
  chat::Profile base64 = line();
  base64.signature_coding = chat::SignatureCoding::kBase64;
  const std::string hex = chat::sha256_hex(right);
  for (const auto& [received, mistakes] : {
           std::pair(chat::hash_of(md5, right), std::string("other-hash")),
           std::pair(chat::hash_of(base64, right), std::string("in-base64")),
           std::pair(hex.substr(0, 40), std::string("cut")),
           std::pair(chat::sha256_hex(hex), std::string("of-hex")),
           std::pair("b'" + hex + "'", std::string("wrapped")),
           std::pair("0x" + hex, std::string("wrapped")),
           std::pair(hex + " ", std::string("wrapped")),
           std::pair(chat::hash_of(md5, right + "\n"), std::string("key-lf+md5")),
       }) {
    const Cause cause = search_mistakes(ingredients(line()), received);
    EXPECT_EQ(name_of(cause), mistakes) << received << ": " << cause.sentence;
  }
}

// A value of which a byte is below 16: `%x` prints it with one digit.
TEST(SignatureSearch, KnowsAValueThatWasPrintedWithoutItsZeros) {
  const std::string hex = chat::sha256_hex("one. two\\ threek1");
  std::string printed;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    printed += hex[i] == '0' ? hex.substr(i + 1, 1) : hex.substr(i, 2);
  ASSERT_LT(printed.size(), hex.size());
  EXPECT_EQ(name_of(search_mistakes(ingredients(line()), printed)), "zeros-left-out");
}

TEST(SignatureSearch, KnowsWhatABufferMakesOfAKey) {
  struct Row {
    std::string key, hashed;
    std::string_view words;
  };
  const std::string forty(40, 'k');
  for (const Row& row : {
           Row{forty, forty.substr(0, 32), "the key cut to 32 bytes"},
           Row{forty, forty.substr(0, 31), "the key cut to 31 bytes"},
           Row{forty, forty.substr(0, 8), "the key cut to 8 bytes (as many as a pointer has)"},
           Row{forty, forty + std::string(24, '\0'), "the key with NULs after it, up to 64 bytes"},
           Row{"key", std::string("key\0\0\0\0\0", 8),
               "the key with NULs after it, up to 8 bytes (as many as a pointer has)"},
           Row{"key", std::string("key\0", 4), "the key with the NUL after it"},
       }) {
    const std::vector<std::string> keys{row.key, "k2"};
    const Ingredients in{line(), kMessages, keys, 0, 0};
    const Cause cause = search_mistakes(in, chat::sha256_hex("one. two\\ three" + row.hashed));
    EXPECT_EQ(cause.sentence, "this is the hash of the text, then " + std::string(row.words));
  }
}

TEST(SignatureSearch, KnowsKeysThatWereSplitAtTheirBlanks) {
  const std::vector<std::string> keys{"two words", "k2"};
  const Ingredients in{line(), kMessages, keys, 0, 0};
  const Cause cause = search_mistakes(in, chat::sha256_hex("one. two\\ threetwo"));
  EXPECT_EQ(cause.sentence, "this is the hash of the text, then word 1 of the key file");
}

TEST(SignatureSearch, TellsOfOthersThatAreAsLikely) {
  const std::vector<std::string> messages{"one line"};
  const Ingredients in{line(), messages, kKeys, 0, 0};
  const Cause cause = search_mistakes(in, chat::sha256_hex("one line\r\nk1"));
  EXPECT_EQ(name_of(cause), "text-with-cr-lf");
  const Cause either = search_mistakes(in, chat::sha256_hex("one line k1"));
  EXPECT_EQ(either.sentence,
            "this is the hash of the text, then a blank and the key (for this text the same as: "
            "with a blank after each line, then the key)");
  EXPECT_EQ(mistakes_of(either), "behind-blank blank");
}

TEST(SignatureSearch, NamesNothingForAValueOfNothingKnown) {
  for (const std::string& received :
       {std::string(64, '0'), chat::sha256_hex("something else"), std::string("no digits"),
        std::string(), std::string(15, 'a')}) {
    EXPECT_FALSE(search_mistakes(ingredients(line()), received).is_known()) << received;
  }
}

// Alone each form is found, by its own name or told as one that cannot be told apart. In the other
// profiles some are tried, another part of them in each.
TEST(SignatureSearch, FindsEachFormOfTheText) {
  const std::vector<std::string> messages{
      "before", " One.\n\\\\.tw\\ \n\nd\xc3\xa4\\t x. \nl\x01st\v. ", "next"};
  for (std::size_t begin = 0; const std::string_view name : {"line", "crlf", "bare"}) {
    const chat::Profile& profile = *chat::find_profile(name);
    Ingredients in{profile, messages, kKeys, 1, 0};
    // The last line with a backslash that was not escaped, as it need not be before a letter.
    for (const std::string_view line : in.lines()) {
      std::string sent;
      chat::escape_text_line(profile, line, sent);
      in.sent_lines.push_back(replace_all(sent, "\\\\t", "\\t"));
    }
    const std::string right = joined(text_forms(in).front().make_lines());
    const std::size_t every = name == "line" ? 1 : 4;
    std::size_t place = begin++;
    int different = 0;
    for (const TextForm& form : text_forms(in)) {
      if (place++ % every != 0) continue;
      const std::string text = joined(form.make_lines());
      const Cause cause = search_mistakes(in, chat::hash_of(profile, text + "k1"));
      EXPECT_EQ(cause.is_known(), text != right) << form.name.id << " " << cause.sentence;
      if (text == right) continue;
      ++different;
      EXPECT_TRUE(has_word(mistakes_of(cause), form.name.id))
          << form.name.id << ": " << mistakes_of(cause);
    }
    EXPECT_GE(different, name == "line" ? 30 : 7) << "the text has something for each to change";
  }
}

TEST(SignatureSearch, SpeaksOfTheProfilesOwnHashCodingAndCharacters) {
  const auto profile = chat::parse_profile(
      "name course\nhash sha-1\nkey-position before\nescape ~\nescaped \"~#\"\nterminator \"#\"\n",
      "p");
  ASSERT_TRUE(profile);
  const std::vector<std::string> messages{"a#b~c\nd"};
  const Ingredients in{*profile, messages, kKeys, 0, 0};
  const Cause cause = search_mistakes(in, chat::hash_of(*profile, "k1a#b~~c\nd\n"));
  EXPECT_EQ(name_of(cause), "only-dots-unescaped+lf") << cause.sentence;
  EXPECT_TRUE(cause.sentence.contains("only `~#` was unescaped")) << cause.sentence;
  EXPECT_TRUE(cause.sentence.contains("preceded by the key")) << cause.sentence;
}

// Of a long text fewer combinations are tried, the likeliest.
TEST(SignatureSearch, OfALongTextTriesTheLikeliestOnly) {
  const std::vector<std::string> messages{std::string(std::size_t{64} << 10, 'x') + "\nend"};
  const Ingredients in{line(), messages, kKeys, 0, 0};
  EXPECT_FALSE(search_mistakes(in, std::string(64, '0')).is_known());
  const Cause cause = search_mistakes(in, chat::sha256_hex(replace_all(messages[0], "\n", "")));
  EXPECT_EQ(name_of(cause), "text-without-key") << cause.sentence;
}

TEST(SignatureDiagnosis, ExplainsWhatIsNoSignatureAtAll) {
  Script script;
  script.profile = line();
  script.materials.messages = kMessages;
  script.materials.keys = kKeys;
  chat::Profile sha1 = line();
  sha1.hash = "sha-1";
  const Cause cause = diagnose_signature(script, 1, 1, chat::hash_of(sha1, "one. two\\ threek1"));
  EXPECT_EQ(cause.id, "other-hash") << cause.sentence;
}

}  // namespace
}  // namespace chatspec
