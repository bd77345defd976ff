// The server of the protocol, in memory, asked in the same way as a real one.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/alphabet.h"
#include "harness/explore/protocol/answer.h"
#include "reference/profile.h"

namespace chatspec {

// Keys that differ from each other, the same for a seed; more than a word has texts.
std::vector<std::string> make_exploring_keys(std::uint64_t seed);

// One conversation with the reference.
class ReferenceConversation {
 public:
  // Borrows all that it is given.
  ReferenceConversation(const chat::Profile& profile, std::span<const std::string> keys);
  ~ReferenceConversation();

  // The answer to what is said next.
  ExpectedAnswer say(const Said& said);

  bool is_over() const;
  // Two conversations of which this is the same have the same future, as long as there are keys.
  std::string state() const;
  // What is due, for people: "HELLO", "a command", "a text", "a verdict", "nothing".
  std::string_view due() const;
  // By which requirement it is over; "" where none was broken. Lives as long as the program.
  std::string_view broken_requirement() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

// The answers to a whole word.
Answers ask_reference(const chat::Profile& profile, std::span<const std::string> keys,
                      const SaidAlphabet& alphabet, std::span<const learning::Symbol> word);

}  // namespace chatspec
