// Which of a profile's replies a server owes to what it is sent: scenarios say `260 OK` for the
// answers to HELLO, PASS and FAIL alike, and nothing of an error reply. The reference server is
// asked, so that it holds however the bytes are written down (as units, raw, in pieces).

#pragma once

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "reference/no_text.h"
#include "reference/profile.h"
#include "reference/server_session.h"

namespace chatspec {

// An error reply before the server closes.
enum class ErrorReply {
  kNone,  // nothing was wrong
  kMay,   // the client has ended the stream before its time; who replies to it does no harm
  kDue,   // something was received that is a violation
};

class DueReplies {
 public:
  // Whether the profile's replies are others than those that scenarios are written with.
  static bool matter(const chat::Profile& profile);

  // Borrows both.
  DueReplies(const chat::Profile& profile, std::span<const std::string> keys)
      : profile_(profile), keys_(keys) {}

  // The server receives this on the connection.
  void receive(int connection, std::string_view bytes);
  void receive_end(int connection);

  // The reply, without its line end, for the next `260 OK` of the connection.
  std::string take_ok(int connection);

  ErrorReply error_reply(int connection) const;

 private:
  struct Server {
    Server(const chat::Profile& profile, std::span<const std::string> keys)
        : session(profile, keys, ignored) {}

    chat::NoText ignored;
    chat::ServerSession session;
    std::deque<std::string> oks;
    bool stream_ended = false;
  };

  Server& server_of(int connection);
  void take_output(Server& server) const;

  const chat::Profile& profile_;
  std::span<const std::string> keys_;
  std::map<int, std::unique_ptr<Server>> servers_;
};

}  // namespace chatspec
