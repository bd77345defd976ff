// The codes of everything that can be wrong, or doubtful, in a scenario. Lists of known mistakes,
// editors, tests and graders hold on to them: messages may be said better one day, codes stay. A
// code stands for one kind of mistake, however many places find it; it says how to mend it rather
// than where it was noticed. scenarios/README.md has the same meanings, as a test sees.

#pragma once

#include <array>
#include <string_view>

#include "reference/text/word_table.h"

namespace chatspec {

enum class Severity {
  kError,    // nothing can be made of this
  kWarning,  // it means something, though perhaps not what its author thinks
};

enum class LintCode {
  // the text
  kUnreadableFile,
  kNoScenario,
  kTooLarge,
  kControlCharacter,
  kByteOrderMark,
  kSeveralScenarios,
  kUnclosed,
  kBadEscape,
  kMustBeQuoted,
  kMissingValue,
  kUnexpectedText,
  kBadNumber,
  kMisplacedLine,
  kMisplacedComment,
  // what is named
  kUnknownDirective,
  kUnknownSpeaker,
  kUnknownItem,
  kUnknownModifier,
  kUnknownWord,
  kUnknownRequirement,
  kUnknownProfile,
  kUnknownMessage,
  kUnknownKey,
  kUnknownScenario,
  kBadName,
  kDuplicate,
  // the scenario as a whole
  kMissingDirective,
  kLevelTooStrong,
  kWrongRole,
  kCircularNeeds,
  kBadTable,
  kUnusedColumn,
  kBadValue,
  // the transcript
  kNothingExpected,
  kPlayedByHarness,
  kBadDelivery,
  kBadAlternative,
  kBadDeviation,
  kImpossibleOrder,
  // warnings
  kLooksLikeEscape,
  kLooksLikeComment,
};

struct LintCodeWord {
  LintCode code;
  std::string_view word;
  std::string_view meaning;  // what is wrong
  Severity severity = Severity::kError;
};

inline constexpr std::array kLintCodes{
    LintCodeWord{LintCode::kUnreadableFile, "unreadable-file",
                 "the file cannot be read, or is no text file that ends"},
    LintCodeWord{LintCode::kNoScenario, "no-scenario", "there is no scenario below the folder"},
    LintCodeWord{LintCode::kTooLarge, "too-large",
                 "a number, text, pattern or file is beyond the limits that the grammar ends with"},
    LintCodeWord{LintCode::kControlCharacter, "control-character",
                 "a title, comment or cell holds a control character, which could steer the "
                 "terminal on which it is shown or turn the direction in which it reads, or a byte "
                 "that is no UTF-8, or a title a tab"},
    LintCodeWord{LintCode::kByteOrderMark, "byte-order-mark",
                 "the file begins with one; save it without"},
    LintCodeWord{LintCode::kSeveralScenarios, "several-scenarios",
                 "a second `scenario` begins in the file; each has a file of its own"},
    LintCodeWord{
        LintCode::kUnclosed, "unclosed",
        "a string without its second quote, an item without `>`, a row without its last `|`"},
    LintCodeWord{LintCode::kBadEscape, "bad-escape", "a `\\` in a string that begins no escape"},
    LintCodeWord{LintCode::kMustBeQuoted, "must-be-quoted",
                 "a character that stands in strings only"},
    LintCodeWord{LintCode::kMissingValue, "missing-value",
                 "something must stand here: a value, a string, a number"},
    LintCodeWord{LintCode::kUnexpectedText, "unexpected-text",
                 "something stands here that does not belong there"},
    LintCodeWord{LintCode::kBadNumber, "bad-number", "no number, or 0 where things count from 1"},
    LintCodeWord{LintCode::kMisplacedLine, "misplaced-line",
                 "a directive below the transcript, or a row, `or`, `then`, `signature` or further "
                 "line that belongs to nothing above it"},
    LintCodeWord{LintCode::kMisplacedComment, "misplaced-comment",
                 "a comment within a table, a text or alternatives"},
    LintCodeWord{LintCode::kUnknownDirective, "unknown-directive",
                 "a line begins with a word that is no directive"},
    LintCodeWord{LintCode::kUnknownSpeaker, "unknown-speaker",
                 "a line of the transcript begins with neither `C:` nor `S:` (nor `C2:`, …)"},
    LintCodeWord{LintCode::kUnknownItem, "unknown-item",
                 "`<…>` is neither an item, a text nor a column of the table"},
    LintCodeWord{LintCode::kUnknownModifier, "unknown-modifier", "after `|` stands no modifier"},
    LintCodeWord{LintCode::kUnknownWord, "unknown-word",
                 "a level, role, form, style, exit status, alphabet, argument or limit of a tag "
                 "that there is not"},
    LintCodeWord{LintCode::kUnknownRequirement, "unknown-requirement",
                 "PROTOCOL.md has no such requirement"},
    LintCodeWord{LintCode::kUnknownProfile, "unknown-profile",
                 "there is no such profile, nor property of profiles"},
    LintCodeWord{LintCode::kUnknownMessage, "unknown-message",
                 "the scenario has no message of this number"},
    LintCodeWord{LintCode::kUnknownKey, "unknown-key", "the scenario has no key of this number"},
    LintCodeWord{
        LintCode::kUnknownScenario, "unknown-scenario",
        "what is needed is neither beside the chapter, nor in the suite, nor on the command line"},
    LintCodeWord{LintCode::kBadName, "bad-name",
                 "a tag, column, row, file or id that is not called as these may be"},
    LintCodeWord{LintCode::kDuplicate, "duplicate", "stands a second time where it may stand once"},
    LintCodeWord{LintCode::kMissingDirective, "missing-directive",
                 "a scenario without title, `covers`, `role` or transcript"},
    LintCodeWord{LintCode::kLevelTooStrong, "level-too-strong",
                 "the level is stronger than every requirement covered"},
    LintCodeWord{LintCode::kWrongRole, "wrong-role",
                 "a requirement, file, argument or item that the role does not have"},
    LintCodeWord{LintCode::kCircularNeeds, "circular-needs",
                 "scenarios that need each other, or one that needs itself"},
    LintCodeWord{
        LintCode::kBadTable, "bad-table",
        "a table without rows, a row without cells, or with more or fewer than there are columns"},
    LintCodeWord{LintCode::kUnusedColumn, "unused-column", "nothing uses the column"},
    LintCodeWord{
        LintCode::kBadValue, "bad-value",
        "a text, key, pattern or file that no program could be given, or that says nothing"},
    LintCodeWord{LintCode::kNothingExpected, "nothing-expected",
                 "nothing is expected of the implementation, so anything would pass"},
    LintCodeWord{
        LintCode::kPlayedByHarness, "played-by-harness",
        "what can only be expected stands in a line that chatspec plays, in one of the roles"},
    LintCodeWord{LintCode::kBadDelivery, "bad-delivery",
                 "`split`, `joined` or `apart` where it does nothing, or contradicts another"},
    LintCodeWord{LintCode::kBadAlternative, "bad-alternative",
                 "what cannot be one of several ways, or `then` where there is one way"},
    LintCodeWord{LintCode::kBadDeviation, "bad-deviation",
                 "`deviates` after the first way, or for a *must*"},
    LintCodeWord{LintCode::kImpossibleOrder, "impossible-order",
                 "what cannot come after what stands above: after a close, after `<silence>`, a "
                 "connection out of turn"},
    LintCodeWord{LintCode::kLooksLikeEscape, "looks-like-escape",
                 "without quotes, `\\n` and the like are text", Severity::kWarning},
    LintCodeWord{LintCode::kLooksLikeComment, "looks-like-comment", "after a text, `#` is text",
                 Severity::kWarning},
};

static_assert(chat::covers_in_order(kLintCodes, &LintCodeWord::code, LintCode::kLooksLikeComment));

constexpr const LintCodeWord& entry_of(LintCode code) {
  return chat::row_of(kLintCodes, code);
}

}  // namespace chatspec
