// Whose mark is another one than in an earlier grading, and why. A mark that fell comes first.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/class_marks.h"
#include "reference/text/word_table.h"

namespace chatspec {

// From what is to be looked at first.
enum class MarkTurn {
  kFell,
  kLost,  // there was a mark, and is none
  kRose,
  kGained,  // there was none, and is one: not graded before, or not handed in
};

struct MarkTurnWord {
  MarkTurn turn;
  std::string_view word;  // stable, of JSON and of tables
  std::string_view title;
};
inline constexpr std::array kMarkTurns{
    MarkTurnWord{MarkTurn::kFell, "fell", "fell"},
    MarkTurnWord{MarkTurn::kLost, "lost", "not graded any more"},
    MarkTurnWord{MarkTurn::kRose, "rose", "rose"},
    MarkTurnWord{MarkTurn::kGained, "gained", "not graded before"},
};
static_assert(chat::covers_in_order(kMarkTurns, &MarkTurnWord::turn, MarkTurn::kGained));

// What a part earned, and of how much; nothing where an assignment does not have it.
struct PartTurn {
  Role role = Role::kServer;
  std::string cases{};
  std::optional<Points> earned_before{};
  std::optional<Points> points_before{};
  std::optional<Points> earned_now{};
  std::optional<Points> points_now{};
};

// What a mistake costs; 0 where it is not made.
struct MistakeTurn {
  ScoredMistake mistake{};  // as it is told now, where it is made now
  Points before{};
  Points now{};
};

// What a case came to.
struct CaseTurn {
  Role role = Role::kServer;
  std::string id{};
  std::string
      before{};  // "pass", "fail wrong-reply"; "not there" where nobody was played that case
  std::string now{};
  bool passed_before = false;
  bool passes_now = false;
};

struct MarkChange {
  MarkTurn turn = MarkTurn::kFell;
  std::string id{};
  std::string student{};
  std::optional<Points> before{};
  std::optional<Points> now{};
  std::string why_not{};         // on the side without a mark; a sentence without a full stop
  bool has_other_files = false;  // where both are known
  // Where there is a mark on both sides: what differs, the dearest mistakes first.
  std::vector<PartTurn> parts{};
  std::vector<MistakeTurn> mistakes{};
  std::vector<CaseTurn> cases{};

  // How many hundredths more it has now; 0 where there is no mark on a side.
  Points difference() const { return before && now ? *now - *before : Points(); }
};

struct MarkChanges {
  // What may have changed the mark of everybody, in sentences without a full stop.
  std::vector<std::string> remarks{};
  std::vector<std::string> settings_before{};  // of the assignment, that are not there now
  std::vector<std::string> settings_now{};     // that were not there before
  std::vector<MarkChange> changes{};           // by their kinds, the largest first
  std::size_t same = 0;                        // submissions with the same mark
  std::size_t without = 0;                     // that are not graded on either side

  std::size_t count(MarkTurn turn) const;
  // Whether anybody has less than before, or nothing.
  bool is_worse() const { return count(MarkTurn::kFell) + count(MarkTurn::kLost) > 0; }
  // Whether all on which marks depend but the submissions is as it was.
  bool is_same_setting() const {
    return remarks.empty() && settings_before.empty() && settings_now.empty();
  }
};

// Submissions are compared by their ids, parts by their role and words, mistakes by their roots.
MarkChanges compare_marks(const ClassMarks& before, const ClassMarks& now);

}  // namespace chatspec
