#include "harness/cli/suite/protocol_sheet.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "harness/script/dialect.h"
#include "reference/framing.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::string_view kText = "first line\nsecond line";
constexpr std::string_view kKey = "s3cr3t";

// What the sheet says in its own words, since it depends on more of the profile than its words.
struct SaidAbove {
  std::string_view begin;  // of the requirement's id
  bool (*said)(const chat::Profile&);
};
constexpr std::array kSaidAbove{
    SaidAbove{"FRAME-1", [](const chat::Profile&) { return true; }},
    SaidAbove{"ESC-", [](const chat::Profile&) { return true; }},
    SaidAbove{"STUFF-", [](const chat::Profile&) { return true; }},
    SaidAbove{"SIG-1", [](const chat::Profile&) { return true; }},
    SaidAbove{"SIG-3", [](const chat::Profile&) { return true; }},
    SaidAbove{"SIG-5",
              [](const chat::Profile& profile) {
                return profile.signature_coding == chat::SignatureCoding::kBase64;
              }},
    SaidAbove{"FRAME-2", [](const chat::Profile& profile) { return !profile.has_line_ends(); }},
    SaidAbove{"STREAM-", [](const chat::Profile& profile) { return !profile.has_line_ends(); }},
};

// What a requirement says otherwise where the profile has another way than PROTOCOL.md's text.
struct SaidOtherwise {
  std::string_view id;
  std::string_view written;
  bool (*is_other)(const chat::Profile&);
  std::string (*said)(const chat::Profile&);
};

bool has_verdict_replies(const chat::Profile& profile) {
  return profile.reply_to_pass() != profile.ok || profile.reply_to_fail() != profile.ok;
}
bool has_error_reply(const chat::Profile& profile) {
  return profile.error_reply.has_value();
}
std::string say_error_reply(const chat::Profile& profile) {
  return fmt::format("sends `{}` and closes the connection",
                     chat::escape_bytes(*profile.error_reply));
}
constexpr std::string_view kSilentClose = "closes the connection without a reply";

constexpr std::array kSaidOtherwise{
    SaidOtherwise{"DATA-4", "two units, `270 SIG` and the signature",
                  [](const chat::Profile& profile) { return profile.has_signature_behind_reply(); },
                  [](const chat::Profile& profile) {
                    return fmt::format("one unit, `{}`, a blank and the signature",
                                       chat::escape_bytes(profile.signature));
                  }},
    SaidOtherwise{"SIG-3", "`a` to `f` are lower-case",
                  [](const chat::Profile& profile) {
                    return profile.signature_coding == chat::SignatureCoding::kUpperCaseHex;
                  },
                  [](const chat::Profile&) { return std::string("`A` to `F` are upper-case"); }},
    SaidOtherwise{
        "VERDICT-2", "`PASS` with `260 OK`, and so it answers `FAIL`", has_verdict_replies,
        [](const chat::Profile& profile) {
          return fmt::format("`{}` with `{}` and `{}` with `{}`", chat::escape_bytes(profile.pass),
                             chat::escape_bytes(profile.reply_to_pass()),
                             chat::escape_bytes(profile.fail),
                             chat::escape_bytes(profile.reply_to_fail()));
        }},
    SaidOtherwise{"VERDICT-3", "`260 OK`", has_verdict_replies,
                  [](const chat::Profile&) { return std::string("the reply to it"); }},
    SaidOtherwise{
        "QUIT-1", "the `260 OK` for its last message", has_verdict_replies,
        [](const chat::Profile&) { return std::string("the reply to its last verdict"); }},
    SaidOtherwise{"STATE-1", kSilentClose, has_error_reply, say_error_reply},
    SaidOtherwise{"STATE-2", kSilentClose, has_error_reply, say_error_reply},
    SaidOtherwise{"STATE-3", kSilentClose, has_error_reply, say_error_reply},
};

std::string conversation(const chat::Profile& profile) {
  std::string out;
  const auto say = [&out](char side, std::string_view unit, std::string_view note = "") {
    out += fmt::format("    {}: {}{}\n", side, chat::escape_bytes(unit), note);
  };
  say('C', profile.hello);
  say('S', profile.ok);
  say('C', profile.data, "    (for each message)");
  for (const std::string_view line : chat::text_lines(kText)) say('C', line);
  say('C', profile.terminator);
  if (profile.has_signature_behind_reply()) {
    say('S', chat::encode_announcement(profile) + chat::sign(profile, kText, kKey));
  } else {
    say('S', profile.signature);
    say('S', chat::sign(profile, kText, kKey));
  }
  say('C', profile.pass,
      fmt::format("    (or {}, where the signature is not that of the client's file)",
                  chat::escape_bytes(profile.fail)));
  say('S', profile.reply_to_pass(),
      profile.reply_to_pass() == profile.reply_to_fail()
          ? ""
          : fmt::format("    (or {}, to {})", chat::escape_bytes(profile.reply_to_fail()),
                        chat::escape_bytes(profile.fail)));
  say('C', profile.quit, "    (both sides close)");
  return out;
}

std::string describe_lines(const chat::Profile& profile) {
  switch (profile.line_end) {
    case chat::LineEnd::kLf:
      return "Everything that a side sends is a line that ends with LF (\\n).";
    case chat::LineEnd::kCrlf:
      return "Everything that a side sends is a line that ends with CR LF (\\r\\n).";
    case chat::LineEnd::kNone:
      return "Nothing ends with a line end but the lines of a text: what one send carries is one "
             "unit.";
  }
  return {};
}

std::string describe_escaping(const chat::Profile& profile) {
  if (profile.dot_stuffing) {
    const std::string first = chat::quote(profile.terminator.substr(0, 1));
    return fmt::format(
        "A line of the text that begins with {0} is sent with one more {0} in front of it, as in\n"
        "SMTP (RFC 5321, 4.5.2). Of a line that begins with {0} and is not the terminator, the "
        "server\ntakes one away.",
        first);
  }
  if (!profile.escapes()) return "The text is sent as it is; nothing in it is escaped.";
  std::string out = "In the text the client sends\n";
  for (const char c : profile.escaped) {
    const std::string sent{*profile.escape, c};
    out += fmt::format("    {}  for every  {}\n", chat::escape_bytes(sent),
                       chat::escape_bytes({&c, 1}));
  }
  return out + fmt::format(
                   "and the server reads it back, once, from left to right. A {} before "
                   "anything else stands for itself.",
                   chat::escape_bytes({&*profile.escape, 1}));
}

std::string describe_signature(const chat::Profile& profile) {
  std::string hash = profile.hash;
  for (char& c : hash) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const std::string joined = profile.hash_join.empty()
                                 ? "joined by nothing"
                                 : "joined by " + chat::quote(profile.hash_join);
  std::string hashed = chat::escape_bytes("first line" + profile.hash_join + "second line");
  std::string way;
  switch (profile.key_position) {
    case chat::KeyPosition::kAfterText:
      way = fmt::format("{} of the lines, unescaped, without their line ends, {}, and then the key",
                        hash, joined);
      hashed += kKey;
      break;
    case chat::KeyPosition::kBeforeText:
      way = fmt::format("{} of the key, and then the lines, unescaped, without their line ends, {}",
                        hash, joined);
      hashed.insert(0, kKey);
      break;
    case chat::KeyPosition::kHmac:
      way = fmt::format(
          "HMAC with {} of the lines, unescaped, without their line ends, {}, keyed with the key",
          hash, joined);
      break;
  }
  const std::string_view letters =
      profile.signature_coding == chat::SignatureCoding::kHex            ? ", a to f in lower case"
      : profile.signature_coding == chat::SignatureCoding::kUpperCaseHex ? ", A to F in upper case"
                                                                         : "";
  return fmt::format(
      "It is the {};\nwritten in {}{}. Above, the key is {}, and what is hashed is\n    {}", way,
      chat::describe_signatures(profile), letters, kKey, hashed);
}

bool is_said_above(const chat::Requirement& requirement, const chat::Profile& profile) {
  return std::ranges::any_of(kSaidAbove, [&](const SaidAbove& one) {
    return requirement.id.starts_with(one.begin) && one.said(profile);
  });
}

}  // namespace

std::string text_in_profile(const chat::Requirement& requirement, const chat::Profile& profile) {
  const Dialect dialect(profile, requirement.id.starts_with("ESC-"));
  std::string text(requirement.text);
  for (const SaidOtherwise& one : kSaidOtherwise) {
    const std::size_t at = one.id == requirement.id && one.is_other(profile)
                               ? text.find(one.written)
                               : std::string::npos;
    if (at == std::string::npos) continue;
    return dialect.prose(text.substr(0, at)) + one.said(profile) +
           dialect.prose(text.substr(at + one.written.size()));
  }
  return dialect.prose(text);
}

std::string render_sheet(const chat::Profile& profile) {
  std::string out =
      fmt::format("The chat protocol, profile {}\n\n{}\n", profile.name, conversation(profile));
  out += fmt::format("Lines\n\n{}\n\n", describe_lines(profile));
  out += fmt::format("Text\n\nA text ends with the line {}, the terminator.\n{}\n\n",
                     chat::quote(profile.terminator), describe_escaping(profile));
  if (profile.error_reply) {
    out += fmt::format(
        "Errors\n\nA server that receives what is not expected sends {} and closes the "
        "connection.\n\n",
        chat::quote(*profile.error_reply));
  }
  out += fmt::format("Signature\n\n{}\n\nRules\n\n", describe_signature(profile));
  for (const chat::Requirement& requirement : chat::requirements()) {
    if (is_said_above(requirement, profile)) continue;
    out += fmt::format("{} ({}; {})\n{}\n\n", requirement.id, chat::to_string(requirement.level),
                       to_string(requirement.binds), text_in_profile(requirement, profile));
  }
  return out;
}

}  // namespace chatspec
