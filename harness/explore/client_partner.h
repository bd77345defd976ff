// A client that is fuzzed.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/explore/asking/client_asker.h"
#include "harness/explore/fuzz_partner.h"

namespace chatspec {

class ClientPartner final : public FuzzPartner {
 public:
  // Borrows what the settings do; their signatures are those of ServerSpeaker.
  explicit ClientPartner(const ClientAsker::Settings& settings)
      : source_(settings.source), asker_(settings) {}

  chat::Role role() const override { return chat::Role::kClient; }
  const chat::Profile& profile() const override { return source_.profile; }
  // The first step says nothing: a client begins by itself. One without messages has one.
  PlannedConversation plan(const SaidConversation& said) const override;
  std::vector<std::string> find_requirements(const SaidConversation& said,
                                             std::string_view missed) const override;
  Asked ask(std::size_t who, const PlannedConversation& plan, ReachedLines& reached) override;
  Asked ask_afresh(std::size_t who, const PlannedConversation& plan, TimePoint end) override;
  bool watches_lines() const override { return source_.start.tells_lines; }
  std::optional<AskingEnd> end() const override { return asker_.end(); }
  AskingCounts counts() const override { return asker_.counts(); }

 private:
  ClientSource source_;
  ClientAsker asker_;
};

}  // namespace chatspec
