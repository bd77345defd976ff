#include "fuzz/support/pipes.h"

#include <algorithm>

#include "fuzz/support/exchange.h"
#include "reference/recording_sink.h"
#include "reference/server_session.h"

namespace chatspec::fuzz {
namespace {

// One side, and the bytes on their way to its peer.
class Side {
 public:
  Side(chat::Session& session, bool whole_units) : session_(&session), whole_units_(whole_units) {}

  // Sends up to `count` bytes. Gives whether any were sent.
  bool send(std::size_t count) {
    if (whole_units_) {
      if (!wire_.empty()) return false;
      wire_ = session_->take_output();
      return !wire_.empty();
    }
    if (unsent_.empty()) unsent_ = session_->take_output();
    count = std::min(count, unsent_.size());
    wire_.append(unsent_, 0, count);
    unsent_.erase(0, count);
    return count > 0;
  }

  // Gives up to `count` bytes of what is on its way to the peer. Gives whether there were any.
  bool deliver(Side& peer, std::size_t count) {
    count = whole_units_ ? wire_.size() : std::min(count, wire_.size());
    if (count == 0) return false;
    peer.session_->receive(std::string_view(wire_).substr(0, count));
    wire_.erase(0, count);
    return true;
  }

  bool done() const { return session_->finished() && wire_.empty() && unsent_.empty(); }

 private:
  chat::Session* session_;
  bool whole_units_;
  std::string unsent_;
  std::string wire_;
};

// Lets one side do something, what the schedule's byte says if it can. Gives whether it could.
bool step(Side& side, Side& peer, unsigned byte) {
  const std::size_t count = byte / 4 + 1;
  if ((byte & 2U) != 0) return side.send(count) || side.deliver(peer, count);
  return side.deliver(peer, count) || side.send(count);
}

}  // namespace

Meeting let_talk(const chat::Profile& profile, std::span<const std::string> messages,
                 std::span<const std::string> signatures, std::string_view schedule) {
  chat::RecordingSink client_sink;
  chat::RecordingSink server_sink;
  chat::ClientSession client(profile, messages, signatures, client_sink);
  chat::ServerSession server(profile, server_keys(), server_sink);
  Side client_side(client, !profile.has_line_ends());
  Side server_side(server, !profile.has_line_ends());
  Meeting meeting;
  for (std::size_t i = 0;; ++i) {
    const unsigned byte =
        schedule.empty() ? 0 : static_cast<unsigned char>(schedule[i % schedule.size()]);
    Side& first = (byte & 1U) != 0 ? client_side : server_side;
    Side& second = (byte & 1U) != 0 ? server_side : client_side;
    // Where neither can do anything, they have ended or never will.
    if (!step(first, second, byte) && !step(second, first, byte)) break;
  }
  meeting.ended = client_side.done() && server_side.done();
  if (client.violation()) meeting.client_violation = client.violation()->message;
  if (server.violation()) meeting.server_violation = server.violation()->message;
  meeting.outcomes.assign(client.outcomes().begin(), client.outcomes().end());
  return meeting;
}

}  // namespace chatspec::fuzz
