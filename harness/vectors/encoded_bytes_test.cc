#include "harness/vectors/encoded_bytes.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// What a reader does, in C++.
std::string decode(const VectorJson& json) {
  if (json.is_string()) return json.get<std::string>();
  std::string bytes;
  if (json.is_array()) {
    for (const VectorJson& piece : json) bytes += decode(piece);
  } else if (json.contains("hex")) {
    const auto digits = json["hex"].get<std::string>();
    for (std::size_t i = 0; i < digits.size(); i += 2)
      bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  } else {
    const std::string once = decode(json["repeat"]);
    for (std::size_t i = json["times"].get<std::size_t>(); i > 0; --i) bytes += once;
  }
  return bytes;
}

std::string times(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(EncodedBytes, AreTextOrDigitsOrWhatIsRepeated) {
  struct Row {
    std::string bytes;
    std::string json;
  };
  const Row rows[]{
      {"", R"("")"},
      {"260 OK\n", R"("260 OK\n")"},
      {"\t\"\\\r\n", R"("\t\"\\\r\n")"},
      {std::string("a\0b", 3), R"({"hex":"610062"})"},
      {"\x7f", R"({"hex":"7f"})"},
      {"\xff\xfe", R"({"hex":"fffe"})"},
      {times("x", 255), '"' + times("x", 255) + '"'},
      {times("x", 256), R"({"repeat":"x","times":256})"},
      {times("\x80", 300), R"({"repeat":{"hex":"80"},"times":300})"},
      {"a" + times("line\n", 99) + ".\n", R"(["a",{"repeat":"line\n","times":99},".\n"])"},
      {times("0123456789", 30) + "012", R"([{"repeat":"0123456789","times":30},"012"])"},
      {times("x", 300) + times("y", 300),
       R"([{"repeat":"x","times":300},{"repeat":"y","times":300}])"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(encode_bytes(row.bytes).dump(), row.json);
    EXPECT_EQ(decode(encode_bytes(row.bytes)), row.bytes);
  }
}

TEST(EncodedBytes, AreFoundAgainWhateverTheyAre) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    for (int part = 0; part < 4; ++part) {
      std::string unit(random() % 40, ' ');
      for (char& c : unit) c = static_cast<char>(random() % (round % 2 == 0 ? 2 : 256));
      bytes += times(unit, 1 + random() % 60);
    }
    ASSERT_EQ(decode(encode_bytes(bytes)), bytes) << "round " << round;
  }
}

// A text that begins in no period is written whole, and a long period is found where it begins.
TEST(EncodedBytes, OfMebibytesAreShortWhereTheyAreRepeated) {
  const std::string line = "a line of thirty-two bytes each\n";
  const std::string text = "aaaaaaaaab" + times(line, 32768) + "\nthe end";
  const std::string json = encode_bytes(text).dump();
  EXPECT_LT(json.size(), 200U) << json;
  EXPECT_EQ(decode(VectorJson::parse(json)), text);
}

}  // namespace
}  // namespace chatspec
