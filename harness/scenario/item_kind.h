// What items are, wherever that matters: to the check, to scripts, to whoever plays and judges.

#pragma once

#include <string_view>

#include "harness/scenario/scenario.h"

namespace chatspec {

// Any of several lines.
constexpr bool is_pattern(ItemKind kind) {
  return kind == ItemKind::kLike || kind == ItemKind::kAnyLine;
}

// Something that goes over the connection as bytes.
constexpr bool is_bytes(ItemKind kind) {
  return kind == ItemKind::kUnit || kind == ItemKind::kRaw || kind == ItemKind::kMessage ||
         kind == ItemKind::kSignature || kind == ItemKind::kAnySignature || is_pattern(kind);
}

// A close, half-close or reset.
constexpr bool is_ending(ItemKind kind) {
  return kind == ItemKind::kClose || kind == ItemKind::kHalfClose || kind == ItemKind::kReset;
}

// About the process rather than a connection: what it printed, how it exited.
constexpr bool is_about_program(ItemKind kind) {
  return kind == ItemKind::kPrints || kind == ItemKind::kPrintsReceived ||
         kind == ItemKind::kComplains || kind == ItemKind::kExit;
}

// What the implementation is looked at for; the harness has nothing to do for it.
constexpr bool is_only_checked(ItemKind kind) {
  return kind == ItemKind::kSilence || kind == ItemKind::kNothing || is_about_program(kind);
}

// The units between which a text stands, as scenarios write them in every profile.
inline constexpr std::string_view kDataUnit = "DATA";
inline constexpr std::string_view kTerminatorUnit = ".";
// What answers HELLO and a verdict, and what announces a signature.
inline constexpr std::string_view kOkUnit = "260 OK";
inline constexpr std::string_view kAnnouncementUnit = "270 SIG";

// Whether the item is this unit, once.
inline bool is_unit(const Item& item, std::string_view word) {
  return item.kind == ItemKind::kUnit && item.text.times == 1 && item.text.bytes == word;
}

}  // namespace chatspec
