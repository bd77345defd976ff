// A scenario's replies in a profile that has others for PASS, FAIL or violations: scenarios say
// `260 OK` and `<close>` for all of them.

#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "harness/scenario/scenario.h"
#include "harness/script/dialect.h"
#include "harness/script/due_replies.h"
#include "reference/profile.h"

namespace chatspec {

// Follows a transcript line by line. Borrows profile and keys.
class Replies {
 public:
  Replies(const chat::Profile& profile, Role role, std::span<const std::string> keys);

  // The next line, and whether it is of a text.
  void take(const TranscriptLine& line, bool is_of_text);
  // What the line says for `260 OK`, and what it sends instead where the client under test has said
  // FAIL, as it may; empty where that makes no difference.
  const std::string& ok() const { return ok_; }
  const std::string& ok_after_fail() const { return ok_after_fail_; }

  // What a server under test is sent.
  void send(int connection, std::string_view bytes);
  void end(int connection);

  // Whether the profile's error reply comes before the next <close> of a server under test.
  ErrorReply error_reply(int connection) const;

 private:
  void note_command(const TranscriptLine& line);

  const chat::Profile& profile_;
  Role role_;
  bool differ_;  // from what scenarios say
  DueReplies due_;
  std::map<int, UnitWord> commands_;  // of a client under test, by connection: the last
  std::string ok_;
  std::string ok_after_fail_;
};

}  // namespace chatspec
