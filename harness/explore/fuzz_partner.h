// Whom fuzzing speaks to: what the protocol has it answer, and what it does answer.
// server_partner.h and client_partner.h have one each.

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/asking/asking.h"
#include "harness/explore/protocol/planned_conversation.h"
#include "reference/profile.h"
#include "reference/role.h"

namespace chatspec {

class FuzzPartner {
 public:
  virtual ~FuzzPartner() = default;

  virtual chat::Role role() const = 0;
  virtual const chat::Profile& profile() const = 0;

  // What is said with what comes back. Without what comes after the end.
  virtual PlannedConversation plan(const SaidConversation& said) const = 0;
  // What the answer to the last step of a plan's conversation rests on, or this part of it, the
  // most specific first; at least one.
  virtual std::vector<std::string> find_requirements(const SaidConversation& said,
                                                     std::string_view missed) const = 0;

  // Says it, up to the first answer that the protocol does not allow. `who` is below the number of
  // those who may ask at a time. `reached`: where the lines are put that the program has reached
  // and has not told before.
  virtual Asked ask(std::size_t who, const PlannedConversation& plan, ReachedLines& reached) = 0;
  // By a program that nobody has spoken to, with care, and until another time.
  virtual Asked ask_afresh(std::size_t who, const PlannedConversation& plan, TimePoint end) = 0;
  // To be told before several ask: that these are going to be asked.
  virtual void prepare(const PlannedConversation& /*plan*/) {}

  // Whether the program is started so that it tells which lines it reaches, if it is one that does.
  virtual bool watches_lines() const = 0;

  // Nothing as long as all was answered.
  virtual std::optional<AskingEnd> end() const = 0;
  virtual AskingCounts counts() const = 0;
};

}  // namespace chatspec
