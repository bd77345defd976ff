#include "reference/signature.h"

#include <gtest/gtest.h>

namespace chat {
namespace {

using namespace std::string_view_literals;

// FIPS 180-4's examples for SHA-256, and its test of a million letters.
TEST(SignatureTest, TheHashIsSha256) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(SignatureTest, LinesAreJoinedByNothingAndFollowedByTheKey) {
  const Profile& line = *find_profile("line");
  // printf 'first line of the textsecond lines3cr3t' | sha256sum
  EXPECT_EQ(sign(line, "first line of the text\nsecond line", "s3cr3t"),
            "9886ca15cbeeac940789618ab8f66f86fe5e1ad0a7d909becf73242f35759aee");
  // printf 's3cr3t' | sha256sum
  EXPECT_EQ(sign(line, "", "s3cr3t"),
            "4e738ca5563c06cfd0018299933d58db1dd8bf97f6973dc99bf6cdc64b5550bd");
  // printf 'a.b\\c...s3cr3t' | sha256sum
  EXPECT_EQ(sign(line, "a.b\\c\n\n..\n.", "s3cr3t"),
            "93f4632a6d6a15776368431111a2e744f8dc6a2049e59ea6af496d17ab1dcec4");
  // printf 'caf\xc3\xa9\x00\x01\xffkey' | sha256sum
  EXPECT_EQ(sign(line, "caf\xc3\xa9\0\x01\xff"sv, "key"),
            "db373a7d6efa84e4d472b148bde77695c3123ba07230b2aacae89294e5b3ce03");
}

TEST(SignatureTest, AProfileMayJoinLinesAndPutTheKeyFirst) {
  Profile profile = *find_profile("line");
  profile.hash_join = "\n";
  // printf 'a\nbs3cr3t' | sha256sum
  EXPECT_EQ(sign(profile, "a\nb", "s3cr3t"),
            "54d48211ad9764e35a9645aaf27b6338fd1a646440ff5f5aebea1fc9c9d7f3b9");
  profile.hash_join = "";
  profile.key_position = KeyPosition::kBeforeText;
  // printf 's3cr3tab' | sha256sum
  EXPECT_EQ(sign(profile, "a\nb", "s3cr3t"),
            "042c1c92a539b94aec43feb0507ded4077374e94113dbf6b2b4a7d7f6f4e9ec8");
}

TEST(SignatureTest, WhatJoinsLinesStandsBetweenEmptyLinesToo) {
  Profile profile = *find_profile("line");
  profile.hash_join = "-";
  EXPECT_EQ(sign(profile, "\n\na\n", "k"), sha256_hex("--a-k"));
}

TEST(SignatureTest, ASignerTakesPiecesAndStartsAfreshWithEachText) {
  Signer signer(*find_profile("line"));
  signer.begin("dropped");
  signer.text("dropped");
  for (int i = 0; i < 2; ++i) {
    signer.begin("s3cr3t");
    for (const std::string_view piece : {"first line", " of the", " text"}) signer.text(piece);
    signer.line_end();
    signer.text("second line");
    signer.line_end();
    EXPECT_EQ(signer.finish(), "9886ca15cbeeac940789618ab8f66f86fe5e1ad0a7d909becf73242f35759aee");
  }
}

TEST(SignatureTest, ASignatureIs64HexadecimalDigitsOfEitherCase) {
  const std::string lower = sha256_hex("abc");
  std::string upper = lower;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_TRUE(is_signature(lower));
  EXPECT_TRUE(is_signature(upper));
  EXPECT_FALSE(is_signature(lower + "0"));
  EXPECT_FALSE(is_signature(lower.substr(1)));
  EXPECT_FALSE(is_signature("g" + lower.substr(1)));
  EXPECT_TRUE(same_signature(lower, upper));
  EXPECT_FALSE(same_signature(lower, sha256_hex("")));
  EXPECT_FALSE(same_signature(lower, lower.substr(1)));
}

}  // namespace
}  // namespace chat
