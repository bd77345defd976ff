// What becomes of a text where it is taken off the wire: made of its lines as they were sent, and
// of what is sent around them.

#include <algorithm>
#include <array>
#include <utility>

#include "harness/judge/diagnosis/text_forms.h"
#include "harness/judge/diagnosis/text_words.h"
#include "reference/escape.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

TextLines on_the_wire(const Ingredients& in) {
  if (!in.sent_lines.empty()) return in.sent_lines;
  TextLines out;
  for (const std::string_view line : in.lines()) {
    out.emplace_back();
    chat::escape_text_line(in.profile, line, out.back());
  }
  return out;
}

TextLines unescaped(const Ingredients& in, std::string_view from, std::string_view to) {
  return each(on_the_wire(in),
              [&](const std::string& line) { return replace_all(line, from, to); });
}

TextLines unescaped_twice(const Ingredients& in, std::string_view first_from,
                          std::string_view first_to, std::string_view then_from,
                          std::string_view then_to) {
  return each(unescaped(in, first_from, first_to),
              [&](const std::string& line) { return replace_all(line, then_from, then_to); });
}

// What is put in place of an escape character and the character behind it.
template <typename Meaning>
TextLines unescaped_by(const Ingredients& in, Meaning meaning) {
  const std::string escape = in.escape();
  return each(on_the_wire(in), [&](const std::string& line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool escapes = line.substr(i, 1) == escape && i + 1 < line.size();
      out += escapes ? meaning(line[i + 1]) : line.substr(i, 1);
      if (escapes) ++i;
    }
    return out;
  });
}

// `\n` is a line end and `\t` a tab, and so on; before anything else it stands for itself.
TextLines unescaped_as_in_c(const Ingredients& in) {
  return unescaped_by(in, [&](char c) {
    constexpr std::string_view kLetters = "abfnrtv0";
    constexpr std::string_view kMeant{"\a\b\f\n\r\t\v\0", kLetters.size()};
    const std::size_t letter = kLetters.find(c);
    if (letter != kLetters.npos) return std::string(1, kMeant[letter]);
    const bool is_escaped = std::string(1, c) == in.escape() || std::string(1, c) == in.dot();
    return is_escaped ? std::string(1, c) : in.escape() + c;
  });
}

TextLines unescaped_before_anything(const Ingredients& in) {
  return unescaped_by(in, [](char c) { return std::string(1, c); });
}

// Only the first that is escaped in each line is unescaped; where it must, only at its beginning.
TextLines unescaped_once(const Ingredients& in, bool at_begin) {
  return each(on_the_wire(in), [&](const std::string& line) {
    const std::size_t place = std::min(line.find(in.escaped_escape()), line.find(in.escaped_dot()));
    const bool is_there = place != std::string::npos && (place == 0 || !at_begin);
    return is_there ? line.substr(0, place) + line.substr(place + in.escape().size()) : line;
  });
}

// As whoever writes the unescaped line, and what ends it, over the escaped one, and forgets that it
// is shorter.
TextLines unescaped_in_place(const Ingredients& in, std::string_view end) {
  TextLines lines = on_the_wire(in);
  const TextLines meant = decoded(in);
  for (std::size_t i = 0; i < std::min(lines.size(), meant.size()); ++i) {
    const std::string ended = meant[i] + std::string(end);
    const std::size_t size = std::min(ended.size(), lines[i].size());
    lines[i].replace(0, size, ended, 0, size);
  }
  return lines;
}

// As whoever stops looking one character too soon.
TextLines end_still_escaped(const Ingredients& in) {
  TextLines lines = decoded(in);
  const TextLines sent = on_the_wire(in);
  for (std::size_t i = 0; i < std::min(lines.size(), sent.size()); ++i) {
    const bool is_escaped = lines[i].ends_with(in.escape()) || lines[i].ends_with(in.dot());
    const bool was_escaped =
        sent[i].ends_with(in.escaped_escape()) || sent[i].ends_with(in.escaped_dot());
    if (is_escaped && was_escaped) lines[i].insert(lines[i].size() - 1, in.escape());
  }
  return lines;
}

TextLines behind(TextLines lines, std::string last) {
  lines.push_back(std::move(last));
  return lines;
}

// Each message before with its key behind it.
TextLines with_messages_and_keys_before(const Ingredients& in) {
  TextLines lines;
  for (std::size_t i = 0; i < in.message; ++i) {
    for (const std::string_view line : chat::text_lines(in.messages[i])) lines.emplace_back(line);
    if (lines.empty()) lines.emplace_back();
    lines.back() += in.keys[std::min(i, in.keys.size() - 1)];
  }
  for (const std::string_view line : in.lines()) lines.emplace_back(line);
  return lines;
}

constexpr std::array kReceivedForms{
    TextWord{"still-escaped", "the text as it is on the wire, still escaped", kCommon, on_the_wire},
    TextWord{"only-dots-unescaped", "the text in which only `\\.` was unescaped", kCommon,
             [](const Ingredients& in) { return unescaped(in, in.escaped_dot(), in.dot()); }},
    TextWord{"only-backslashes-unescaped", "the text in which only `\\\\` was unescaped", kCommon,
             [](const Ingredients& in) { return unescaped(in, in.escaped_escape(), in.escape()); }},
    TextWord{"backslashes-unescaped-first",
             "the text unescaped in two passes, first `\\\\` and then `\\.`", kCommon,
             [](const Ingredients& in) {
               return unescaped_twice(in, in.escaped_escape(), in.escape(), in.escaped_dot(),
                                      in.dot());
             }},
    TextWord{"dots-unescaped-first",
             "the text unescaped in two passes, first `\\.` and then `\\\\`", kCommon,
             [](const Ingredients& in) {
               return unescaped_twice(in, in.escaped_dot(), in.dot(), in.escaped_escape(),
                                      in.escape());
             }},
    TextWord{"no-backslashes", "the text without any backslash", kCommon,
             [](const Ingredients& in) { return unescaped(in, in.escape(), ""); }},
    TextWord{"unescaped-before-anything", "the text without the backslash before any character",
             kCommon, unescaped_before_anything},
    TextWord{"unescaped-once-per-line", "the lines with the first escape of each unescaped",
             kPlausible, [](const Ingredients& in) { return unescaped_once(in, false); }},
    TextWord{"unescaped-at-line-start", "the lines unescaped only where they begin", kPlausible,
             [](const Ingredients& in) { return unescaped_once(in, true); }},
    TextWord{"unescaped-in-place",
             "the lines unescaped in place, with the lengths that they had before", kPlausible,
             [](const Ingredients& in) { return unescaped_in_place(in, ""); }},
    TextWord{
        "unescaped-in-place-with-nul",
        "the lines unescaped in place and ended with a NUL, with the lengths that they had "
        "before",
        kPlausible,
        [](const Ingredients& in) { return unescaped_in_place(in, std::string_view("\0", 1)); }},
    TextWord{"end-still-escaped",
             "the text in which an escape at the end of a line was not unescaped", kPlausible,
             end_still_escaped},
    TextWord{"unescaped-as-in-c", "the text in which `\\n` and `\\t` were unescaped as in C",
             kPlausible, unescaped_as_in_c},
    TextWord{"unescaped-again", "the text unescaped once more", kPlausible,
             [](const Ingredients& in) {
               return each(decoded(in), [&](const std::string& line) {
                 std::string out;
                 chat::unescape_line(in.profile, line, out);
                 return out;
               });
             }},
    TextWord{"escaped-again", "the text escaped twice", kPlausible,
             [](const Ingredients& in) {
               return each(on_the_wire(in), [&](const std::string& line) {
                 std::string out;
                 chat::escape_text_line(in.profile, line, out);
                 return out;
               });
             }},
    TextWord{"with-terminator", "the text and the terminator", kCommon,
             [](const Ingredients& in) { return behind(decoded(in), in.profile.terminator); }},
    TextWord{"still-escaped-with-terminator",
             "the text as it is on the wire, still escaped, and the terminator", kCommon,
             [](const Ingredients& in) { return behind(on_the_wire(in), in.profile.terminator); }},
    TextWord{"with-data", "the command that announces the text, and the text", kPlausible,
             [](const Ingredients& in) { return in_front(in.profile.data, decoded(in)); }},
    TextWord{"with-data-and-terminator",
             "the command that announces the text, the text and the terminator", kPlausible,
             [](const Ingredients& in) {
               return behind(in_front(in.profile.data, decoded(in)), in.profile.terminator);
             }},
    TextWord{"messages-and-keys-so-far", "the texts and keys of all messages so far", kCommon,
             with_messages_and_keys_before},
    TextWord{"nothing", "no text", kCommon, [](const Ingredients&) { return TextLines(); }},
};

}  // namespace

std::span<const TextWord> received_text_forms() {
  return kReceivedForms;
}

}  // namespace chatspec
