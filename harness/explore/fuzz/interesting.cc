#include "harness/explore/fuzz/interesting.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

namespace chatspec {
namespace {

using namespace std::string_view_literals;

constexpr std::array kOddBytes{"\0"sv,           "\r"sv,   "\t"sv,       " "sv,    "\x1b"sv,
                               "\x7f"sv,         "\x80"sv, "\xff"sv,     "\xe9"sv, "\xc3\xa9"sv,
                               "\xe2\x80\xa8"sv, "\x0b"sv, "\x0c"sv,     "\x1c"sv, "\x85"sv,
                               "\xef\xbb\xbf"sv, "%s%n"sv, "\x01\x02"sv, "."sv,    "\\"sv};

constexpr std::array<std::size_t, 31> kEdgeLengths{
    7,   8,    9,    55,   56,   63,   64,   65,   99,   100,  127,  128,  255,   256,   257,  511,
    512, 1000, 1023, 1024, 1025, 2048, 4095, 4096, 4097, 8191, 8192, 8193, 16384, 65535, 65536};

constexpr std::size_t kLargeLines = 20;
constexpr std::size_t kLargeLineBytes = 60'000;

std::string in_other_case(std::string word) {
  for (char& c : word) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(byte) != 0 ? std::tolower(byte) : std::toupper(byte));
  }
  return word;
}

// As a program writes it that takes two bytes for a character.
std::string in_utf_16(std::string_view word) {
  std::string wide;
  for (const char c : word) wide += {c, '\0'};
  return wide;
}

void add_almost(const std::string& word, std::vector<std::string>& lines) {
  lines.push_back(in_other_case(word));
  lines.push_back(word + " ");
  lines.push_back(" " + word);
  lines.push_back(word + "x");
  lines.push_back(word + " now");
  lines.push_back("x" + word);
  lines.push_back(word.substr(0, word.size() - 1));
  lines.push_back(word.substr(0, 1));
  lines.push_back(word.substr(0, 1) + "x");
  lines.push_back(word + '\0');
  lines.push_back(word + '\r');
  lines.push_back(in_utf_16(word));
}

}  // namespace

std::vector<std::string> make_command_lines(const chat::Profile& profile) {
  std::vector<std::string> lines;
  const std::array words{profile.hello, profile.data, profile.pass, profile.fail, profile.quit};
  // The right ones are as many as the wrong ones, so that conversations get somewhere.
  for (int i = 0; i < 6; ++i) lines.insert(lines.end(), words.begin(), words.end());
  for (const std::string& word : words) add_almost(word, lines);
  for (const auto wrong : {"NONSENSE"sv, ""sv, " "sv, "\xff\xff"sv, "\0"sv, "GET / HTTP/1.1"sv})
    lines.emplace_back(wrong);
  lines.push_back(profile.terminator);
  lines.push_back(profile.ok);
  lines.emplace_back(64, 'a');
  return lines;
}

std::vector<std::string> make_text_lines(const chat::Profile& profile) {
  std::vector<std::string> lines{"a",     "some text", "",       "",  " ",
                                 "  x  ", "x\t",       "\ta b ", "0", "12"};
  const std::string& dot = profile.terminator;
  for (const char* form : {"{0}{0}", "{0}{0}{0}", "{0}x", "x{0}", "a{0}b", " {0}", "{0} ", "{0}\t"})
    lines.push_back(fmt::format(fmt::runtime(form), dot));
  if (profile.escape) {
    const std::string escape(1, *profile.escape);
    for (const char* form :
         {"{0}{1}", "{0}{0}", "{0}", "a{0}", "{0}{0}{1}", "{0}{0}{0}{1}", "{0}{1}{0}{1}",
          "{0}n{0}t", "x{0}{1}y{0}{0}z", "{0}{1}{1}", "{0}{0}{0}", "{0}x{0}{1}", "a{0}{0}{0}{0}n"})
      lines.push_back(fmt::format(fmt::runtime(form), escape, dot));
  }
  for (const std::string* word : {&profile.hello, &profile.data, &profile.quit, &profile.pass})
    lines.push_back(*word);
  for (const std::string_view odd : odd_bytes()) lines.push_back(fmt::format("a{}b", odd));
  return lines;
}

std::vector<std::string> make_reply_lines(const chat::Profile& profile) {
  std::vector<std::string> lines;
  const std::array words{profile.ok, profile.reply_to_pass(), profile.reply_to_fail(),
                         profile.signature};
  for (int i = 0; i < 6; ++i) lines.insert(lines.end(), words.begin(), words.end());
  for (const std::string& word : {profile.ok, profile.signature}) add_almost(word, lines);
  for (const auto wrong : {"NONSENSE"sv, ""sv, " "sv, "\xff\xff"sv, "\0"sv, "500 No"sv, "220 Hi"sv,
                           "HTTP/1.1 200 OK"sv})
    lines.emplace_back(wrong);
  for (const std::string* word : {&profile.hello, &profile.data, &profile.pass, &profile.quit})
    lines.push_back(*word);
  lines.push_back(profile.terminator);
  lines.emplace_back(64, 'a');
  return lines;
}

std::vector<std::string> make_message_lines(const chat::Profile& profile) {
  std::vector<std::string> lines{"a",   "some text", "",  "",  " ",  "  x  ",
                                 "x\t", "\ta b ",    "0", "1", "12", "5 hello"};
  const std::string& dot = profile.terminator;
  for (const char* form : {"{0}", "{0}{0}", "{0}{0}{0}", "{0}x", "x{0}", "a{0}b", " {0}", "{0} "})
    lines.push_back(fmt::format(fmt::runtime(form), dot));
  for (const char* line : {"\\", "\\\\", "\\.", ".\\", "a\\", "\\n", "\\\\.", "x\\.y\\\\z",
                           "\\\\\\", "\\\\\\\\", "\\\\\\\\\\", "..\\.."})
    lines.emplace_back(line);
  for (const std::string* word : {&profile.hello, &profile.data, &profile.quit, &profile.ok})
    lines.push_back(*word);
  for (const std::string_view odd : odd_bytes()) {
    if (odd != "\r") lines.push_back(fmt::format("a{}b", odd));
  }
  return lines;
}

std::span<const std::string_view> odd_bytes() {
  return kOddBytes;
}

std::span<const std::size_t> edge_lengths() {
  return kEdgeLengths;
}

std::string make_large_text() {
  std::string text(kLargeLineBytes, 'x');
  for (std::size_t i = 1; i < kLargeLines; ++i) text += '\n' + std::string(kLargeLineBytes, 'x');
  return text;
}

}  // namespace chatspec
