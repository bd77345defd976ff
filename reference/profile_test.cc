#include "reference/profile.h"

#include <gtest/gtest.h>

#include "reference/signature.h"

namespace chat {
namespace {

Profile parsed(std::string_view text) {
  auto profile = parse_profile(text, "course.profile");
  EXPECT_TRUE(profile.has_value()) << to_string(profile.error());
  return profile.value_or(Profile{});
}

TEST(ProfileTest, TheBuiltinProfilesAreLineCrlfAndBareAndConsistent) {
  std::string names;
  for (const Profile& profile : builtin_profiles()) {
    names += profile.name + ' ';
    EXPECT_TRUE(find_inconsistencies(profile).empty()) << profile.name;
    EXPECT_EQ(find_profile(profile.name), &profile);
  }
  EXPECT_EQ(names, "line crlf bare ");
  EXPECT_EQ(find_profile("lines"), nullptr);
}

TEST(ProfileTest, AnEmptyFileIsTheLineProfile) {
  const Profile profile = parsed("");
  EXPECT_EQ(profile.name, "line");
  EXPECT_EQ(profile.line_end_bytes(), "\n");
  EXPECT_EQ(profile.escape, '\\');
  EXPECT_EQ(profile.escaped, "\\.");
}

TEST(ProfileTest, TheExampleOfTheDocumentIsReadAsItSays) {
  const Profile profile = parsed(
      "# Our course: CRLF, dots escaped only, another success code.\n"
      "name             spring\n"
      "base             line\n"
      "line-end         crlf\n"
      "escaped          \".\"\n"
      "ok               \"250 OK\"\n");
  EXPECT_EQ(profile.name, "spring");
  EXPECT_EQ(profile.line_end, LineEnd::kCrlf);
  EXPECT_EQ(profile.escaped, ".");
  EXPECT_EQ(profile.ok, "250 OK");
  EXPECT_EQ(profile.signature, "270 SIG");
}

TEST(ProfileTest, TheBaseIsLaidUnderWhereverItStands) {
  const Profile profile = parsed("hello \"HI\"\r\n\tbase bare # as in the tutorial\r\n");
  EXPECT_EQ(profile.hello, "HI");
  EXPECT_FALSE(profile.has_line_ends());
  EXPECT_FALSE(profile.escapes());
}

TEST(ProfileTest, EverySettingReachesItsMember) {
  const Profile profile = parsed(
      "name all\nline-end none\nescape \"%\"\nescaped \"%;\"\nterminator \";end\"\nhash-join "
      "\"\\r\\n\"\n"
      "key-position before\nhello V\ndata W\npass X\nfail Y\nquit Z\nok \"x#1\"\nsignature U");
  EXPECT_EQ(profile.line_end, LineEnd::kNone);
  EXPECT_EQ(profile.escape, '%');
  EXPECT_EQ(profile.escaped, "%;");
  EXPECT_EQ(profile.terminator, ";end");
  EXPECT_EQ(profile.hash_join, "\r\n");
  EXPECT_EQ(profile.key_position, KeyPosition::kBeforeText);
  EXPECT_EQ(profile.hello + profile.data + profile.pass + profile.fail + profile.quit, "VWXYZ");
  EXPECT_EQ(profile.ok, "x#1");
  EXPECT_EQ(profile.signature, "U");
}

TEST(ProfileTest, ASettingOfAReplyReachesItsMember) {
  const Profile profile = parsed(
      "signature-position behind-reply\npass-reply \"261 A\"\nfail-reply \"262 B\"\n"
      "error-reply \"500 C\"\nescape dot-stuffing\n");
  EXPECT_TRUE(profile.has_signature_behind_reply());
  EXPECT_EQ(profile.reply_to_pass(), "261 A");
  EXPECT_EQ(profile.reply_to_fail(), "262 B");
  EXPECT_EQ(profile.error_reply, "500 C");
  EXPECT_TRUE(profile.dot_stuffing);
  EXPECT_FALSE(profile.escapes());
  // What is not set follows `ok`; and `none` is none.
  const Profile plain = parsed("ok \"250 OK\"\nerror-reply none\nescape \"%\"\nescaped \"%.\"\n");
  EXPECT_EQ(plain.reply_to_pass() + plain.reply_to_fail(), "250 OK250 OK");
  EXPECT_EQ(plain.error_reply, std::nullopt);
  EXPECT_FALSE(plain.dot_stuffing);
}

TEST(ProfileTest, TheRepliesToHelloAndVerdictsMayBeTheSame) {
  EXPECT_TRUE(parse_profile("base bare\npass-reply \"260 OK\"\nfail-reply \"260 OK\"\n", "p"));
}

TEST(ProfileTest, WithoutLineEndsASignatureBehindItsReplyCannotBeMistakenForAWord) {
  EXPECT_TRUE(parse_profile("base bare\nfail 9\nsignature-position behind-reply\n", "p"));
}

TEST(ProfileTest, WithoutLineEndsNoWordMayBeginWithASignature) {
  const std::string word = "D" + std::string(kSignatureDigits - 1, '4') + "-";
  const auto refused = parse_profile("base bare\ndata " + word + "\n", "p");
  ASSERT_FALSE(refused);
  EXPECT_EQ(to_string(refused.error()),
            "p:2: data \"" + word + "\" cannot be told from a signature");
  EXPECT_TRUE(parse_profile("data " + word + "\n", "p"));
}

// The 9 with which a signature began was taken for it.
TEST(ProfileTest, WithoutLineEndsNoWordConsistsOfHexadecimalDigits) {
  const auto refused = parse_profile("base bare\nfail 9\n", "p");
  ASSERT_FALSE(refused);
  EXPECT_EQ(to_string(refused.error()),
            "p:2: fail \"9\" cannot be told from the beginning of a signature");
  EXPECT_TRUE(parse_profile("fail 9\n", "p"));
}

TEST(ProfileTest, BadFilesAreRejectedWithTheReason) {
  struct Row {
    std::string_view text;
    std::string_view error;
  };
  constexpr Row kRows[] = {
      {"colour blue\n",
       R"(p:1: unknown setting "colour"; known are base, name, line-end, escape, escaped, terminator, )"
       "hash-join, key-position, hash, signature-coding, hello, data, pass, fail, quit, ok, "
       "signature, signature-position, pass-reply, fail-reply, error-reply"},
      {"hash-join lf\n",
       R"(p:1: hash-join: is the word "lf" meant, or "\n"? Whichever it is, write it in double quotes)"},
      {"ok none\n",
       R"(p:1: ok: is the word "none" meant, or ""? Whichever it is, write it in double quotes)"},
      {"hash sha-265\n",
       "p:1: hash: expected sha-256, sha-1, sha-224, sha-384, sha-512, sha-512-256, sha3-224, "
       R"(sha3-256, sha3-384, sha3-512 or md5, found "sha-265"; did you mean "sha-256"?)"},
      {"signature-coding hexx\n",
       R"(p:1: signature-coding: expected hex, upper-case-hex or base64, found "hexx"; did you mean "hex"?)"},
      {"base bare\nsignature-coding base64\n",
       "p:2: hello \"HELLO\" cannot be told from the beginning of a signature\n"
       "p:2: data \"DATA\" cannot be told from the beginning of a signature\n"
       "p:2: pass \"PASS\" cannot be told from the beginning of a signature\n"
       "p:2: fail \"FAIL\" cannot be told from the beginning of a signature\n"
       "p:2: quit \"QUIT\" cannot be told from the beginning of a signature"},
      {"# one\n\nok\n", "p:3: ok: expected a value after the setting's name"},
      {"ok # nothing\n", "p:1: ok: expected a value after the setting's name"},
      {"ok A\nname b\nok C\n", "p:3: ok is set twice, first in line 1"},
      {"ok 250 OK\n",
       R"(p:1: ok: a value with blanks or quotes needs double quotes, found "250 OK")"},
      {"ok \"250 OK\n", "p:1: ok: expected a closing double quote"},
      {"ok \"250\\\"\n", "p:1: ok: expected a closing double quote"},
      {"ok \"250\" OK\n", R"(p:1: ok: expected nothing after the closing quote, found "OK")"},
      {"ok \"\\q\"\n", R"(p:1: ok: unknown escape \q; known are \n \r \t \\ \" \0 \xHH)"},
      {"name \"\"\n", "p:1: name: expected a name, found nothing"},
      {"name \"\\x1b[2J\"\n",
       "p:1: name: expected a name of printable ASCII without quotes and backslashes, "
       R"(found "\x1b[2J")"},
      {"base unix\n", R"(p:1: base: expected line, crlf or bare, found "unix")"},
      {"line-end CRLF\n",
       R"(p:1: line-end: expected lf, crlf or none, found "CRLF"; did you mean "crlf"?)"},
      {"escape ab\n", R"(p:1: escape: expected one character, none or dot-stuffing, found "ab")"},
      {"signature-position behind\n",
       R"(p:1: signature-position: expected own-unit or behind-reply, found "behind")"},
      {"pass-reply \"\"\nerror-reply \"\\n\"\n",
       "p:1: pass-reply must not be empty\n"
       R"(p:2: error-reply must not hold a CR or LF, found "\n")"},
      {"fail-reply none\n",
       R"(p:1: fail-reply: is the word "none" meant, or ""? Whichever it is, write it in double quotes)"},
      {"error-reply \"260 OK\"\n", R"(p:1: ok "260 OK" cannot be told from error-reply "260 OK")"},
      {"base bare\nfail-reply \"260 OK, but\"\n",
       R"(p:2: ok "260 OK" cannot be told from fail-reply "260 OK, but")"},
      {"escape dot-stuffing\nterminator \"..\"\n",
       R"(p:2: terminator ".." must not begin with the same character twice, as lines do that )"
       "dot-stuffing changed"},
      {"key-position middle\n",
       R"(p:1: key-position: expected after, before or hmac, found "middle")"},
      {"line-end crlf\n", R"(p:1: line-end is not that of the built-in profile "line", whose )"
                          "name this one has; choose another `name`"},
      {"name bare\n", R"(p:1: line-end is not that of the built-in profile "bare", whose )"
                      "name this one has; choose another `name`"},
      {"quit \"\"\n", "p:1: quit must not be empty"},
      {"terminator \"\"\n", "p:1: terminator must not be empty"},
      {"ok \"260 OK\\n\"\n", R"(p:1: ok must not hold a CR or LF, found "260 OK\n")"},
      {"pass YES\nfail YES\n", R"(p:1: pass "YES" cannot be told from fail "YES")"},
      {"base bare\npass Q\n", R"(p:2: pass "Q" cannot be told from quit "QUIT")"},
      {"base bare\nok 260\n", R"(p:2: ok "260" cannot be told from the beginning of a signature)"},
      {"escaped \"\"\n",
       "p:1: escaped must name at least one character where there is an escape character"},
      {"escape \"\\n\"\n", "p:1: escape must not be CR or LF"},
      {"escaped \".\\n\"\n", "p:1: escaped must not hold a CR or LF"},
      {"terminator END\n",
       R"(p:1: terminator "END" must contain an unescaped character of escaped "\\.", )"
       "or a line of text could look like it"},
      {"terminator \"\\\\.\"\n",
       R"(p:1: terminator "\\." must contain an unescaped character of escaped "\\.", )"
       "or a line of text could look like it"},
  };
  for (const Row& row : kRows) {
    const auto result = parse_profile(row.text, "p");
    ASSERT_FALSE(result.has_value()) << row.text;
    EXPECT_EQ(to_string(result.error()), row.error);
  }
}

TEST(ProfileTest, AllMistakesOfAFileAreToldInTheOrderOfItsLines) {
  const auto refused = parse_profile(
      "escaped \"\"\n"
      "quiet \"BYE\"\n"
      "hash md6\n"
      "data \"HELLO\"\n"
      "pass YES NO\n"
      "data D\n"
      "ok \"\\n\"\n",
      "p");
  ASSERT_FALSE(refused);
  std::vector<std::size_t> lines;
  for (const FileError& error : refused.error()) lines.push_back(error.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7})) << to_string(refused.error());
}

TEST(ProfileTest, WhatAMistakeMayBeTheReasonOfIsNotToldAsWell) {
  // The name that was meant would have been another, and so would the terminator.
  for (const std::string_view text :
       {"pass YES\nfial YES\nfail\n", "line-end crlf\nname \"\"\n", "base bar\nline-end none\n",
        "terminator END\nescpae none\n"}) {
    const auto refused = parse_profile(text, "p");
    ASSERT_FALSE(refused);
    for (const FileError& error : refused.error())
      EXPECT_TRUE(error.message.contains("unknown setting") || error.message.contains("expected"))
          << error.to_string();
  }
}

TEST(ProfileTest, SuggestsTheSettingThatWasMeant) {
  const auto refused = parse_profile("line-edn lf\n", "p");
  ASSERT_FALSE(refused);
  EXPECT_EQ(to_string(refused.error()),
            R"(p:1: unknown setting "line-edn"; did you mean "line-end"?)");
  EXPECT_FALSE(parse_profile("\x1b[2J blue\n", "p"));
  EXPECT_EQ(parsed("hash-join \"lf\"\n").hash_join, "lf");
}

TEST(ProfileTest, WithLineEndsAWordMayBeginAnother) {
  EXPECT_EQ(parsed("pass Q\nquit QUIT\n").pass, "Q");
}

}  // namespace
}  // namespace chat
