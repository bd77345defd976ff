#include "harness/scenario/text_lines.h"

#include <cassert>

#include "harness/scenario/item_kind.h"

namespace chatspec {

bool TextLines::take(const TranscriptLine& line) {
  assert(!line.alternatives.empty());
  const Item& item = line.alternatives.front().item;
  if (line.speaker != Role::kClient || !is_bytes(item.kind)) return false;
  if (!open_.contains(line.connection)) {
    if (is_unit(item, kDataUnit)) open_.insert(line.connection);
    return false;
  }
  if (is_unit(item, kTerminatorUnit)) open_.erase(line.connection);
  return true;
}

}  // namespace chatspec
