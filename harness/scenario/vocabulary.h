// The words of the scenario language, each in one place: the parser accepts what stands here and
// nothing else, hints list it, the printer writes it, and a test holds scenarios/README.md to it.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "harness/scenario/scenario.h"
#include "reference/profile.h"
#include "reference/text/word_table.h"

namespace chatspec {

enum class DirectiveKind {
  kScenario,
  kCovers,
  kLevel,
  kRole,
  kProfile,
  kTags,
  kNeeds,
  kKey,
  kMessage,
  kSignature,
  kMessageFile,
  kSignatureFile,
  kKeyFile,
  kArgument,
  kTable,
};

struct DirectiveWord {
  std::string_view word;
  DirectiveKind kind;
  bool once;               // may stand only once in a scenario
  std::string_view usage;  // as hints show it
};

inline constexpr std::array kDirectives{
    DirectiveWord{"scenario", DirectiveKind::kScenario, true, "scenario TITLE"},
    DirectiveWord{"covers", DirectiveKind::kCovers, true, "covers REQUIREMENT …"},
    DirectiveWord{"level", DirectiveKind::kLevel, true, "level must, should or may"},
    DirectiveWord{"role", DirectiveKind::kRole, true, "role server, client or both"},
    DirectiveWord{"profile", DirectiveKind::kProfile, true, "profile NAME …"},
    DirectiveWord{"tags", DirectiveKind::kTags, true, "tags WORD …"},
    DirectiveWord{"needs", DirectiveKind::kNeeds, true, "needs CHAPTER/NAME …"},
    DirectiveWord{"key", DirectiveKind::kKey, false, "key TEXT, \"…\" or <random N>"},
    DirectiveWord{"message", DirectiveKind::kMessage, false, "message TEXT, \"…\" or <random N>"},
    DirectiveWord{"signature", DirectiveKind::kSignature, false,
                  "signature right, wrong, upper-case, of N or \"…\""},
    DirectiveWord{"message-file", DirectiveKind::kMessageFile, true,
                  "message-file \"…\", <absent> or styles: crlf, no-last-line-end"},
    DirectiveWord{
        "signature-file", DirectiveKind::kSignatureFile, true,
        "signature-file \"…\", <absent> or styles: crlf, no-last-line-end, trailing-blanks"},
    DirectiveWord{"key-file", DirectiveKind::kKeyFile, true,
                  "key-file \"…\", <absent> or styles: crlf, no-last-line-end, trailing-blanks"},
    DirectiveWord{"argument", DirectiveKind::kArgument, false,
                  "argument host, port, keys, messages or signatures, then \"…\" or <absent>"},
    DirectiveWord{"table", DirectiveKind::kTable, true, "table, with rows below it: | name | … |"},
};
static_assert(chat::covers_in_order(kDirectives, &DirectiveWord::kind, DirectiveKind::kTable));

// The directive that says how a file is written.
constexpr DirectiveKind directive_of(FileKind kind) {
  switch (kind) {
    case FileKind::kMessages:
      return DirectiveKind::kMessageFile;
    case FileKind::kSignatures:
      return DirectiveKind::kSignatureFile;
    case FileKind::kKeys:
      break;
  }
  return DirectiveKind::kKeyFile;
}

// An item that stands in angle brackets. `word` is the whole of it for those that take nothing
// more, and its beginning for the others.
struct TagWord {
  std::string_view word;
  ItemKind kind;
  std::string_view usage;
};

inline constexpr std::array kTags{
    TagWord{"message", ItemKind::kMessage, "<message N>"},
    TagWord{"signature", ItemKind::kSignature,
            "<signature N>, <signature N FORM>, <signature N with key K>; forms are wrong, "
            "upper-case, …"},
    TagWord{"any signature", ItemKind::kAnySignature, "<any signature>"},
    TagWord{"any line", ItemKind::kAnyLine, "<any line>"},
    TagWord{"close", ItemKind::kClose, "<close>"},
    TagWord{"half-close", ItemKind::kHalfClose, "<half-close>"},
    TagWord{"reset", ItemKind::kReset, "<reset>"},
    TagWord{"silence", ItemKind::kSilence, "<silence>"},
    TagWord{"nothing", ItemKind::kNothing, "<nothing>"},
    TagWord{"restart", ItemKind::kRestart, "<restart>"},
    TagWord{"prints what it received", ItemKind::kPrintsReceived, "<prints what it received>"},
    TagWord{"prints", ItemKind::kPrints, "<prints \"…\"> or <prints like \"…\">"},
    TagWord{"complains", ItemKind::kComplains,
            "<complains>, <complains \"…\"> or <complains like \"…\">"},
    TagWord{"exit", ItemKind::kExit,
            "<exit 0>, <exit N>, <exit nonzero>, <exit any>, <exit 0-or-none> or <exit "
            "any-or-none>"},
};

// Whether an item is written in another way: as text, after a word of its own, or as a column.
constexpr bool is_written_without_tag(ItemKind kind) {
  return kind == ItemKind::kUnit || kind == ItemKind::kRaw || kind == ItemKind::kLike ||
         kind == ItemKind::kColumn;
}
static_assert([] {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(ItemKind::kColumn); ++i) {
    const auto kind = static_cast<ItemKind>(i);
    if (std::ranges::count(kTags, kind, &TagWord::kind) != (is_written_without_tag(kind) ? 0 : 1))
      return false;
  }
  return true;
}());

struct SignatureFormWord {
  std::string_view word;
  SignatureForm form;
};
inline constexpr std::array kSignatureForms{
    SignatureFormWord{"right", SignatureForm::kRight},
    SignatureFormWord{"wrong", SignatureForm::kWrong},
    SignatureFormWord{"upper-case", SignatureForm::kUpperCase},
    SignatureFormWord{"mixed-case", SignatureForm::kMixedCase},
    SignatureFormWord{"wrong-first", SignatureForm::kWrongFirst},
    SignatureFormWord{"wrong-second", SignatureForm::kWrongSecond},
    SignatureFormWord{"wrong-eighth", SignatureForm::kWrongEighth},
    SignatureFormWord{"wrong-ninth", SignatureForm::kWrongNinth},
    SignatureFormWord{"wrong-middle", SignatureForm::kWrongMiddle},
    SignatureFormWord{"wrong-last-but-one", SignatureForm::kWrongLastButOne},
    SignatureFormWord{"wrong-last", SignatureForm::kWrongLast},
    SignatureFormWord{"upper-case-wrong-first", SignatureForm::kUpperCaseWrongFirst},
    SignatureFormWord{"upper-case-wrong-last", SignatureForm::kUpperCaseWrongLast},
    SignatureFormWord{"reversed", SignatureForm::kReversed},
    SignatureFormWord{"halves-swapped", SignatureForm::kHalvesSwapped},
    SignatureFormWord{"sorted", SignatureForm::kSorted},
    SignatureFormWord{"rotated", SignatureForm::kRotated},
    SignatureFormWord{"all-zero", SignatureForm::kAllZero},
    SignatureFormWord{"one-less", SignatureForm::kOneLess},
    SignatureFormWord{"half", SignatureForm::kHalf},
    SignatureFormWord{"first-digit", SignatureForm::kFirstDigit},
    SignatureFormWord{"one-more", SignatureForm::kOneMore},
    SignatureFormWord{"twice", SignatureForm::kTwice},
    SignatureFormWord{"blank-before", SignatureForm::kBlankBefore},
    SignatureFormWord{"blank-within", SignatureForm::kBlankWithin},
    SignatureFormWord{"other-letter", SignatureForm::kOtherLetter},
    SignatureFormWord{"hex-prefix", SignatureForm::kHexPrefix},
};
static_assert(chat::covers_in_order(kSignatureForms, &SignatureFormWord::form,
                                    SignatureForm::kHexPrefix));

struct ExitWord {
  std::string_view word;
  ExitWanted exit;
};
inline constexpr std::array kExits{
    ExitWord{"0", ExitWanted::kZero},
    ExitWord{"nonzero", ExitWanted::kNonZero},
    ExitWord{"any", ExitWanted::kAny},
    ExitWord{"0-or-none", ExitWanted::kZeroOrNone},
    ExitWord{"any-or-none", ExitWanted::kAnyOrNone},
};
// All but kStatus, which is a number.
static_assert(chat::covers_in_order(kExits, &ExitWord::exit, ExitWanted::kAnyOrNone));

struct AlphabetWord {
  std::string_view word;
  Alphabet alphabet;
};
inline constexpr std::array kAlphabets{
    AlphabetWord{"printable", Alphabet::kPrintable},
    AlphabetWord{"letters", Alphabet::kLetters},
    AlphabetWord{"bytes", Alphabet::kBytes},
};
static_assert(chat::covers_in_order(kAlphabets, &AlphabetWord::alphabet, Alphabet::kBytes));

struct FileStyleWord {
  std::string_view word;
  bool FileDefinition::* member;
};
inline constexpr std::array kFileStyles{
    FileStyleWord{"crlf", &FileDefinition::crlf},
    FileStyleWord{"no-last-line-end", &FileDefinition::no_last_line_end},
    FileStyleWord{"trailing-blanks", &FileDefinition::trailing_blanks},
};

struct LevelWord {
  std::string_view word;
  chat::Level level;
};
inline constexpr std::array kLevels{
    LevelWord{"must", chat::Level::kMust},
    LevelWord{"should", chat::Level::kShould},
    LevelWord{"may", chat::Level::kMay},
};
static_assert(chat::covers_in_order(kLevels, &LevelWord::level, chat::Level::kMay));

struct RoleWord {
  std::string_view word;
  Roles roles;
};
inline constexpr std::array kRoles{
    RoleWord{"server", {.server = true}},
    RoleWord{"client", {.client = true}},
    RoleWord{"both", {.server = true, .client = true}},
};

// Whether the profile is a built-in one, whatever it is called.
inline bool is_builtin(chat::Profile profile, std::string_view name) {
  profile.name = name;
  return profile == *chat::find_profile(name);
}

// What `profile` may name: a profile, or a property that a profile may have.
struct ProfileWord {
  std::string_view word;
  bool (*applies)(const chat::Profile&);
};
inline constexpr std::array kProfileWords{
    ProfileWord{"line", [](const chat::Profile& profile) { return is_builtin(profile, "line"); }},
    ProfileWord{"crlf", [](const chat::Profile& profile) { return is_builtin(profile, "crlf"); }},
    ProfileWord{"bare", [](const chat::Profile& profile) { return !profile.has_line_ends(); }},
    ProfileWord{"line-ends", [](const chat::Profile& profile) { return profile.has_line_ends(); }},
    ProfileWord{"escaping", [](const chat::Profile& profile) { return profile.escapes(); }},
    ProfileWord{"dot-stuffing", [](const chat::Profile& profile) { return profile.dot_stuffing; }},
};

// The modifiers after ` | `.
inline constexpr std::array<std::string_view, 4> kModifiers{"split", "joined", "apart", "deviates"};

// The column of a table that holds, in each row, words to select this row by.
inline constexpr std::string_view kTagsColumn = "tags";

// The placeholders of a command line, which `argument` may override.
inline constexpr std::array<std::string_view, 5> kPlaceholders{"host", "port", "keys", "messages",
                                                               "signatures"};

// The entry of one of the tables above that has this word, or null.
using chat::find_word;

// What an author may call a tag, a chapter, a scenario, a column or a row.
constexpr bool is_identifier(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// CHAPTER/NAME, as `needs` has it.
constexpr bool is_scenario_id(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != text.npos && is_identifier(text.substr(0, slash)) &&
         is_identifier(text.substr(slash + 1));
}

// `core/line-ends`: a tag, and the role or the profiles that it is limited to, or "".
struct TagName {
  std::string_view tag;
  std::string_view limit;
  bool is_limited = false;
};
constexpr TagName split_tag(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return {text, {}, false};
  return {text.substr(0, slash), text.substr(slash + 1), true};
}

// All words of one of the tables above, for hints.
template <typename Entry, std::size_t n>
constexpr std::array<std::string_view, n> words_of(const std::array<Entry, n>& table) {
  std::array<std::string_view, n> words;
  for (std::size_t i = 0; i < n; ++i) words[i] = table[i].word;
  return words;
}

}  // namespace chatspec
