#include "harness/script/replies.h"

#include "harness/scenario/item_kind.h"

namespace chatspec {

Replies::Replies(const chat::Profile& profile, Role role, std::span<const std::string> keys)
    : profile_(profile), role_(role), differ_(DueReplies::matter(profile)), due_(profile, keys) {}

void Replies::take(const TranscriptLine& line, bool is_of_text) {
  ok_ = profile_.ok;
  ok_after_fail_.clear();
  if (!differ_) return;
  const bool says_ok =
      line.speaker == Role::kServer && is_unit(line.alternatives.front().item, kOkUnit);
  if (role_ == Role::kServer) {
    if (says_ok) ok_ = due_.take_ok(line.connection);
  } else if (!says_ok) {
    if (line.speaker == Role::kClient && !is_of_text) note_command(line);
  } else if (const UnitWord answered = commands_[line.connection];
             answered == UnitWord::kPass || answered == UnitWord::kFail) {
    ok_ = profile_.reply_to_pass();
    if (profile_.reply_to_fail() != ok_) ok_after_fail_ = profile_.reply_to_fail();
  }
}

// Lines that are no command, such as a silence, are not answered by themselves.
void Replies::note_command(const TranscriptLine& line) {
  const Item& item = line.alternatives.front().item;
  if (item.kind != ItemKind::kUnit) return;
  const UnitWord word = word_of(item.text.bytes, *chat::find_profile("line"));
  if (word != UnitWord::kNone && word != UnitWord::kTerminator) commands_[line.connection] = word;
}

void Replies::send(int connection, std::string_view bytes) {
  if (differ_ && role_ == Role::kServer) due_.receive(connection, bytes);
}

void Replies::end(int connection) {
  if (differ_ && role_ == Role::kServer) due_.receive_end(connection);
}

ErrorReply Replies::error_reply(int connection) const {
  return differ_ && role_ == Role::kServer ? due_.error_reply(connection) : ErrorReply::kNone;
}

}  // namespace chatspec
