#include "harness/script/wording.h"

#include "harness/scenario/item_kind.h"
#include "harness/scenario/printer.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

Subject subject_of_word(UnitWord word) {
  switch (word) {
    case UnitWord::kHello:
    case UnitWord::kData:
    case UnitWord::kQuit:
      return Subject::kCommand;
    case UnitWord::kPass:
    case UnitWord::kFail:
      return Subject::kVerdict;
    case UnitWord::kOk:
    case UnitWord::kSignature:
      return Subject::kReply;
    case UnitWord::kTerminator:
      return Subject::kText;
    case UnitWord::kNone:
      return Subject::kOther;
  }
  return Subject::kOther;
}

Subject subject_of(const Item& item, Role speaker) {
  if (is_pattern(item.kind)) return speaker == Role::kServer ? Subject::kReply : Subject::kCommand;
  if (item.kind == ItemKind::kMessage) return Subject::kText;
  if (item.kind == ItemKind::kSignature || item.kind == ItemKind::kAnySignature)
    return Subject::kSignature;
  if (item.kind != ItemKind::kUnit || item.text.times != 1) return Subject::kOther;
  return subject_of_word(word_of(item.text.bytes, *chat::find_profile("line")));
}

std::size_t key_of(const Item& item) {
  return item.key != 0 ? item.key : item.number;
}

}  // namespace

// Within a text there are no commands, and a unit is a line of it.
std::string Wording::said(const Item& item, const Surroundings& there) const {
  const std::string written = item.text.expanded();
  if (there.is_of_text && !is_unit(item, kTerminatorUnit)) return dialect_.text(written);
  if (is_unit(item, kOkUnit)) return std::string(there.ok);
  return item.kind == ItemKind::kRaw ? written : dialect_.unit(written);
}

std::string Wording::shown(const Item& item, const Surroundings& there) const {
  if (item.kind != ItemKind::kUnit) return print(item);
  Item in_profile = item;
  in_profile.text.bytes =
      is_unit(item, kOkUnit) ? std::string(there.ok) : dialect_.unit(item.text.bytes);
  return print(in_profile);
}

bool Wording::announces(const Item& item, Role speaker) const {
  return profile_.has_signature_behind_reply() && speaker == Role::kServer &&
         is_unit(item, kAnnouncementUnit);
}

std::string Wording::bytes_of(const Item& item, const Surroundings& there) const {
  switch (item.kind) {
    case ItemKind::kUnit:
      return announces(item, there.speaker) ? chat::encode_announcement(profile_)
                                            : chat::encode_unit(profile_, said(item, there));
    case ItemKind::kMessage:
      return chat::encode_text(profile_, materials_.messages.at(item.number - 1));
    case ItemKind::kSignature:
      return chat::encode_unit(
          profile_, make_signature(materials_, profile_, item.number, key_of(item), item.form));
    case ItemKind::kRaw:
      return said(item, there);
    default:
      return {};
  }
}

// A line that is said in full stands for the profile's word, as on the wire.
Pattern Wording::pattern_of(const Item& item) const {
  if (item.kind == ItemKind::kAnyLine) return split_at_stars("*");
  const bool whole = item.kind != ItemKind::kLike && item.pattern.parts.size() == 1;
  return whole ? Pattern{{dialect_.unit(item.pattern.parts.front())}} : item.pattern;
}

Expectation Wording::expectation_of(const Item& item, const Surroundings& there) const {
  return {.kind = item.kind,
          .subject = subject_of(item, there.speaker),
          .bytes = bytes_of(item, there),
          .pattern = pattern_of(item),
          .message = item.number,
          .key = key_of(item),
          .exit = item.exit,
          .status = item.status,
          .requirement = {}};
}

Expectation Wording::way_of(const Alternative& alternative, const Surroundings& there) const {
  Expectation way = expectation_of(alternative.item, there);
  way.deviates = alternative.deviates;
  way.requirement = alternative.requirement;
  for (const Item& item : alternative.then) way.then.push_back(expectation_of(item, there));
  return way;
}

}  // namespace chatspec
