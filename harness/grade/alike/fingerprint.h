// What a program does that others may do, too, as far as the logs of its runs show it. Not a word
// of its source: whoever renames everything in a program, or writes it anew in another language,
// leaves its mistakes as they are.

#pragma once

#include <array>
#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "harness/grade/settled_run.h"
#include "reference/text/word_table.h"

namespace chatspec {

enum class TraitKind {
  kMistake,  // a root; `within` is empty
  kCase,     // a case that shows a mistake, and with which code; `within` is the mistake
  kReply,    // a line that it sends and the protocol does not know
  kErrors,   // a line on standard error
  kOutput,   // a line on standard output that was not sent to it
  kWrites,   // how it cuts what it sends
  kEnd,      // how it ends
};

struct TraitKindWord {
  TraitKind kind;
  std::string_view word;  // for people, before what it is
};
inline constexpr std::array kTraitKinds{
    TraitKindWord{TraitKind::kMistake, "mistake"},
    TraitKindWord{TraitKind::kCase, "seen in"},
    TraitKindWord{TraitKind::kReply, "sends"},
    TraitKindWord{TraitKind::kErrors, "writes on standard error"},
    TraitKindWord{TraitKind::kOutput, "writes on standard output"},
    TraitKindWord{TraitKind::kWrites, "cuts what it sends"},
    TraitKindWord{TraitKind::kEnd, "ends with"},
};
static_assert(chat::covers_in_order(kTraitKinds, &TraitKindWord::kind, TraitKind::kEnd));

// The same in two submissions that do the same.
struct Trait {
  TraitKind kind = TraitKind::kMistake;
  Role role = Role::kServer;
  std::string id{};      // without numbers and quoted texts, which each run has its own of
  std::string within{};  // the id of the mistake to which it belongs

  auto operator<=>(const Trait&) const = default;
};

struct Fingerprint {
  std::string id{};                       // of the submission
  std::map<Trait, std::string> traits{};  // with what is told of each, in one line
};

// Of what does not pass alone, since nothing else is alike only in some. Of a client's lines and
// ours only their cases are taken: they hold the texts of its own run.
Fingerprint take_fingerprint(std::string id, std::span<const SettledRun> runs);

}  // namespace chatspec
