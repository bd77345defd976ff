// The mistakes depend on how a profile protects the terminator. Where it escapes: not at all, only
// some of the characters, the escape character after the others, or by the rules of mail. Where it
// doubles a leading dot: not, too often or too seldom. Whatever the profile, a client may have been
// written for the profile `line`. Causes are told in the profile's own characters.

#include "harness/judge/diagnosis/text_mistakes.h"

#include <cassert>
#include <utility>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

std::string escape_with(char escape, std::string_view characters, std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (characters.contains(c)) out += escape;
    out += c;
  }
  return out;
}

std::string as_it_is(std::string_view line) {
  return std::string(line);
}

std::string in_ticks(std::string_view text) {
  return "`" + chat::escape_bytes(text) + "`";
}

// As it is called where there are several of it.
std::string name_of(char c) {
  return c == '.' ? "dots" : c == '\\' ? "backslashes" : in_ticks({&c, 1});
}

std::string names_of(std::string_view characters) {
  std::string out;
  for (const char c : characters) out += (out.empty() ? "" : " and ") + name_of(c);
  return out;
}

std::string without(std::string_view characters, char left_out) {
  std::string out(characters);
  std::erase(out, left_out);
  return out;
}

void add_partly_escaped(const chat::Profile& profile, std::string_view part,
                        std::vector<TextMistake>& mistakes) {
  const char escape = *profile.escape;
  std::string rest;
  for (const char c : profile.escaped) {
    if (!part.contains(c)) rest += c;
  }
  Cause cause;
  if (part.size() == 1 && rest == std::string(1, escape)) {
    cause = make_cause("only-dots-escaped",
                       {{"dots", names_of(part)}, {"backslashes", names_of(rest)}});
  } else if (part == std::string_view(&escape, 1) && rest.size() == 1) {
    cause = make_cause("only-backslashes-escaped",
                       {{"backslashes", names_of(part)}, {"dots", names_of(rest)}});
  } else {
    cause = make_cause("only-some-escaped", {{"done", names_of(part)}, {"left", names_of(rest)}});
  }
  mistakes.push_back({std::move(cause), [escape, done = std::string(part)](std::string_view line) {
                        return escape_with(escape, done, line);
                      }});
}

// Whoever escapes the escape character last escapes what was put in before.
void add_escaped_again(const chat::Profile& profile, std::vector<TextMistake>& mistakes) {
  const char escape = *profile.escape;
  const std::string others = without(profile.escaped, escape);
  if (others.empty() || others == profile.escaped) return;
  Cause cause = make_cause("dots-escaped-first",
                           {{"dots", names_of(others)},
                            {"backslashes", name_of(escape)},
                            {"backslash", escape == '\\' ? "backslash" : in_ticks({&escape, 1})},
                            {"pair", in_ticks(std::string{escape, others.front()})}});
  mistakes.push_back({std::move(cause), [escape, others](std::string_view line) {
                        return escape_with(escape, {&escape, 1}, escape_with(escape, others, line));
                      }});
}

std::string one_of(char c) {
  return c == '.' ? "a dot" : "a " + in_ticks({&c, 1});
}

// What is done to a character only where a line begins with it.
TextMistake at_begin(char character, char put, CauseId cause) {
  return {make_cause(cause, {{"dot", one_of(character)}}), [character, put](std::string_view line) {
            return (line.starts_with(character) ? std::string(1, put) : "") + std::string(line);
          }};
}

void add_of_escaping(const chat::Profile& profile, std::vector<TextMistake>& mistakes) {
  assert(profile.escape);
  const std::string& escaped = profile.escaped;
  mistakes.push_back({make_cause("text-not-escaped"), as_it_is});
  // Of the others before the escape character, and each alone before all but each.
  for (const char c : without(escaped, *profile.escape) + *profile.escape) {
    if (escaped.size() > 1 && escaped.contains(c)) add_partly_escaped(profile, {&c, 1}, mistakes);
  }
  for (const char c : escaped) {
    if (escaped.size() > 2) add_partly_escaped(profile, without(escaped, c), mistakes);
  }
  add_escaped_again(profile, mistakes);
  mistakes.push_back(
      {make_cause("escaped-twice"), [escape = *profile.escape, escaped](std::string_view line) {
         return escape_with(escape, escaped, escape_with(escape, escaped, line));
       }});
  for (const char c : without(escaped, *profile.escape)) {
    mistakes.push_back(at_begin(c, *profile.escape, "only-leading-dots-escaped"));
    mistakes.push_back(at_begin(c, c, "leading-dots-doubled"));
  }
}

void add_of_stuffing(const chat::Profile& profile, std::vector<TextMistake>& mistakes) {
  assert(!profile.terminator.empty());
  const char first = profile.terminator.front();
  mistakes.push_back({make_cause("leading-dots-not-doubled", {{"dot", one_of(first)}}), as_it_is});
  mistakes.push_back(
      {make_cause("all-dots-doubled", {{"dots", name_of(first)}}),
       [first](std::string_view line) { return escape_with(first, {&first, 1}, line); }});
  mistakes.push_back({make_cause("only-terminator-doubled", {{"dot", one_of(first)}}),
                      [first, terminator = profile.terminator](std::string_view line) {
                        return (line == terminator ? std::string(1, first) : "") +
                               std::string(line);
                      }});
}

// As the profile `line` has it.
void add_of_line(const chat::Profile& profile, std::vector<TextMistake>& mistakes) {
  const chat::Profile& line_profile = *chat::find_profile("line");
  const char escape = *line_profile.escape;
  if (profile.escape == escape && profile.escaped == line_profile.escaped) return;
  mistakes.push_back({make_cause("escaped-as-in-line"),
                      [escape, &escaped = line_profile.escaped](std::string_view line) {
                        return escape_with(escape, escaped, line);
                      }});
  mistakes.push_back({make_cause("dots-escaped-with-backslash"),
                      [escape](std::string_view line) { return escape_with(escape, ".", line); }});
  if (!profile.escapes() && !profile.dot_stuffing)
    mistakes.push_back(at_begin('.', '.', "leading-dots-doubled"));
}

}  // namespace

std::vector<TextMistake> text_mistakes(const chat::Profile& profile) {
  std::vector<TextMistake> mistakes;
  if (profile.escapes()) add_of_escaping(profile, mistakes);
  if (profile.dot_stuffing) add_of_stuffing(profile, mistakes);
  add_of_line(profile, mistakes);
  return mistakes;
}

}  // namespace chatspec
