// The codes of everything that can be wrong, or doubtful, in a scenario. Lists of known mistakes,
// editors, tests and graders hold on to them: messages may be said better one day, codes stay. A
// code stands for one kind of mistake, however many places find it; it says how to mend it rather
// than where it was noticed. scenarios/README.md explains each, and a test holds it to this table.

#pragma once

#include <array>
#include <string_view>

#include "reference/word_table.h"

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
  Severity severity = Severity::kError;
};

inline constexpr std::array kLintCodes{
    LintCodeWord{LintCode::kUnreadableFile, "unreadable-file"},
    LintCodeWord{LintCode::kNoScenario, "no-scenario"},
    LintCodeWord{LintCode::kTooLarge, "too-large"},
    LintCodeWord{LintCode::kControlCharacter, "control-character"},
    LintCodeWord{LintCode::kByteOrderMark, "byte-order-mark"},
    LintCodeWord{LintCode::kSeveralScenarios, "several-scenarios"},
    LintCodeWord{LintCode::kUnclosed, "unclosed"},
    LintCodeWord{LintCode::kBadEscape, "bad-escape"},
    LintCodeWord{LintCode::kMustBeQuoted, "must-be-quoted"},
    LintCodeWord{LintCode::kMissingValue, "missing-value"},
    LintCodeWord{LintCode::kUnexpectedText, "unexpected-text"},
    LintCodeWord{LintCode::kBadNumber, "bad-number"},
    LintCodeWord{LintCode::kMisplacedLine, "misplaced-line"},
    LintCodeWord{LintCode::kMisplacedComment, "misplaced-comment"},
    LintCodeWord{LintCode::kUnknownDirective, "unknown-directive"},
    LintCodeWord{LintCode::kUnknownSpeaker, "unknown-speaker"},
    LintCodeWord{LintCode::kUnknownItem, "unknown-item"},
    LintCodeWord{LintCode::kUnknownModifier, "unknown-modifier"},
    LintCodeWord{LintCode::kUnknownWord, "unknown-word"},
    LintCodeWord{LintCode::kUnknownRequirement, "unknown-requirement"},
    LintCodeWord{LintCode::kUnknownProfile, "unknown-profile"},
    LintCodeWord{LintCode::kUnknownMessage, "unknown-message"},
    LintCodeWord{LintCode::kUnknownKey, "unknown-key"},
    LintCodeWord{LintCode::kUnknownScenario, "unknown-scenario"},
    LintCodeWord{LintCode::kBadName, "bad-name"},
    LintCodeWord{LintCode::kDuplicate, "duplicate"},
    LintCodeWord{LintCode::kMissingDirective, "missing-directive"},
    LintCodeWord{LintCode::kLevelTooStrong, "level-too-strong"},
    LintCodeWord{LintCode::kWrongRole, "wrong-role"},
    LintCodeWord{LintCode::kCircularNeeds, "circular-needs"},
    LintCodeWord{LintCode::kBadTable, "bad-table"},
    LintCodeWord{LintCode::kUnusedColumn, "unused-column"},
    LintCodeWord{LintCode::kBadValue, "bad-value"},
    LintCodeWord{LintCode::kNothingExpected, "nothing-expected"},
    LintCodeWord{LintCode::kPlayedByHarness, "played-by-harness"},
    LintCodeWord{LintCode::kBadDelivery, "bad-delivery"},
    LintCodeWord{LintCode::kBadAlternative, "bad-alternative"},
    LintCodeWord{LintCode::kBadDeviation, "bad-deviation"},
    LintCodeWord{LintCode::kImpossibleOrder, "impossible-order"},
    LintCodeWord{LintCode::kLooksLikeEscape, "looks-like-escape", Severity::kWarning},
    LintCodeWord{LintCode::kLooksLikeComment, "looks-like-comment", Severity::kWarning},
};

static_assert(chat::covers_in_order(kLintCodes, &LintCodeWord::code, LintCode::kLooksLikeComment));

constexpr const LintCodeWord& entry_of(LintCode code) {
  return chat::row_of(kLintCodes, code);
}

}  // namespace chatspec
