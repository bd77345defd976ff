#include "harness/script/terminators.h"

#include <algorithm>
#include <cassert>

#include "harness/scenario/item_kind.h"
#include "reference/framing.h"

namespace chatspec {

void Terminators::add(const TranscriptLine& line, bool is_of_text, std::string_view bytes) {
  const Item& item = line.alternatives.front().item;
  Stream& stream = streams_[line.connection];
  stream.sent += bytes.size();
  if (may_hide_terminator(item, bytes)) stream.known = false;
  if (!is_of_text || !is_unit(item, kTerminatorUnit)) return;
  assert(stream.ends.empty() || stream.ends.back() < stream.sent);
  stream.ends.push_back(stream.sent);
}

std::size_t Terminators::take_next(int connection) {
  Stream& stream = streams_[connection];
  if (stream.ends.empty()) return 0;
  const std::size_t end = stream.ends.front();
  stream.ends.pop_front();
  return stream.known ? end : 0;
}

bool Terminators::may_hide_terminator(const Item& item, std::string_view bytes) const {
  switch (item.kind) {
    case ItemKind::kRaw:
      return true;
    case ItemKind::kUnit:
      return item.text.bytes.find('\n') != std::string::npos;
    case ItemKind::kMessage:
      return !profile_.escapes() && !(profile_.dot_stuffing && profile_.has_line_ends()) &&
             std::ranges::any_of(chat::text_lines(bytes), [&](std::string_view text_line) {
               return text_line.starts_with(profile_.terminator);
             });
    default:
      return false;
  }
}

}  // namespace chatspec
