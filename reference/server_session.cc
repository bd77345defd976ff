#include "reference/server_session.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "reference/framing.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

using State = ServerSession::State;

// What may come in which state. All else is a violation.
struct Rule {
  State state;
  std::string Profile::* command;
  State next;
  const std::string& (*reply)(const Profile&);  // null: none
};

constexpr std::array<Rule, 5> kRules{{
    {State::kGreeting, &Profile::hello, State::kCommand,
     [](const Profile& profile) -> const std::string& { return profile.ok; }},  // HELLO-2
    {State::kCommand, &Profile::data, State::kText, nullptr},                   // DATA-2
    {State::kCommand, &Profile::quit, State::kFinished, nullptr},               // QUIT-2, QUIT-3
    {State::kVerdict, &Profile::pass, State::kCommand,
     [](const Profile& profile) -> const std::string& {
       return profile.reply_to_pass();
     }},  // VERDICT-2
    {State::kVerdict, &Profile::fail, State::kCommand,
     [](const Profile& profile) -> const std::string& {
       return profile.reply_to_fail();
     }},  // VERDICT-2
}};

std::string_view broken_requirement(State state) {
  switch (state) {
    case State::kGreeting:
      return "STATE-1";
    case State::kCommand:
      return "STATE-2";
    case State::kText:
      return "DATA-1";
    case State::kVerdict:
      return "STATE-3";
    case State::kFinished:
      return "QUIT-1";
  }
  std::unreachable();
}

// "DATA or QUIT"
std::string expected_commands(const Profile& profile, State state) {
  std::string names;
  for (const Rule& rule : kRules) {
    if (rule.state != state) continue;
    if (!names.empty()) names += " or ";
    names += escape_bytes(profile.*rule.command);
  }
  return names;
}

}  // namespace

void ServerSession::Tee::text(std::string_view piece) {
  signer_->text(piece);
  received_->text(piece);
}

void ServerSession::Tee::line_end() {
  signer_->line_end();
  received_->line_end();
}

ServerSession::ServerSession(const Profile& profile, std::span<const std::string> keys,
                             TextSink& received, const ServerLimits& limits)
    : profile_(&profile),
      keys_(keys),
      received_(&received),
      signer_(profile),
      tee_(signer_, received),
      unit_reader_(profile, limits.unit_bytes),
      message_decoder_(profile, tee_, limits.message_bytes) {}

void ServerSession::receive(std::string_view bytes) {
  while (!bytes.empty() && !finished()) {
    if (state_ == State::kText) {
      receive_text(bytes);
    } else {
      receive_unit(bytes);
    }
  }
}

void ServerSession::receive_end() {
  if (finished()) return;
  std::string received = "the end of the stream";
  if (!unit_reader_.pending().empty()) {
    received = fmt::format("{} and the end of the stream", quote_start(unit_reader_.pending()));
  }
  if (state_ == State::kText) {
    violate("DATA-1", fmt::format("expected the terminator {}, received {}",
                                  quote(profile_->terminator), received));
  } else {
    violate(
        broken_requirement(state_),
        fmt::format("expected {}, received {}", expected_commands(*profile_, state_), received));
  }
}

std::string ServerSession::take_output() {
  if (output_.empty()) return {};
  std::string out = std::move(output_.front());
  output_.pop_front();
  return out;
}

void ServerSession::receive_unit(std::string_view& bytes) {
  const auto unit = unit_reader_.next(bytes);
  if (!unit) {
    refuse(broken_requirement(state_),
           fmt::format("expected {}, received {}", expected_commands(*profile_, state_),
                       unit.error().received));
  } else if (*unit) {
    show(**unit);
    obey(**unit);
  }
}

void ServerSession::receive_text(std::string_view& bytes) {
  const auto message = message_decoder_.next(bytes);
  if (!message) {
    refuse("LIMIT-2", fmt::format("received {}", message.error().received));
  } else if (*message) {
    show(profile_->terminator);
    end_message();
  }
}

void ServerSession::obey(const std::string& unit) {
  for (const Rule& rule : kRules) {
    if (rule.state != state_ || unit != profile_->*rule.command) continue;
    state_ = rule.next;
    if (rule.reply != nullptr) reply(rule.reply(*profile_));
    if (state_ == State::kText) begin_message();
    return;
  }
  refuse(broken_requirement(state_),
         fmt::format("expected {}, received {}", expected_commands(*profile_, state_),
                     quote_start(unit)));
}

void ServerSession::begin_message() {
  if (begun_count_ == keys_.size()) {
    refuse("STATE-4", fmt::format("expected {}, received {} number {}, but there are only {} keys",
                                  escape_bytes(profile_->quit), escape_bytes(profile_->data),
                                  begun_count_ + 1, keys_.size()));
    return;
  }
  signer_.begin(keys_[begun_count_++]);
}

void ServerSession::end_message() {
  if (profile_->has_signature_behind_reply()) {
    reply(encode_announcement(*profile_) + signer_.finish());
  } else {
    reply(profile_->signature);
    reply(signer_.finish());
  }
  ++signed_count_;
  state_ = State::kVerdict;
}

void ServerSession::reply(std::string_view word) {
  std::string unit = encode_unit(*profile_, word);
  if (profile_->has_line_ends() && !output_.empty()) {
    output_.back() += unit;
  } else {
    output_.push_back(std::move(unit));
  }
}

void ServerSession::violate(std::string_view requirement, std::string message) {
  violation_ = Violation{requirement, std::move(message)};
  state_ = State::kFinished;
}

// A violation by something that was received, and not by the end of the stream: the client may
// still read why it is left.
void ServerSession::refuse(std::string_view requirement, std::string message) {
  violate(requirement, std::move(message));
  if (profile_->error_reply) reply(*profile_->error_reply);
}

void ServerSession::show(std::string_view unit) {
  if (!unit.empty()) received_->text(unit);
  received_->line_end();
}

}  // namespace chat
