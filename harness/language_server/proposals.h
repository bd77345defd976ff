// What may stand in places of the language, for whoever writes there.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/language_server/line_spot.h"

namespace chatspec::language_server {

enum class ProposalKind { kWord, kItem, kRequirement, kScenario, kTag, kText };

struct Proposal {
  std::string text{};  // what is written
  ProposalKind kind = ProposalKind::kWord;
  std::string detail{};    // beside it, in short; may be empty
  std::string markdown{};  // what it means; may be empty
};

using Proposals = std::vector<Proposal>;  // in the order in which they are best shown

// Behind the word of the directive that begins the spot's line.
Proposals list_values(const LineSpot& spot);

// In a line of a key or message.
Proposals list_texts(const LineSpot& spot);

// Behind `C:`, `S:`, `or` and `then`: units of that side (of a way: of both), items, columns.
Proposals list_items(const LineSpot& spot);

// Behind the beginning of an item, such as `<signature 1 ` and `<exit `; none where that takes no
// more words, or not yet.
Proposals list_item_words(std::string_view item);

// Behind the bar: `modifier` is what stands there so far.
Proposals list_modifiers(const LineSpot& spot, std::string_view modifier);

}  // namespace chatspec::language_server
