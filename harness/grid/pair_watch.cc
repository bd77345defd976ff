#include "harness/grid/pair_watch.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "reference/framing.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using ClientState = chat::ClientSession::State;
using ServerState = chat::ServerSession::State;

// By which a client is to say what it says next.
std::string_view requirement_of(ClientState state, bool is_last) {
  switch (state) {
    case ClientState::kGreeting:
      return "HELLO-1";
    case ClientState::kVerdict:
      return "VERDICT-1";
    case ClientState::kData:
      return is_last ? "QUIT-1" : "DATA-1";
    default:
      return "DATA-1";
  }
}

std::string describe(const Divergence& divergence) {
  const std::string said = chat::quote_start(divergence.said);
  if (divergence.due.empty()) return fmt::format("said {} where nothing was due", said);
  return fmt::format("said {} where {} was due", said, chat::quote_start(divergence.due));
}

// Of an answer that is not there, or not all of it.
std::string describe_owed(const Divergence& owed) {
  const std::string due = chat::quote_start(owed.due);
  if (owed.said.empty()) return fmt::format("where {} was due", due);
  return fmt::format("after {} where {} was due", chat::quote_start(owed.said), due);
}

}  // namespace

void PairWatch::Verdicts::text(std::string_view piece) {
  const std::size_t most = std::max(profile_.pass.size(), profile_.fail.size()) + 1;
  line_ += piece.substr(0, most - std::min(most, line_.size()));
}

void PairWatch::Verdicts::line_end() {
  if (line_ == profile_.pass) heard_.push_back(chat::Outcome::kMatched);
  if (line_ == profile_.fail) heard_.push_back(chat::Outcome::kDiffered);
  line_.clear();
}

PairWatch::PairWatch(const chat::Profile& profile, const PairMaterials& materials)
    : profile_(profile),
      materials_(materials),
      verdicts_(profile),
      client_shadow_(profile, materials.texts, materials.signatures, ignored_),
      server_shadow_(profile, materials.keys, verdicts_),
      client_(profile),
      server_(profile) {
  collect_due(Role::kClient);
}

chat::Session& PairWatch::shadow(Role side) {
  if (side == Role::kClient) return client_shadow_;
  return server_shadow_;
}

const chat::Session& PairWatch::shadow(Role side) const {
  if (side == Role::kClient) return client_shadow_;
  return server_shadow_;
}

void PairWatch::hear(Role side, std::string_view bytes) {
  last_speaker_ = side;
  DueStream& due = at(side).due;
  const bool had_other_case = due.has_other_case();
  if (const auto divergence = due.take(bytes)) note_divergence(side, *divergence);
  if (due.has_other_case() && !had_other_case)
    note({.side = side,
          .is_must = false,
          .requirement = "SIG-3",
          .sentence = "wrote the signature's digits in the other case"});
  shadow(chat::other(side)).receive(bytes);
  collect_due(chat::other(side));
}

void PairWatch::hear_end(Role side, bool by_reset) {
  const std::string_view how = by_reset ? "reset the connection" : "closed the connection";
  const DueStream& due = at(side).due;
  if (due.is_owing()) {
    const Divergence owed = due.owed();
    note({.side = side,
          .requirement = std::string(owed.requirement),
          .sentence = fmt::format("{} {}", how, describe_owed(owed))});
  } else if (!shadow(side).finished()) {
    note({.side = side,
          .requirement = side == Role::kClient ? "QUIT-1" : "DATA-7",
          .sentence = fmt::format("{} before the conversation was over", how)});
  } else if (by_reset) {
    note({.side = side,
          .is_must = false,
          .requirement = "END-3",
          .sentence = "reset the connection instead of closing it"});
  }
  at(side).has_ended = true;
  if (by_reset) at(chat::other(side)).has_ended = true;
  shadow(chat::other(side)).receive_end();
  collect_due(chat::other(side));
}

void PairWatch::hear_silence(Role side, std::string_view how) {
  const DueStream& due = at(side).due;
  if (due.is_owing()) {
    const Divergence owed = due.owed();
    note({.side = side,
          .requirement = std::string(owed.requirement),
          .sentence = fmt::format("said nothing more {} ({})", describe_owed(owed), how)});
  } else if (is_to_end(side)) {
    note({.side = side,
          .requirement = std::string(requirement_of_end(side)),
          .sentence = fmt::format("did not close the connection ({})", how)});
  }
}

void PairWatch::note(Departure departure) {
  if (departure.is_must && has_left(departure.side)) return;
  departures_.push_back(std::move(departure));
}

Role PairWatch::turn() const {
  for (const Role side : {Role::kServer, Role::kClient}) {
    if (at(side).due.is_owing() || is_to_end(side)) return side;
  }
  return last_speaker_ ? chat::other(*last_speaker_) : Role::kClient;
}

bool PairWatch::is_complete() const {
  const std::span<const chat::Outcome> found = client_shadow_.outcomes();
  const bool is_signed = std::ranges::equal(found, materials_.outcomes);
  // A client that a strict server would have sent away may be served by another; then what it made
  // of the signatures is not known, unless it was seen to be wrong.
  const bool is_told = server_shadow_.violation() || verdicts_.heard() == materials_.outcomes;
  const bool is_wrong = std::ranges::any_of(departures_, [](const Departure& one) {
    return one.requirement == "VERDICT-1" || one.requirement == "SIG-1";
  });
  return client_.has_ended && server_.has_ended && client_shadow_.finished() &&
         !client_shadow_.violation() && is_signed && is_told && !is_wrong;
}

std::size_t PairWatch::signed_count() const {
  const std::span<const chat::Outcome> found = client_shadow_.outcomes();
  std::size_t count = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == materials_.outcomes[i]) ++count;
  }
  return count;
}

bool PairWatch::has_left(Role side) const {
  return std::ranges::any_of(
      departures_, [side](const Departure& one) { return one.is_must && one.side == side; });
}

void PairWatch::collect_due(Role side) {
  if (side == Role::kClient) {
    collect_due_of_client();
  } else {
    collect_due_of_server();
  }
}

void PairWatch::collect_due_of_client() {
  while (true) {
    const ClientState state = client_shadow_.state();
    const auto unanswered =
        std::ranges::find(client_shadow_.outcomes(), chat::Outcome::kUnanswered);
    const auto next = static_cast<std::size_t>(unanswered - client_shadow_.outcomes().begin());
    const bool is_last = next == materials_.texts.size();
    const std::string due = client_shadow_.take_output();
    if (due.empty()) return;
    const std::string_view requirement = requirement_of(state, is_last);
    const bool is_of_empty_text =
        state == ClientState::kData && !is_last && materials_.texts[next].empty();
    // An empty text may be sent as no line or as an empty one: its signature is the same.
    const std::size_t before =
        is_of_empty_text ? chat::encode_unit(profile_, profile_.data).size() : 0;
    client_.due.add(std::string_view(due).substr(0, before), requirement);
    if (is_of_empty_text) client_.due.allow_line_end();
    client_.due.add(std::string_view(due).substr(before), requirement);
  }
}

void PairWatch::collect_due_of_server() {
  std::string due;
  for (std::string piece = server_shadow_.take_output(); !piece.empty();
       piece = server_shadow_.take_output())
    due += piece;
  const std::string ok = chat::encode_unit(profile_, profile_.ok);
  const std::string announcement = chat::encode_announcement(profile_);
  const std::size_t signature = chat::encode_unit(profile_, materials_.signatures.front()).size();
  std::string_view rest = due;
  const auto add = [&](std::size_t bytes, std::string_view requirement) {
    server_.due.add(rest.substr(0, bytes), requirement);
    rest.remove_prefix(std::min(bytes, rest.size()));
  };
  while (!rest.empty()) {
    if (rest.starts_with(announcement)) {
      add(announcement.size(), "DATA-4");
      add(signature, "SIG-1");
    } else if (!std::exchange(has_greeted_, true)) {
      add(ok.size(), "HELLO-2");
    } else {
      const std::size_t line_end = rest.find('\n');
      add(line_end == rest.npos ? rest.size() : line_end + 1, "VERDICT-2");
    }
  }
}

bool PairWatch::is_to_end(Role side) const {
  return shadow(side).finished() && !at(side).has_ended;
}

void PairWatch::note_divergence(Role side, const Divergence& divergence) {
  const std::string_view requirement = divergence.requirement.empty()
                                           ? requirement_of_surplus(side, divergence.said)
                                           : divergence.requirement;
  if (side == Role::kServer && requirement == "SIG-1")
    wrong_signature_ = {.message = server_shadow_.signed_count() - 1, .received = divergence.said};
  note({.side = side, .requirement = std::string(requirement), .sentence = describe(divergence)});
}

std::string_view PairWatch::requirement_of_surplus(Role side, std::string_view said) const {
  if (said.starts_with('\n') || said.starts_with('\r')) return "FRAME-1";
  if (side == Role::kClient) {
    switch (client_shadow_.state()) {
      case ClientState::kAwaitGreeted:
        return "HELLO-4";
      case ClientState::kAwaitNoted:
        return "VERDICT-3";
      case ClientState::kFinished:
        return client_shadow_.violation() ? "STATE-5" : "QUIT-1";
      default:
        return "";
    }
  }
  switch (server_shadow_.state()) {
    case ServerState::kGreeting:
      return "HELLO-3";
    case ServerState::kText:
      return "DATA-2";
    case ServerState::kFinished:
      return requirement_of_end(Role::kServer);
    default:
      return "";
  }
}

// Why a side is to end the connection.
std::string_view PairWatch::requirement_of_end(Role side) const {
  if (!shadow(side).violation()) return side == Role::kClient ? "QUIT-1" : "QUIT-2";
  return at(chat::other(side)).has_ended ? "END-2" : shadow(side).violation()->requirement;
}

}  // namespace chatspec
