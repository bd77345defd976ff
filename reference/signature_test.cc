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

// What sha1sum, openssl and Python's hashlib, hmac and base64 make of it.
TEST(SignatureTest, IsThatOfTheProfilesHashInTheProfilesCoding) {
  struct Row {
    std::string_view settings, signature;
  };
  for (const Row& row : {
           Row{"hash sha-1", "21a2f11e7d76a0e0dccac65968c43b2d36a6adf0"},
           Row{"hash sha-224", "e3b6edc97952f28c79e76906ddd793c27dff1151a8ea85ed3b66b310"},
           Row{"hash sha-256", "17911a1c77c819a24b27b1bcb206fefcd8c8f7083e58ff7a470a2487cbab4cc1"},
           Row{"hash sha-384",
               "7a454c121803fc96dc4b1a500e3a4e5de8d40b4af1a0092b65a88ab5d2605620988f1e1c3504bccecf3"
               "1fe5fd1ff79a2"},
           Row{"hash sha-512",
               "afce7241dee7bca4434d04cc0fb3234877f4f99ae45b185c5276b6649fe3b72f062e9dd05361f5a50c8"
               "6b27331ede645f9fe64fc59884af596bfed630eaf1aab"},
           Row{"hash sha-512-256",
               "d3ac36f02784052be318c4cc3780d39666968ea69fb079221b02bd810b7e6737"},
           Row{"hash sha3-224", "986ca2822a028d31833ea93b800665459d1e10a8e68d0eb5209f5c31"},
           Row{"hash sha3-256", "25424cec910ddc5afd93a219b7704a5e6b3ebeeee8840491c5ecd21d9019afa1"},
           Row{"hash sha3-384",
               "6ad1c8c5c503e736f3663f437b67cf09f988618709957017f5f4afb18813959d27056a84a3c80559c38"
               "10ef61ec4d22b"},
           Row{"hash sha3-512",
               "65f9c7a379b77c243dbdb8cc9dab1f76b5d97cea9b31858739f73c1fd7a7dc0536d5570ea3c6e343fba"
               "b0acae6400548295aefa8fba49453f325d1e29f3df6d6"},
           Row{"hash md5", "d531540d4206553f195005a50a068d14"},
           Row{"key-position before\nhash md5", "d66af5815ffc778bc7af6b0ef62c793c"},
           Row{"key-position hmac",
               "cace3afca1910579bf4f8cf7931e1e2d70560031b9304bb0b71dec417bdb1f3a"},
           Row{"key-position hmac\nhash sha3-256",
               "16a6823e27eb2703c672e70c49f1950b4065ab4c5ad8437a2f9272bc96a02901"},
           Row{"signature-coding upper-case-hex",
               "17911A1C77C819A24B27B1BCB206FEFCD8C8F7083E58FF7A470A2487CBAB4CC1"},
           Row{"signature-coding base64", "F5EaHHfIGaJLJ7G8sgb+/NjI9wg+WP96Rwokh8urTME="},
           Row{"signature-coding base64\nhash sha-384",
               "ekVMEhgD/JbcSxpQDjpOXejUC0rxoAkrZaiKtdJgViCYjx4cNQS8zs8x/l/R/3mi"},
           Row{"signature-coding base64\nhash md5", "1TFUDUIGVT8ZUAWlCgaNFA=="},
       }) {
    const auto profile = parse_profile(row.settings, "p");
    ASSERT_TRUE(profile) << row.settings;
    const std::string signature = sign(*profile, "first line\nsecond line", "s3cr3t");
    EXPECT_EQ(signature, row.signature) << row.settings;
    EXPECT_EQ(hash_of(*profile, "first linesecond line", "s3cr3t"), signature) << row.settings;
    EXPECT_TRUE(is_signature(*profile, signature)) << row.settings;
    EXPECT_EQ(signature.size(), signature_size(*profile)) << row.settings;
    EXPECT_FALSE(is_signature(*profile, signature + "0"));
    EXPECT_FALSE(is_signature(*profile, "_" + signature.substr(1)));
  }
}

// HMAC's keys of any length; Botan's has a limit.
TEST(SignatureTest, OfHmacTakesALongKeyForItsHash) {
  const auto profile = parse_profile("key-position hmac", "p");
  const std::string key(100000, 'k');
  EXPECT_EQ(sign(*profile, "text", key),
            "5b8334aec96c725d5de45f9bb458df039258970b030b8910aac8a95632d0f9b9");
}

TEST(SignatureTest, OfOneSignerDoesNotDependOnWhatItSignedBefore) {
  const auto profile = parse_profile("key-position hmac", "p");
  Signer signer(*profile);
  signer.begin("one");
  signer.text("given up");
  signer.begin("two");
  signer.text("text");
  EXPECT_EQ(signer.finish(), sign(*profile, "text", "two"));
}

// Values from FIPS 180-2 and RFC 4231.
TEST(Digest, GivesTheSameValueEachTime) {
  Digest digest(*find_hash("sha-256"));
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const std::string keyed = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(digest.of("abc"), decode_signature(SignatureCoding::kHex, abc));
    EXPECT_EQ(digest.of("what do ya want for nothing?", "Jefe"),
              decode_signature(SignatureCoding::kHex, keyed));
  }
}

TEST(DecodedSignature, IsTheInverseOfItsCoding) {
  using enum SignatureCoding;
  EXPECT_EQ(decode_signature(kHex, "00aF10"), std::string("\0\xaf\x10", 3));
  EXPECT_EQ(decode_signature(kBase64, "AK8Q"), std::string("\0\xaf\x10", 3));
  EXPECT_EQ(decode_signature(kBase64, "AK8="), std::string("\0\xaf", 2));
  for (const std::string_view wrong : {"", "a", "0g", "0x", "00 "})
    EXPECT_FALSE(decode_signature(kHex, wrong)) << wrong;
  for (const std::string_view wrong : {"", "AK8", "A===", "=AK8", "AK=8", "A-8="})
    EXPECT_FALSE(decode_signature(kBase64, wrong)) << wrong;
}

}  // namespace
}  // namespace chat
