// How a scenario is said in a profile. Scenarios are written in the words of the profile `line`
// (scenarios/README.md, "Words of a profile"); this is where they become a course's own.

#pragma once

#include <array>
#include <string>
#include <string_view>

#include "harness/scenario/scenario.h"
#include "reference/profile.h"

namespace chatspec {

// Which of the protocol's words a unit is.
enum class UnitWord { kHello, kData, kPass, kFail, kQuit, kOk, kSignature, kTerminator, kNone };

// Borrows the profile.
class Dialect {
 public:
  // `about_escaping`: what is said is about escaping itself, so that `\` and `.` stand for the
  // profile's escape character and for what is escaped of its terminator.
  explicit Dialect(const chat::Profile& profile, bool about_escaping = false);
  // Scenarios for `escaping` are about escaping.
  Dialect(const chat::Profile& profile, const Scenario& scenario);

  // A unit that stands outside of texts: a word of the protocol as the profile has it, a misspelt
  // one misspelt in the same way, and all else as it is.
  std::string unit(std::string_view written) const;
  // Bytes of a text.
  std::string text(std::string bytes) const;
  // A sentence for people, with the words of the protocol that stand in it.
  std::string prose(std::string_view sentence) const;

 private:
  const chat::Profile* profile_;
  bool about_escaping_;
  bool same_words_;
  bool same_marks_ = true;
  std::array<char, 256> marks_{};  // what each byte of a text becomes; nothing is lost by it
  char escape_ = '\\';
  char dot_ = '.';
};

// The word of the protocol that `unit` is in this profile.
UnitWord word_of(std::string_view unit, const chat::Profile& profile);

// Whether the scenario is for profiles of this name or property.
bool is_for(const Scenario& scenario, std::string_view word);

}  // namespace chatspec
