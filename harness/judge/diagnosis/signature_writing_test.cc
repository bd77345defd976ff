#include "harness/judge/diagnosis/signature_writing.h"

#include <string>

#include <gtest/gtest.h>

#include "reference/profile.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

// With bytes below 16 and from 128 on, the first among these.
constexpr std::string_view kHash =
    "f32a9c407f81d0450511e8a6b4772091c3de5a6f18fb3d0ca47bd25e91600f8a";

TEST(SignatureWriting, NamesWhatBecameOfTheRightHash) {
  struct Row {
    std::string_view received;
    std::string_view cause;
  };
  const chat::Profile& profile = *chat::find_profile("line");
  for (
      const Row& row : {
          // sprintf("%02x", (char)…): one after the other, as many as there is room for, and each
          // at its own place.
          Row{"fffffff32affffff9c407fffffff81ffffffd0450511ffffffe8ffffffa6ffffffb477"
              "20ffffff91ffffffc3ffffffde5a6f18fffffffb3d0cffffffa47bffffffd25effffff"
              "91600fffffff8a",
              "bytes-sign-extended"},
          Row{"fffffff32affffff9c407fffffff81ffffffd0450511ffffffe8ffffffa6ffff",
              "bytes-sign-extended"},
          Row{"ff2aff407fffff450511ffffff7720ffffff5a6f18ff3d0cff7bff5eff600fffffff8a",
              "bytes-sign-extended"},
          // Integer.toHexString() of Java.
          Row{"fffffff32affffff9c407fffffff81ffffffd045511ffffffe8ffffffa6ffffffb4772"
              "0ffffff91ffffffc3ffffffde5a6f18fffffffb3dcffffffa47bffffffd25effffff91"
              "60fffffff8a",
              "bytes-sign-extended"},
          Row{"f32a9c407f81d045 511e8a6b4772091c3de5a6f18fb3d ca47bd25e9160 f8a",
              "blanks-for-zeros"},
          Row{"f29478d401eab729cd561f30a7d59608", "one-digit-per-byte"},
          Row{"3ac0f105518647013eaf8bdc4b2e10fa", "one-digit-per-byte"},
          Row{"f", "first-digit-only"},
          // sprintf("%x"), each at its own place.
          Row{"f32a9c407f81d0455", "ends-at-small-byte"},
          Row{"f32a9c407f81d0450511e8a6b4772091c3de5a6f18fb3d0ca47bd25e91600f8", "digits-cut"},
          Row{"f32a9c407f81d0450511", "digits-cut"},
          Row{"2434215664127129208695172321661801193214519522290111242516112164123210"
              "941459615138",
              "bytes-in-decimal"},
          Row{"24421564121220690517231618113214192290112425611216122194149615138",
              "bytes-in-decimal"},
          Row{"[243, 42, 156, 64, 127, 129, 208, 69, 5, 17, 232, 166, 180, 119, 32, 1"
              "45, 195, 222, 90, 111, 24, 251, 61, 12, 164, 123, 210, 94, 145, 96, 15"
              ", 138]",
              "bytes-in-decimal"},
          Row{"[-13, 42, -100, 64, 127, -127, -48, 69, 5, 17, -24, -90, -76, 119, 32,"
              " -111, -61, -34, 90, 111, 24, -5, 61, 12, -92, 123, -46, 94, -111, 96,"
              " 15, -118]",
              "bytes-in-decimal"},
          Row{"0xf30x2a0x9c0x400x7f0x810xd00x450x50x110xe80xa60xb40x770x200x910xc30xd"
              "e0x5a0x6f0x180xfb0x3d0xc0xa40x7b0xd20x5e0x910x600xf0x8a",
              "each-byte-with-0x"},
          Row{"F3-2A-9C-40-7F-81-D0-45-05-11-E8-A6-B4-77-20-91-C3-DE-5A-6F-18-FB-3D-0"
              "C-A4-7B-D2-5E-91-60-0F-8A",
              "bytes-separated"},
          Row{"f3, 2a, 9c, 40, 7f, 81, d0, 45, 05, 11, e8, a6, b4, 77, 20, 91, c3, de"
              ", 5a, 6f, 18, fb, 3d, 0c, a4, 7b, d2, 5e, 91, 60, 0f, 8a, ",
              "bytes-separated"},
          Row{"3fa2c904f7180d5450118e6a4b7702193ceda5f681bfd3c04ab72de51906f0a8", "digits-swapped"},
          Row{"409c2af345d0817fa6e81105912077b46f5adec30c3dfb185ed27ba48a0f6091",
              "word-bytes-reversed"},
          Row{"45d0817f409c2af3912077b4a6e811050c3dfb186f5adec38a0f60915ed27ba4",
              "word-bytes-reversed"},
          Row{"8a0f60915ed27ba40c3dfb186f5adec3912077b4a6e8110545d0817f409c2af3", "bytes-reversed"},
          Row{"a8f00619e52db74ac0d3bf81f6a5ed3c1902774b6a8e1150540d18f704c9a23f",
              "digits-reversed"},
          Row{"6633326139633430376638316430343530353131653861366234373732303931633364"
              "6535613666313866623364306361343762643235653931363030663861",
              "digits-in-hex-again"},
          // new BigInteger(hash).toString(16) of Java.
          Row{"-cd563bf807e2fbafaee17594b88df6e3c21a590e704c2f35b842da16e9ff076",
              "signature-with-a-sign"},
          Row{R"(b'\xf3*\x9c@\x7f\x81\xd0E\x05\x11\xe8\xa6\xb4w \x91\xc3\xdeZo\x18\xfb=\x0c\xa4{\xd2^\x91`\x0f\x8a')",
              "signature-as-python-bytes"},
          // Anything else, and what is too short to tell.
          Row{"f32a9c407f81d0450511e8a6b4772091c3de5a6f18fb3d0ca47bd25e91600f8a", ""},
          Row{"f3", ""},
          Row{"e", ""},
          Row{"", ""},
          Row{"f32a9c407f81d0450511e8a6b4772091c3de5a6f18fb3d0ca47bd25e91600f00", ""},
          Row{"2434215664127129208695172321661801193214519522290111242516112164123210"
              "94145961513",
              ""},
          Row{"0000000000000000000000000000000000000000000000000000000000000000", ""},
      }) {
    for (const std::string_view line_end : {"\n", "\r\n", ""}) {
      const Cause cause =
          diagnose_writing(profile, kHash, std::string(row.received) + std::string(line_end));
      EXPECT_EQ(cause.id, row.cause) << row.received << "\n" << cause.sentence;
      EXPECT_EQ(is_about_writing(cause.id), cause.is_known()) << row.cause;
    }
  }
}

// The search finds what that is (signature_search.h).
TEST(SignatureWriting, LeavesZerosThatAreLeftOutToTheSearch) {
  const chat::Profile& profile = *chat::find_profile("line");
  for (const std::string_view last : {"0a", "00"}) {
    const std::string hash = std::string(62, 'c') + std::string(last);
    const std::string printed = std::string(62, 'c') + std::string(last.substr(1));
    EXPECT_FALSE(diagnose_writing(profile, hash, printed + "\n").is_known()) << last;
  }
}

// There may be a line end among them.
TEST(SignatureWriting, KnowsTheBytesThemselves) {
  chat::Profile profile = *chat::find_profile("line");
  const std::string hash(32, '\n');
  for (const std::string_view behind : {"", "\n", "\r\n", "\n260 OK\n"}) {
    const Cause cause = diagnose_writing(profile, chat::to_hex(hash), hash + std::string(behind));
    EXPECT_EQ(cause.sentence,
              "these are the 32 bytes of the right hash: send them as 64 hexadecimal digits");
    EXPECT_TRUE(is_about_writing(cause.id));
  }
  EXPECT_FALSE(diagnose_writing(profile, chat::to_hex(hash), hash.substr(1)).is_known());
  EXPECT_FALSE(diagnose_writing(profile, chat::to_hex(hash), hash + "x").is_known());
  profile.signature_coding = chat::SignatureCoding::kBase64;
  const std::string zeros(32, '\0');
  const std::string base64 = std::string(43, 'A') + "=";
  EXPECT_EQ(diagnose_writing(profile, base64, zeros + "\n").id, "signature-as-raw-bytes");
  EXPECT_FALSE(diagnose_writing(profile, base64, base64.substr(1)).is_known());
}

TEST(SignatureWriting, TakesDigitsOfEitherCase) {
  chat::Profile profile = *chat::find_profile("line");
  profile.signature_coding = chat::SignatureCoding::kUpperCaseHex;
  profile.hash = "md5";
  const Cause cause = diagnose_writing(profile, "F32A9C407F81D0450511E8A6B4772091",
                                       "409c2af345d0817fa6e81105912077b4\n");
  EXPECT_EQ(cause.sentence,
            "the hash is right, but the bytes of each 32 bits come in reverse order: is it printed "
            "as integers? Print byte after byte");
}

}  // namespace
}  // namespace chatspec
