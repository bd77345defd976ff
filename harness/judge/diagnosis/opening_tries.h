// The opening in other forms than the profile's, where nothing else can be tried: what a server
// makes of HELLO and a client of the reply to it, told apart by how it ends and is written. Whoever
// plays them does so elsewhere; here is what they are, and what their outcome says of the program.

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/judge/findings/cause.h"
#include "harness/transcript/transcript.h"
#include "reference/profile.h"
#include "reference/role.h"
#include "reference/text/word_table.h"

namespace chatspec {

using chat::Role;

enum class Opening {
  kAsWritten,  // as the case that failed has it, in the profile
  kNoLineEnd,
  kLf,
  kCrLf,
  kCut,        // the profile's line end in a segment of its own
  kOtherCase,  // HELLO in lower case; of a profile that has it so, in upper case
  kCodeOnly,   // of the reply nothing but its code
};

// The words are stable: logs hold them.
inline constexpr std::array kOpenings{
    chat::EnumWord{Opening::kAsWritten, "as-written"},
    chat::EnumWord{Opening::kNoLineEnd, "no-line-end"},
    chat::EnumWord{Opening::kLf, "lf"},
    chat::EnumWord{Opening::kCrLf, "cr-lf"},
    chat::EnumWord{Opening::kCut, "cut"},
    chat::EnumWord{Opening::kOtherCase, "other-case"},
    chat::EnumWord{Opening::kCodeOnly, "code-only"},
};
static_assert(chat::covers_in_order(kOpenings, &chat::EnumWord<Opening>::value,
                                    Opening::kCodeOnly));
std::string_view to_string(Opening opening);
std::optional<Opening> parse_opening(std::string_view word);

// One form of the opening, and what came of it in a cell of its own.
struct OpeningTry {
  Opening opening{};
  std::string before{};    // what the program had sent by itself: of a client, its HELLO
  std::string sent{};      // by us; empty where it came to nothing that could be sent
  std::string received{};  // after that
  EventKind ending = EventKind::kQuiet;  // or kEndOfStream or kReset
  bool is_answered = false;              // see answers_opening()

  bool operator==(const OpeningTry&) const = default;
};

// The forms that tell more than the profile's own of a program in this role, the likeliest first.
std::vector<Opening> other_openings(const chat::Profile& profile, Role role);

// What we send in that form: HELLO to a server, the reply to HELLO to a client.
std::string encode_opening(const chat::Profile& profile, Role role, Opening opening);

// Whether it is what follows in the protocol, whatever line end it has: of a server the reply to
// HELLO, of a client the first DATA.
bool answers_opening(const chat::Profile& profile, Role role, std::string_view received);

// What the program seems to expect, and what to do. `tries` begin with that of the case itself,
// which failed. Not known where they say no more than that case does.
Cause diagnose_opening(const chat::Profile& profile, Role role, std::span<const OpeningTry> tries);

// The line end with which the program speaks and is spoken to there, as far as a try shows it: a
// server answers what has it, and answers with it; a client's HELLO has it. Nothing where what came
// fits to none.
std::optional<chat::LineEnd> find_spoken_line_end(const chat::Profile& profile, Role role,
                                                  const OpeningTry& one);

}  // namespace chatspec
