// What a server does in answer to a symbol, as a symbol itself: text that is the same whenever it
// does the same, and that a person can read: "nothing", "260 OK", "270 SIG, signature right",
// "closed".

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chatspec {

// Symbols in turn, one for each symbol of a word.
using Answers = std::vector<std::string>;

inline constexpr std::string_view kNothingAnswer = "nothing";      // and the connection stays open
inline constexpr std::string_view kClosedAnswer = "closed";        // FIN or RST
inline constexpr std::string_view kEndedAnswer = "ended";          // it was not asked: all was over
inline constexpr std::string_view kCrashedAnswer = "crashed";      // and the connection with it
inline constexpr std::string_view kUnclosedAnswer = "not closed";  // though we have ended
inline constexpr std::string_view kFloodAnswer = "sent without end";

// What the protocol has a server answer.
struct ExpectedAnswer {
  std::string answer{};
  // What is as good, since the protocol leaves it open: an end before the line is complete that can
  // be no command any more, say.
  std::vector<std::string> also{};

  bool allows(std::string_view came) const;
};

// How an answer ends.
enum class AnswerEnd {
  kOpen,      // nothing more comes for now
  kClosed,    // the connection is over, in order or by a reset
  kUnclosed,  // nothing more comes, though we have closed our direction: more cannot be said
  kFlood,     // it sent more than an answer may have
};

// More is not heard of one answer.
inline constexpr std::size_t kMostAnswerBytes = 64 * 1024;

// `received` is all that came, and `right_signatures` those that are right at the moment, in the
// order in which they are due; the last one for those that come besides. Replies and signatures are
// checked byte by byte with their line ends; what is neither is quoted, the beginning of it where
// it is long. Upper-case digits in place of lower-case ones are right (SIG-3 is no *must*).
std::string name_answer(const chat::Profile& profile, std::string_view received, AnswerEnd end,
                        std::span<const std::string> right_signatures);

// The same answer where the server crashed over it: "signal 11 (SEGV), crashed" for "closed".
std::string name_crash(std::string_view answer, std::string_view how);

// What name_crash() is told where the server reported an exception and was not killed.
inline constexpr std::string_view kExceptionCrash = "exception";

// Whether nothing can follow it on the connection. What is quoted ends otherwise.
bool ends_connection(std::string_view answer);

}  // namespace chatspec
