// What a program does in answer to what is said, as a symbol: text that is the same whenever it
// does the same, and that a person can read: "nothing", "260 OK", "270 SIG, signature right",
// "closed"; of a client "DATA, text right".

#pragma once

#include <cstddef>
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

inline constexpr std::string_view kUnendedAnswer = "does not end";          // though all is over
inline constexpr std::string_view kNoConnectionAnswer = "never connected";  // a client, and ended

// What is left open by the protocol, so that many answers are as good.
enum class AnswerFreedom {
  kNone,     // `answer`, or one of `also`
  kMustEnd,  // whatever is still sent, the connection ends then
  kAny,      // whatever it is, but neither a crash by a signal nor a flood
};

// What the protocol has a program answer.
struct ExpectedAnswer {
  std::string answer{};
  // What is as good, since the protocol leaves it open: an end before the line is complete that can
  // be no command any more, say.
  std::vector<std::string> also{};
  AnswerFreedom freedom = AnswerFreedom::kNone;

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

// So many parts of an answer are named, after which stands kMoreParts, and so much of one that is
// quoted.
inline constexpr std::size_t kMostAnswerParts = 12;
inline constexpr std::string_view kMoreParts = "…";
inline constexpr std::size_t kMostAnswerQuoteBytes = 40;

// What names all that came in answer to what was said. It follows the whole of a conversation.
class AnswerWatch {
 public:
  virtual ~AnswerWatch() = default;

  // Something new is said: what was named last is over.
  virtual void begin() = 0;
  // What is said in one segment.
  virtual void hear(std::string_view bytes) = 0;
  // `received` is all that came since begin().
  virtual std::string name(std::string_view received, AnswerEnd end) = 0;
  // More is not heard of one answer.
  virtual std::size_t most_bytes() const { return kMostAnswerBytes; }
};

// `received` is all that came, and `right_signatures` those that are right at the moment, in the
// order in which they are due; the last one for those that come besides. Replies and signatures are
// checked byte by byte with their line ends; what is neither is quoted, the beginning of it where
// it is long. Upper-case digits in place of lower-case ones are right (SIG-3 is no *must*).
std::string name_answer(const chat::Profile& profile, std::string_view received, AnswerEnd end,
                        std::span<const std::string> right_signatures);

// The names of the parts, with how it ends.
std::string join_answer(std::vector<std::string> parts, AnswerEnd end);

// The same answer where the program crashed over it: "signal 11 (SEGV), crashed" for "closed".
std::string name_crash(std::string_view answer, std::string_view how);

// What name_crash() is told where the program reported an exception and was not killed.
inline constexpr std::string_view kExceptionCrash = "exception";

// Whether the connection is over then, in order or by a reset; "not closed" is something else.
bool ends_closed(std::string_view answer);

// Whether nothing can follow it on the connection. What is quoted ends otherwise.
bool ends_connection(std::string_view answer);

}  // namespace chatspec
