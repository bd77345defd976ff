#include "harness/script/due_replies.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "reference/framing.h"
#include "reference/text/lines.h"

namespace chatspec {

bool DueReplies::matter(const chat::Profile& profile) {
  return profile.pass_reply || profile.fail_reply || profile.error_reply;
}

void DueReplies::receive(int connection, std::string_view bytes) {
  Server& server = server_of(connection);
  server.session.receive(bytes);
  take_output(server);
}

void DueReplies::receive_end(int connection) {
  Server& server = server_of(connection);
  server.stream_ended = server.stream_ended || !server.session.finished();
  server.session.receive_end();
}

std::string DueReplies::take_ok(int connection) {
  std::deque<std::string>& oks = server_of(connection).oks;
  if (oks.empty()) return profile_.ok;
  std::string reply = std::move(oks.front());
  oks.pop_front();
  return reply;
}

ErrorReply DueReplies::error_reply(int connection) const {
  const auto found = servers_.find(connection);
  if (!profile_.error_reply || found == servers_.end()) return ErrorReply::kNone;
  const Server& server = *found->second;
  if (server.stream_ended) return ErrorReply::kMay;
  return server.session.violation() ? ErrorReply::kDue : ErrorReply::kNone;
}

DueReplies::Server& DueReplies::server_of(int connection) {
  auto& server = servers_[connection];
  if (!server) server = std::make_unique<Server>(profile_, keys_);
  return *server;
}

// What it sends in one piece may be several units.
void DueReplies::take_output(Server& server) const {
  const std::array<const std::string*, 3> answers{&profile_.ok, &profile_.reply_to_pass(),
                                                  &profile_.reply_to_fail()};
  for (std::string out = server.session.take_output(); !out.empty();
       out = server.session.take_output()) {
    for (std::string_view rest = out; !rest.empty();) {
      const std::string_view unit =
          profile_.has_line_ends() ? chat::take_whole_line(rest) : std::exchange(rest, {});
      assert(!profile_.has_line_ends() ||
             unit.ends_with('\n'));  // the reference server sends whole units
      const auto said = std::ranges::find_if(answers, [&](const std::string* answer) {
        return unit == chat::encode_unit(profile_, *answer);
      });
      if (said != answers.end()) server.oks.push_back(**said);
    }
  }
}

}  // namespace chatspec
