// What may become of the text in anybody's hands, made of its lines. What becomes of it only where
// it is taken off the wire stands in received_text_forms.cc.

#include "harness/judge/diagnosis/text_forms.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/diagnosis/python_bytes.h"
#include "harness/judge/diagnosis/text_words.h"
#include "harness/script/dialect.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

TextLines stripped_at_end(const Ingredients& in) {
  return each(decoded(in), [](const std::string& line) {
    return line.substr(0, line.find_last_not_of(" \t\r\n\v\f") + 1);
  });
}

// Without these characters, and line ends, where it begins and ends.
TextLines stripped_as_a_whole(const Ingredients& in, std::string_view characters) {
  TextLines lines = decoded(in);
  const auto is_blank = [&](const std::string& line) {
    return line.find_first_not_of(characters) == std::string::npos;
  };
  while (!lines.empty() && is_blank(lines.front())) lines.erase(lines.begin());
  while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
  if (lines.empty()) return lines;
  lines.front().erase(0, lines.front().find_first_not_of(characters));
  lines.back().resize(lines.back().find_last_not_of(characters) + 1);
  return lines;
}

TextLines up_to_first_dot(const Ingredients& in) {
  TextLines lines;
  for (const std::string& line : decoded(in)) {
    const std::size_t dot = line.find(in.dot());
    lines.push_back(line.substr(0, dot));
    if (dot != std::string::npos) break;
  }
  return lines;
}

TextLines without_empty_lines(const Ingredients& in) {
  TextLines lines = decoded(in);
  std::erase_if(lines, [](const std::string& line) { return line.empty(); });
  return lines;
}

TextLines cut_at_end(const Ingredients& in, std::size_t count) {
  TextLines lines = decoded(in);
  if (!lines.empty())
    lines.back().resize(lines.back().size() - std::min(count, lines.back().size()));
  return lines;
}

TextLines cut_at_begin(const Ingredients& in) {
  TextLines lines = decoded(in);
  if (!lines.empty()) lines.front().erase(0, 1);
  return lines;
}

TextLines only(const TextLines& lines, std::size_t begin, std::size_t end) {
  if (begin >= std::min(end, lines.size())) return {};
  return {lines.begin() + static_cast<std::ptrdiff_t>(begin),
          lines.begin() + static_cast<std::ptrdiff_t>(std::min(end, lines.size()))};
}

TextLines with_messages_before(const Ingredients& in) {
  TextLines lines;
  for (std::size_t i = 0; i <= in.message; ++i) {
    for (const std::string_view line : chat::text_lines(in.messages[i])) lines.emplace_back(line);
  }
  return lines;
}

// Bytes above 127, which are not ASCII.
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// What reads UTF-8 as Latin-1 and writes it as UTF-8 makes of it.
std::string encoded_twice(std::string_view line) {
  std::string out;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_ascii(c)) {
      out += c;
    } else {
      out += static_cast<char>(0xc0 | (byte >> 6U));
      out += static_cast<char>(0x80 | (byte & 0x3fU));
    }
  }
  return out;
}

std::string with_ascii_only(std::string_view line, bool marked) {
  std::string out;
  for (const char c : line) {
    if (is_ascii(c)) out += c;
    const bool begins = (static_cast<unsigned char>(c) & 0xc0U) == 0xc0U;
    if (!is_ascii(c) && marked && begins) out += '?';  // one for each character
  }
  return out;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

TextLines cut_to(const Ingredients& in, std::size_t most) {
  return each(decoded(in), [&](const std::string& line) { return line.substr(0, most); });
}

// Without line ends between them.
TextLines text_cut_to(const Ingredients& in, std::size_t most) {
  TextLines lines = decoded(in);
  std::size_t left = most;
  for (std::string& line : lines) {
    line.resize(std::min(line.size(), left));
    left -= line.size();
  }
  while (left == 0 && !lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// As whoever keeps a line's length in one byte has them.
TextLines cut_to_length_in_a_byte(const Ingredients& in) {
  return each(decoded(in),
              [](const std::string& line) { return line.substr(0, line.size() % 256); });
}

TextLines up_to_first_nul(const Ingredients& in) {
  TextLines lines = decoded(in);
  const auto holds =
      std::ranges::find_if(lines, [](const std::string& line) { return line.contains('\0'); });
  if (holds == lines.end()) return lines;
  holds->resize(holds->find('\0'));
  lines.erase(holds + 1, lines.end());
  return lines;
}

// `ends` are taken for line ends, besides those that are.
TextLines split_at(const Ingredients& in, std::string_view ends) {
  TextLines lines;
  for (const std::string_view line : in.lines()) {
    std::string_view rest = line;
    for (std::size_t end = 0; end != rest.npos;) {
      end = rest.find_first_of(ends);
      lines.emplace_back(rest.substr(0, end));
      if (end == rest.npos) break;
      rest.remove_prefix(rest.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
      if (rest.empty()) break;
    }
  }
  return lines;
}

// As Python's str.splitlines() and its like have it.
TextLines split_at_all_line_ends(const Ingredients& in) {
  return split_at(in, "\v\f\r\x1c\x1d\x1e\x85");
}

// As whoever takes a line of blanks for an empty one.
TextLines without_blank_lines(const Ingredients& in) {
  TextLines lines = decoded(in);
  std::erase_if(lines, [](const std::string& line) { return strip(line).empty(); });
  return lines;
}

// As scanf("%s") and its like take a text that has no other blanks.
TextLines words_as_lines(const Ingredients& in) {
  constexpr std::string_view kBetween = " \t";
  TextLines words;
  for (const std::string_view line : in.lines()) {
    for (std::size_t at = line.find_first_not_of(kBetween); at != line.npos;) {
      const std::size_t end = std::min(line.find_first_of(kBetween, at), line.size());
      words.emplace_back(line.substr(at, end - at));
      at = line.find_first_not_of(kBetween, end);
    }
  }
  return words;
}

TextLines with_empty_lines_joined(const Ingredients& in) {
  TextLines lines = decoded(in);
  const auto rest = std::ranges::unique(
      lines, [](const auto& one, const auto& next) { return one.empty() && next.empty(); });
  lines.erase(rest.begin(), rest.end());
  return lines;
}

TextLines up_to_first_empty_line(const Ingredients& in) {
  TextLines lines = decoded(in);
  lines.erase(std::ranges::find(lines, std::string()), lines.end());
  return lines;
}

TextLines without_controls(const Ingredients& in) {
  return each(decoded(in), [](std::string line) {
    std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return line;
  });
}

TextLines printable_only(const Ingredients& in) {
  return each(decoded(in), [](std::string line) {
    std::erase_if(line, [](char c) { return c < 0x20 || c > 0x7e; });
    return line;
  });
}

TextLines up_to_nul(const Ingredients& in) {
  return each(decoded(in), [](const std::string& line) { return line.substr(0, line.find('\0')); });
}

// All of it as one, with what the profile has between its lines.
TextLines printed_as_bytes(const Ingredients& in) {
  return {print_as_python_bytes(fmt::format("{}", fmt::join(in.lines(), in.profile.hash_join)))};
}

constexpr std::array kForms{
    TextWord{"last-backslash-lost", "the lines without the backslash at their ends", kPlausible,
             [](const Ingredients& in) {
               return each(decoded(in), [&](const std::string& line) {
                 return line.ends_with(in.escape())
                            ? line.substr(0, line.size() - in.escape().size())
                            : line;
               });
             }},
    TextWord{"no-dots", "the text without its dots", kPlausible,
             [](const Ingredients& in) {
               return each(decoded(in), [&](const std::string& line) {
                 return replace_all(line, in.dot(), "");
               });
             }},
    TextWord{"lines-stripped", "the lines without the blanks at their ends", kCommon,
             [](const Ingredients& in) {
               return each(decoded(in),
                           [](const std::string& line) { return std::string(strip(line)); });
             }},
    TextWord{"lines-right-stripped", "the lines without the blanks after them", kCommon,
             stripped_at_end},
    TextWord{"text-stripped", "the text without the blanks at its ends", kCommon,
             [](const Ingredients& in) { return stripped_as_a_whole(in, " \t\r\n\v\f"); }},
    TextWord{"dots-stripped", "the text without the dots and blanks at its ends", kPlausible,
             [](const Ingredients& in) { return stripped_as_a_whole(in, " \t\r\n\v\f."); }},
    TextWord{"first-line", "the first line only", kCommon,
             [](const Ingredients& in) { return only(decoded(in), 0, 1); }},
    TextWord{"last-line", "the last line only", kCommon,
             [](const Ingredients& in) {
               const TextLines lines = decoded(in);
               return only(lines, lines.empty() ? 0 : lines.size() - 1, lines.size());
             }},
    TextWord{"first-100-lines", "the first 100 lines only", kPlausible,
             [](const Ingredients& in) { return only(decoded(in), 0, 100); }},
    TextWord{"first-1000-lines", "the first 1000 lines only", kPlausible,
             [](const Ingredients& in) { return only(decoded(in), 0, 1000); }},
    TextWord{"no-first-line", "the text without its first line", kCommon,
             [](const Ingredients& in) { return only(decoded(in), 1, std::string::npos); }},
    TextWord{"no-last-line", "the text without its last line", kCommon,
             [](const Ingredients& in) {
               const TextLines lines = decoded(in);
               return only(lines, 0, lines.empty() ? 0 : lines.size() - 1);
             }},
    TextWord{"no-empty-lines", "the text without its empty lines", kPlausible, without_empty_lines},
    TextWord{"no-blank-lines", "the text without its empty lines and lines of blanks", kPlausible,
             without_blank_lines},
    TextWord{"words-as-lines", "the words of the text, each as a line", kPlausible, words_as_lines},
    TextWord{"empty-lines-joined", "the text with one empty line for several", kPlausible,
             with_empty_lines_joined},
    TextWord{"up-to-empty-line", "the text up to its first empty line", kPlausible,
             up_to_first_empty_line},
    TextWord{"split-at-cr", "the text cut into lines at each CR, too", kPlausible,
             [](const Ingredients& in) { return split_at(in, "\r"); }},
    TextWord{"split-at-all-line-ends",
             "the text cut into lines at everything that ends a line somewhere (VT, FF, CR, …)",
             kPlausible, split_at_all_line_ends},
    TextWord{"no-controls", "the text without its control characters", kPlausible,
             without_controls},
    TextWord{"printable-only", "the text without what is not printable ASCII", kPlausible,
             printable_only},
    TextWord{"up-to-nul", "the lines up to their first NUL", kPlausible, up_to_nul},
    TextWord{"up-to-first-nul", "the text up to its first NUL", kPlausible, up_to_first_nul},
    TextWord{"lines-cut-by-256s",
             "the lines cut to their lengths modulo 256 (a length kept in one byte)", kPlausible,
             cut_to_length_in_a_byte},
    TextWord{"up-to-dot", "the text up to its first dot", kPlausible, up_to_first_dot},
    TextWord{"cut-by-one", "the text without its last character", kPlausible,
             [](const Ingredients& in) { return cut_at_end(in, 1); }},
    TextWord{"cut-by-two", "the text without its last two characters", kRare,
             [](const Ingredients& in) { return cut_at_end(in, 2); }},
    TextWord{"cut-in-front", "the text without its first character", kPlausible, cut_at_begin},
    TextWord{"with-length", "the text's length and the text", kRare,
             [](const Ingredients& in) {
               std::size_t length = 0;
               for (const std::string_view line : in.lines()) length += line.size();
               return in_front(std::to_string(length), decoded(in));
             }},
    TextWord{"messages-so-far", "the texts of all messages so far", kCommon, with_messages_before},
    TextWord{"twice", "the text, twice", kRare,
             [](const Ingredients& in) {
               TextLines lines = decoded(in);
               const TextLines again = lines;
               lines.insert(lines.end(), again.begin(), again.end());
               return lines;
             }},
    TextWord{"lines-reversed", "the lines in reverse order", kRare,
             [](const Ingredients& in) {
               TextLines lines = decoded(in);
               std::ranges::reverse(lines);
               return lines;
             }},
    TextWord{"printed-bytes", "the text as Python prints bytes (b'…')", kPlausible,
             printed_as_bytes},
    TextWord{"lines-printed-bytes", "the lines as Python prints bytes (b'…')", kPlausible,
             [](const Ingredients& in) { return each(decoded(in), print_as_python_bytes); }},
    TextWord{"lower-case", "the text in lower case", kRare,
             [](const Ingredients& in) {
               return each(decoded(in), [](std::string line) {
                 std::ranges::transform(line, line.begin(), lower);
                 return line;
               });
             }},
    TextWord{"encoded-twice", "the text encoded in UTF-8 twice", kPlausible,
             [](const Ingredients& in) { return each(decoded(in), encoded_twice); }},
    TextWord{"no-other-than-ascii", "the text without what is not ASCII", kPlausible,
             [](const Ingredients& in) {
               return each(decoded(in),
                           [](const std::string& line) { return with_ascii_only(line, false); });
             }},
    TextWord{"marks-for-other-than-ascii", "the text with `?` for what is not ASCII", kPlausible,
             [](const Ingredients& in) {
               return each(decoded(in),
                           [](const std::string& line) { return with_ascii_only(line, true); });
             }},
};

constexpr std::array kRight{TextWord{"", "the text", 0, decoded}};

void add_forms(const Ingredients& in, std::span<const TextWord> words, Holder holder,
               std::vector<TextForm>& forms) {
  const Dialect dialect(in.profile, true);
  for (const TextWord& word : words) {
    forms.push_back({{std::string(word.id), dialect.prose(word.words), word.cost},
                     holder,
                     [&in, make = word.lines] { return make(in); }});
  }
}

// What is left where a buffer is full, which often has a round size, less a NUL and a line end.
void add_cuts(const Ingredients& in, std::vector<TextForm>& forms) {
  for (const std::size_t most : {256U, 255U, 1024U, 1023U, 4096U, 4095U, 4094U}) {
    forms.push_back({{fmt::format("lines-cut-to-{}", most),
                      fmt::format("the lines cut to {} bytes", most), kPlausible},
                     Holder::kAnybody,
                     [&in, most] { return cut_to(in, most); }});
  }
  for (const std::size_t most : {1024U, 1023U, 4096U, 4095U}) {
    forms.push_back({{fmt::format("text-cut-to-{}", most),
                      fmt::format("the text cut to {} bytes", most), kPlausible},
                     Holder::kAnybody,
                     [&in, most] { return text_cut_to(in, most); }});
  }
}

}  // namespace

std::vector<TextForm> text_forms(const Ingredients& in) {
  std::vector<TextForm> forms;
  add_forms(in, kRight, Holder::kAnybody, forms);
  add_forms(in, received_text_forms(), Holder::kReceiver, forms);
  add_cuts(in, forms);
  add_forms(in, kForms, Holder::kAnybody, forms);
  for (std::size_t i = 0; i < std::min(in.messages.size(), kMostOthers); ++i) {
    if (i == in.message) continue;
    forms.push_back(
        {{fmt::format("message-{}", i + 1),
          fmt::format("the text of message {} instead of {}", i + 1, in.message + 1), kPlausible},
         Holder::kAnybody,
         [&in, i] {
           const auto lines = chat::text_lines(in.messages[i]);
           return TextLines(lines.begin(), lines.end());
         }});
  }
  return forms;
}

}  // namespace chatspec
