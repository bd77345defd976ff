#include "harness/grid/pair_materials.h"

#include <fmt/format.h>

#include "reference/files.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kWrong = 1;  // the message whose signature in the file is wrong
// Less than what a receive of the first programs of a course takes (PROTOCOL.md, "Profiles").
constexpr std::size_t kLongLine = 600;

std::string word_of(std::uint64_t seed, std::string_view what) {
  constexpr std::size_t kDigits = 12;
  return chat::sha256_hex(fmt::format("{} pair {}", seed, what)).substr(0, kDigits);
}

std::vector<std::string> make_texts(const chat::Profile& profile, std::uint64_t seed) {
  const std::string word = word_of(seed, "text");
  std::vector<std::string> texts{
      fmt::format("a message without punctuation {}", word),
      "another one",
      fmt::format("two lines\nand {} in the second", word),
      "",
      fmt::format("a longer one\n\nwith an empty line in it\n{}", std::string(kLongLine, 'x')),
  };
  // Without it, a line that begins with a dot may be cut where nobody can tell it from the end.
  if (profile.escapes() || profile.dot_stuffing)
    texts.emplace_back(".\nC:\\path\\.\\\nIt ends. It begins.\n..\n\\.\n\\");
  return texts;
}

}  // namespace

std::string PairMaterials::key_file() const {
  return chat::format_keys(keys);
}

std::string PairMaterials::message_file() const {
  return chat::format_messages(texts);
}

std::string PairMaterials::signature_file() const {
  return chat::format_signatures(signatures);
}

PairMaterials make_pair_materials(const chat::Profile& profile, std::uint64_t seed) {
  PairMaterials materials{.texts = make_texts(profile, seed)};
  for (std::size_t i = 0; i < materials.texts.size(); ++i) {
    const std::string key = word_of(seed, fmt::format("key {}", i + 1));
    const bool is_wrong = i == kWrong;
    materials.keys.push_back(key);
    materials.signatures.push_back(
        chat::sign(profile, materials.texts[i], is_wrong ? key + " of nobody" : key));
    materials.outcomes.push_back(is_wrong ? chat::Outcome::kDiffered : chat::Outcome::kMatched);
  }
  return materials;
}

}  // namespace chatspec
