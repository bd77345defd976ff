#include "reference/client_session.h"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

// A piece that keeps the connection busy without needing more memory than a socket's buffer does.
// Without line ends there are no pieces: what one send carries is a unit, and a text with its
// terminator is one.
std::size_t piece_bytes(const Profile& profile) {
  constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
  return profile.has_line_ends() ? kPieceBytes : std::numeric_limits<std::size_t>::max();
}

}  // namespace

ClientSession::ClientSession(const Profile& profile, std::span<const std::string> messages,
                             std::span<const std::string> signatures, TextSink& received,
                             std::size_t max_unit_bytes)
    : profile_(&profile),
      messages_(messages),
      signatures_(signatures),
      received_(&received),
      unit_reader_(profile, max_unit_bytes),
      outcomes_(messages.size(), Outcome::kUnanswered) {}

bool ClientSession::awaits_reply() const {
  return state_ == State::kAwaitGreeted || state_ == State::kAwaitCode ||
         state_ == State::kAwaitSignature || state_ == State::kAwaitNoted;
}

// In a state that awaits one other than the signature.
const std::string& ClientSession::due_reply() const {
  switch (state_) {
    case State::kAwaitCode:
      return profile_->signature;
    case State::kAwaitNoted:
      return outcomes_[current_] == Outcome::kMatched ? profile_->reply_to_pass()
                                                      : profile_->reply_to_fail();
    default:
      return profile_->ok;
  }
}

std::string ClientSession::expected_reply() const {
  switch (state_) {
    case State::kAwaitGreeted:
    case State::kAwaitNoted:
      return escape_bytes(due_reply());
    case State::kAwaitCode:
      return escape_bytes(due_reply()) +
             (profile_->has_signature_behind_reply() ? " and a signature after it" : "");
    case State::kAwaitSignature:
      return "a signature";
    default:
      return fmt::format("nothing before {} was sent",
                         state_ == State::kGreeting  ? escape_bytes(profile_->hello)
                         : state_ == State::kData    ? "the next command"
                         : state_ == State::kVerdict ? "the verdict"
                                                     : "the terminator");
  }
}

std::string ClientSession::take_output() {
  std::string out;
  while (!finished() && !awaits_reply() && out.size() < piece_bytes(*profile_)) {
    send_next(out);
    if (!profile_->has_line_ends() && state_ != State::kTerminator) break;
  }
  return out;
}

void ClientSession::send_next(std::string& out) {
  switch (state_) {
    case State::kGreeting:
      out += encode_unit(*profile_, profile_->hello);
      state_ = State::kAwaitGreeted;
      break;
    case State::kData:
      if (current_ == messages_.size()) {
        out += encode_unit(*profile_, profile_->quit);
        state_ = State::kFinished;
        break;
      }
      out += encode_unit(*profile_, profile_->data);
      text_.emplace(*profile_, messages_[current_]);
      state_ = State::kText;
      break;
    case State::kText:
      text_->append_to(out, piece_bytes(*profile_));
      if (text_->done()) state_ = State::kTerminator;
      break;
    case State::kTerminator:
      out += encode_terminator(*profile_);
      state_ = State::kAwaitCode;
      break;
    case State::kVerdict:
      out += encode_unit(
          *profile_, outcomes_[current_] == Outcome::kMatched ? profile_->pass : profile_->fail);
      state_ = State::kAwaitNoted;
      break;
    default:
      std::unreachable();
  }
}

void ClientSession::receive(std::string_view bytes) {
  while (!bytes.empty() && !finished()) {
    if (!awaits_reply()) {
      violate("STATE-5",
              fmt::format("expected {}, received {}", expected_reply(), quote_start(bytes)));
      return;
    }
    const auto unit = unit_reader_.next(bytes);
    if (!unit) {
      violate("STATE-5",
              fmt::format("expected {}, received {}", expected_reply(), unit.error().received));
    } else if (*unit) {
      if (!(*unit)->empty()) received_->text(**unit);
      received_->line_end();
      obey(**unit);
    }
  }
}

void ClientSession::receive_end() {
  if (finished()) return;
  const std::string_view pending = unit_reader_.pending();
  violate("END-2", fmt::format("expected {}, received {}the end of the stream", expected_reply(),
                               pending.empty() ? "" : quote_start(pending) + " and "));
}

// A signature that is none at all is "any other" to VERDICT-1; what fails with a violation is a
// wrong code (STATE-5).
void ClientSession::obey(const std::string& unit) {
  if (state_ == State::kAwaitSignature) return compare(unit);
  if (state_ == State::kAwaitCode && profile_->has_signature_behind_reply()) {
    const std::string announcement = encode_announcement(*profile_);
    if (unit.starts_with(announcement))
      return compare(std::string_view(unit).substr(announcement.size()));
    violate("STATE-5",
            fmt::format("expected {}, received {}", expected_reply(), quote_start(unit)));
    return;
  }
  if (unit != due_reply()) {
    violate("STATE-5",
            fmt::format("expected {}, received {}", expected_reply(), quote_start(unit)));
    return;
  }
  if (state_ == State::kAwaitCode) {
    state_ = State::kAwaitSignature;
    return;
  }
  if (state_ == State::kAwaitNoted) ++current_;
  state_ = State::kData;
}

void ClientSession::compare(std::string_view signature) {
  const bool matched = is_signature(*profile_, signature) &&
                       same_signature(*profile_, signature, signatures_[current_]);
  outcomes_[current_] = matched ? Outcome::kMatched : Outcome::kDiffered;
  state_ = State::kVerdict;
}

void ClientSession::violate(std::string_view requirement, std::string message) {
  violation_ = Violation{requirement, std::move(message)};
  state_ = State::kFinished;
}

}  // namespace chat
