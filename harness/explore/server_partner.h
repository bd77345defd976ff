// A server that is fuzzed.

#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "harness/explore/asking/server_asker.h"
#include "harness/explore/fuzz_partner.h"

namespace chatspec {

class ServerPartner final : public FuzzPartner {
 public:
  // Borrows what the settings do. A server is started with so many of their keys as a conversation
  // says.
  explicit ServerPartner(const ServerAsker::Settings& settings) : settings_(settings) {}

  chat::Role role() const override { return chat::Role::kServer; }
  const chat::Profile& profile() const override { return settings_.source.profile; }
  PlannedConversation plan(const SaidConversation& said) const override;
  std::vector<std::string> find_requirements(const SaidConversation& said,
                                             std::string_view missed) const override;
  Asked ask(std::size_t who, const PlannedConversation& plan, ReachedLines& reached) override;
  Asked ask_afresh(std::size_t who, const PlannedConversation& plan, TimePoint end) override;
  void prepare(const PlannedConversation& plan) override;
  bool watches_lines() const override { return settings_.source.start.tells_lines; }
  std::optional<AskingEnd> end() const override;
  AskingCounts counts() const override;

 private:
  ServerAsker::Settings settings_;
  std::map<std::size_t, std::unique_ptr<ServerAsker>> askers_;  // by how many keys servers have
};

}  // namespace chatspec
