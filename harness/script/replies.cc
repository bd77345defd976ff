#include "harness/script/replies.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "harness/scenario/text_lines.h"
#include "reference/framing.h"
#include "reference/quote.h"

namespace chatspec {

Replies::Replies(const Script& script)
    : script_(script),
      differ_(DueReplies::matter(script.profile)),
      due_(script.profile, script.materials.keys) {}

void Replies::take(const TranscriptLine& line, bool is_of_text) {
  const chat::Profile& profile = script_.profile;
  ok_ = profile.ok;
  ok_after_fail_.clear();
  if (!differ_) return;
  const bool says_ok =
      line.speaker == Role::kServer && is_unit(line.alternatives.front().item, kOkUnit);
  if (script_.role == Role::kServer) {
    if (says_ok) ok_ = due_.take_ok(line.connection);
  } else if (!says_ok) {
    if (line.speaker == Role::kClient && !is_of_text) note_command(line);
  } else if (const UnitWord answered = commands_[line.connection];
             answered == UnitWord::kPass || answered == UnitWord::kFail) {
    ok_ = profile.reply_to_pass();
    if (profile.reply_to_fail() != ok_) ok_after_fail_ = profile.reply_to_fail();
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
  if (differ_ && script_.role == Role::kServer) due_.receive(connection, bytes);
}

void Replies::end(int connection) {
  if (differ_ && script_.role == Role::kServer) due_.receive_end(connection);
}

void Replies::add_error_reply(Step& step) const {
  if (!differ_ || script_.role != Role::kServer) return;
  const ErrorReply wanted = due_.error_reply(step.connection);
  if (wanted == ErrorReply::kNone) return;
  const std::string& reply = *script_.profile.error_reply;
  const bool due_first =
      wanted == ErrorReply::kDue && step.alternatives.front().kind == ItemKind::kClose;
  std::vector<Expectation> ways;
  for (Expectation& way : step.alternatives) {
    const bool closes = way.kind == ItemKind::kClose;
    if (!closes || wanted == ErrorReply::kMay) ways.push_back(way);
    if (!closes) continue;
    Expectation replies{.kind = ItemKind::kUnit,
                        .subject = Subject::kReply,
                        .bytes = chat::encode_unit(script_.profile, reply),
                        .deviates = way.deviates,
                        .requirement = way.requirement};
    std::vector<Expectation> behind = std::exchange(way.then, {});
    replies.then.push_back(std::move(way));
    std::ranges::move(behind, std::back_inserter(replies.then));
    ways.push_back(std::move(replies));
  }
  step.alternatives = std::move(ways);
  if (due_first) step.shown = chat::escape_bytes(reply) + " then " + step.shown;
}

}  // namespace chatspec
