// The client of the protocol, in memory, spoken to in the same way as a real one.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/answer.h"
#include "reference/profile.h"

namespace chatspec {

// What a client makes of a unit that is no signature where one is due (VERDICT-1 leaves it open).
enum class OnNoSignature { kFails, kCloses };

// One conversation with it. Where the protocol leaves open what comes next, there is nothing more
// to expect, and it is over.
class ReferenceClientConversation {
 public:
  // Borrows all that it is given; there are as many signatures as messages, or more. The profile
  // has line ends.
  ReferenceClientConversation(const chat::Profile& profile, std::span<const std::string> messages,
                              std::span<const std::string> signatures,
                              OnNoSignature on_no_signature = OnNoSignature::kFails);
  ~ReferenceClientConversation();

  // The answer to what is said next. What is said first is nothing: a client begins by itself.
  ExpectedAnswer say(const Said& said);

  bool is_over() const;
  // Two conversations of which this is the same have the same future, as long as there are
  // messages.
  std::string state() const;
  // What is due, for people: "the answer to HELLO", "a signature", "nothing". Lives as long as the
  // program.
  std::string_view due() const;
  // What it sent in answer to what was said last.
  const std::string& sent() const;
  // What the last answer rests on, the most specific first; at least one.
  std::vector<std::string> requirements() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace chatspec
