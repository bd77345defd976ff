// What is concluded is no more than was seen: which forms the program took and which it did not,
// each in a fresh start. Why that may be, and which profile would fit, is said as a question or
// under a condition.

#include "harness/judge/diagnosis/opening_tries.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "reference/framing.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using chat::LineEnd;

std::string_view bytes_of(LineEnd line_end) {
  return line_end == LineEnd::kNone ? "" : line_end == LineEnd::kLf ? "\n" : "\r\n";
}

std::string_view phrase_of(LineEnd line_end) {
  return line_end == LineEnd::kNone ? "without a line end"
         : line_end == LineEnd::kLf ? "with LF"
                                    : "with CR LF";
}

chat::Profile with_line_end(chat::Profile profile, LineEnd line_end) {
  profile.line_end = line_end;
  return profile;
}

std::string in_other_case(std::string_view word) {
  const bool has_upper =
      std::ranges::any_of(word, [](unsigned char c) { return std::isupper(c) != 0; });
  std::string other;
  for (const char letter : word) {
    const auto c = static_cast<unsigned char>(letter);
    other += static_cast<char>(has_upper ? std::tolower(c) : std::toupper(c));
  }
  return other;
}

// The word with which we begin: HELLO to a server, the reply to it to a client.
const std::string& our_word(const chat::Profile& profile, Role role) {
  return role == Role::kServer ? profile.hello : profile.ok;
}

std::string code_of(const std::string& reply) {
  return reply.substr(0, reply.find(' '));
}

std::optional<LineEnd> line_end_of(const chat::Profile& profile, Opening opening) {
  switch (opening) {
    case Opening::kNoLineEnd:
      return LineEnd::kNone;
    case Opening::kLf:
      return LineEnd::kLf;
    case Opening::kCrLf:
      return LineEnd::kCrlf;
    case Opening::kAsWritten:
      return profile.line_end;
    default:
      return std::nullopt;
  }
}

std::string ticked(std::string_view text) {
  return "`" + chat::escape_bytes(text) + "`";
}

std::string phrase_of(const chat::Profile& profile, Role role, Opening opening) {
  if (const auto line_end = line_end_of(profile, opening)) return std::string(phrase_of(*line_end));
  if (opening == Opening::kCut) return "with its line end in a segment of its own";
  if (opening == Opening::kCodeOnly) return "as " + ticked(code_of(profile.ok));
  return "as " + ticked(in_other_case(our_word(profile, role)));
}

// What the program would do if all were well.
std::string deed_of(const chat::Profile& profile, Role role) {
  return "takes " + ticked(our_word(profile, role));
}

// The profile in which the program would be right, where there is one.
std::string hint_at_other_profile(const chat::Profile& profile, std::optional<LineEnd> spoken) {
  if (!spoken || *spoken == profile.line_end) return {};
  constexpr std::array kNames{"bare", "line", "crlf"};
  constexpr std::array kSettings{"none", "lf", "crlf"};
  const auto place = static_cast<std::size_t>(*spoken);
  const chat::Profile* builtin = chat::find_profile(profile.name);
  const std::string what =
      builtin && *builtin == profile
          ? std::string("add --profile ") + kNames.at(place)
          : std::string("give its profile `line-end ") + kSettings.at(place) + "`";
  const std::string_view wants =
      *spoken == LineEnd::kNone ? "sends no line ends" : "wants these line ends";
  return "if your course " + std::string(wants) + ", " + what;
}

void add_hint(Cause& cause, std::string hint) {
  if (hint.empty()) return;
  const bool ended = cause.sentence.ends_with('?');
  if (ended) hint.front() = 'I';
  cause.sentence += (ended ? " " : "; ") + hint;
}

Cause explain_line_end(const chat::Profile& profile, Role role, const OpeningTry& taken) {
  const auto line_end = line_end_of(profile, taken.opening);
  Cause cause =
      make_cause("other-line-end-expected", {{"does", deed_of(profile, role)},
                                             {"line_end", std::string(phrase_of(*line_end))},
                                             {"due", std::string(phrase_of(profile.line_end))}});
  if (*line_end == LineEnd::kNone)
    cause.sentence += ": does it compare what recv() returned, line end included?";
  return cause;
}

Cause explain_taken(const chat::Profile& profile, Role role, const OpeningTry& taken) {
  if (line_end_of(profile, taken.opening)) {
    Cause cause = explain_line_end(profile, role, taken);
    add_hint(cause, hint_at_other_profile(profile, find_spoken_line_end(profile, role, taken)));
    return cause;
  }
  if (taken.opening == Opening::kCut)
    return make_cause("line-end-received-apart", {{"does", deed_of(profile, role)}});
  const bool is_server = role == Role::kServer;
  const std::string word = is_server ? in_other_case(profile.hello) : code_of(profile.ok);
  return make_cause("other-word-expected",
                    {{"does", is_server ? "answers" : "goes on after"},
                     {"taken", ticked(word)},
                     {"due", (is_server ? "" : "after ") + ticked(our_word(profile, role))}});
}

// A program that speaks and is spoken to with another line end.
Cause explain_other_profile(const chat::Profile& profile, Role role, LineEnd spoken) {
  const bool is_server = role == Role::kServer;
  Cause cause = make_cause("other-line-end-spoken",
                           {{"sent", chat::escape_bytes(is_server ? profile.ok : profile.hello)},
                            {"taken", chat::escape_bytes(our_word(profile, role))},
                            {"line_end", std::string(phrase_of(spoken))}});
  add_hint(cause, hint_at_other_profile(profile, spoken));
  return cause;
}

Cause explain_none(const chat::Profile& profile, Role role, std::span<const OpeningTry> others) {
  std::string ways;
  for (const OpeningTry& one : others) {
    if (!ways.empty()) ways += ", ";
    ways += phrase_of(profile, role, one.opening);
  }
  std::string does = deed_of(profile, role);
  if (role == Role::kServer) does += " with " + ticked(profile.ok);
  return make_cause("no-opening-answered", {{"does", does}, {"ways", ways}});
}

}  // namespace

std::string_view to_string(Opening opening) {
  return chat::row_of(kOpenings, opening).word;
}

std::optional<Opening> parse_opening(std::string_view word) {
  return chat::value_of(kOpenings, word);
}

std::vector<Opening> other_openings(const chat::Profile& profile, Role role) {
  std::vector<Opening> openings;
  for (const Opening one : {Opening::kNoLineEnd, Opening::kLf, Opening::kCrLf}) {
    if (line_end_of(profile, one) != profile.line_end) openings.push_back(one);
  }
  if (profile.has_line_ends()) openings.push_back(Opening::kCut);
  if (role == Role::kServer && in_other_case(profile.hello) != profile.hello)
    openings.push_back(Opening::kOtherCase);
  if (role == Role::kClient && code_of(profile.ok) != profile.ok)
    openings.push_back(Opening::kCodeOnly);
  return openings;
}

std::string encode_opening(const chat::Profile& profile, Role role, Opening opening) {
  std::string word = our_word(profile, role);
  if (opening == Opening::kOtherCase) word = in_other_case(word);
  if (opening == Opening::kCodeOnly) word = code_of(word);
  const LineEnd line_end = line_end_of(profile, opening).value_or(profile.line_end);
  return word + std::string(bytes_of(line_end));
}

bool answers_opening(const chat::Profile& profile, Role role, std::string_view received) {
  if (role == Role::kClient) return received.starts_with(profile.data);
  if (received.ends_with('\n')) received.remove_suffix(1);
  if (received.ends_with('\r')) received.remove_suffix(1);
  return received == profile.ok;
}

std::optional<LineEnd> find_spoken_line_end(const chat::Profile& profile, Role role,
                                            const OpeningTry& one) {
  for (const LineEnd line_end : {LineEnd::kLf, LineEnd::kCrlf, LineEnd::kNone}) {
    const chat::Profile variant = with_line_end(profile, line_end);
    const std::string hello = chat::encode_unit(variant, profile.hello);
    const bool fits =
        role == Role::kServer
            ? one.sent == hello && one.before.empty() &&
                  one.received == chat::encode_unit(variant, profile.ok)
            // Some do not wait for the reply.
            : one.before == hello ||
                  one.before.starts_with(hello + chat::encode_unit(variant, profile.data));
    if (fits) return line_end;
  }
  return std::nullopt;
}

Cause diagnose_opening(const chat::Profile& profile, Role role, std::span<const OpeningTry> tries) {
  if (tries.size() < 2) return {};
  const OpeningTry& as_written = tries.front();
  const auto others = tries.subspan(1);
  for (const OpeningTry& one : others) {
    const auto spoken = find_spoken_line_end(profile, role, one);
    const bool is_other = spoken && *spoken != profile.line_end && one.is_answered &&
                          line_end_of(profile, one.opening) == spoken;
    const bool was_heard = role == Role::kServer ? as_written.is_answered : as_written.sent.empty();
    if (is_other && was_heard) return explain_other_profile(profile, role, *spoken);
  }
  if (role == Role::kServer && as_written.is_answered) return {};
  if (role == Role::kClient && as_written.before.empty()) {
    const bool speaks_second = std::ranges::any_of(others, [&](const OpeningTry& one) {
      return one.before.empty() && one.received.starts_with(profile.hello);
    });
    if (speaks_second)
      return make_cause("reply-expected-first", {{"hello", chat::escape_bytes(profile.hello)},
                                                 {"ok", chat::escape_bytes(profile.ok)}});
  }
  const auto taken = std::ranges::find(others, true, &OpeningTry::is_answered);
  if (taken == others.end()) return explain_none(profile, role, others);
  // To a client that had not said HELLO as it should, nothing was sent in the case itself.
  const bool can_compare = role == Role::kServer || !as_written.sent.empty();
  return can_compare ? explain_taken(profile, role, *taken) : Cause{};
}

}  // namespace chatspec
