#include "harness/script/materials.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <random>

#include <fmt/format.h>

#include "harness/script/dialect.h"
#include "harness/script/signature_form.h"
#include "reference/files.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kFreshKeyLetters = 20;

// Text that nobody can know beforehand. The n-th text of a case is the same however many others are
// asked for.
class RandomText {
 public:
  RandomText(std::uint64_t seed, std::string_view id) : seed_(seed), id_(id) {}

  std::string make(const Random& wanted) {
    const std::string digest = chat::sha256_hex(fmt::format("{} {} {}", seed_, id_, ++made_));
    std::mt19937_64 engine(std::stoull(digest.substr(0, 16), nullptr, 16));
    const std::string alphabet = bytes_of(wanted.alphabet);
    std::string text(wanted.count, '\0');
    for (char& c : text) c = alphabet[engine() % alphabet.size()];
    // A blank at its end would not be a part of it where it is a key.
    while (text.ends_with(' ') || text.ends_with('\t'))
      text.back() = alphabet[engine() % alphabet.size()];
    return text;
  }

 private:
  static std::string bytes_of(Alphabet alphabet) {
    std::string bytes;
    for (int value = 0; value < 256; ++value) {
      const bool wanted = alphabet == Alphabet::kBytes ? value != '\n' && value != '\r'
                          : alphabet == Alphabet::kPrintable
                              ? value >= 0x21 && value < 0x7f
                              : value < 0x7f && std::isalnum(value) != 0;
      if (wanted) bytes += static_cast<char>(value);
    }
    return bytes;
  }

  std::uint64_t seed_;
  std::string id_;
  int made_ = 0;
};

std::string make_value(const Value& value, const Dialect& dialect, RandomText& random) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (i > 0) text += '\n';
    if (const Literal* literal = std::get_if<Literal>(&value[i].content)) {
      text += dialect.text(literal->expanded());
    } else if (const Random* wanted = std::get_if<Random>(&value[i].content)) {
      text += random.make(*wanted);
    }
  }
  return text;
}

chat::FileStyle style_of(const FileDefinition& file) {
  return {.crlf = file.crlf,
          .last_line_end = !file.no_last_line_end,
          .trailing_blanks = file.trailing_blanks};
}

std::optional<std::string> make_file(const Scenario& scenario, FileKind kind,
                                     const std::vector<std::string>& entries,
                                     std::string (*format)(std::span<const std::string>,
                                                           const chat::FileStyle&)) {
  for (const FileDefinition* file : scenario.all<FileDefinition>()) {
    if (file->file != kind) continue;
    if (file->absent) return std::nullopt;
    return file->content ? file->content->expanded() : format(entries, style_of(*file));
  }
  return format(entries, {});
}

// The signatures of the client's file, as the `signature` below each message wants them. A message
// that no key is left for has its line all the same.
std::vector<std::string> make_file_signatures(const Scenario& scenario, const Materials& materials,
                                              const chat::Profile& profile) {
  const auto right = [&](std::size_t message) {
    return make_signature(materials, profile, message, message, SignatureForm::kRight);
  };
  std::vector<std::string> signatures;
  for (const Statement& statement : scenario.statements) {
    if (std::holds_alternative<MessageDefinition>(statement.content))
      signatures.push_back(right(signatures.size() + 1));
    const FileSignature* wanted = std::get_if<FileSignature>(&statement.content);
    if (!wanted) continue;
    assert(!signatures.empty());  // the check has seen a message above it
    if (const SignatureForm* form = std::get_if<SignatureForm>(&wanted->content)) {
      signatures.back() = in_form(*form, signatures.back());
    } else if (const std::size_t* other = std::get_if<std::size_t>(&wanted->content)) {
      signatures.back() = right(*other);
    } else {
      signatures.back() = std::get<Literal>(wanted->content).expanded();
    }
  }
  return signatures;
}

}  // namespace

Materials make_materials(const Scenario& scenario, const chat::Profile& profile,
                         std::string_view id, std::uint64_t seed, const GivenKeys& given_keys) {
  assert(!scenario.find<Table>());
  RandomText random(seed, id);
  const Dialect of_messages(profile, scenario);
  const Dialect of_keys(profile);
  Materials materials;
  for (const Statement& statement : scenario.statements) {
    if (const auto* key = std::get_if<KeyDefinition>(&statement.content)) {
      materials.keys.push_back(make_value(key->value, of_keys, random));
    } else if (const auto* message = std::get_if<MessageDefinition>(&statement.content)) {
      materials.messages.push_back(make_value(message->value, of_messages, random));
    }
  }
  // Where it says nothing of keys, one for each message.
  materials.own_keys = !materials.keys.empty()
                           ? materials.keys.size()
                           : std::max<std::size_t>(1, materials.messages.size());
  if (given_keys) materials.keys = *given_keys;
  const bool fresh = materials.keys.empty();
  while (fresh && materials.keys.size() < materials.own_keys)
    materials.keys.push_back(random.make({kFreshKeyLetters, Alphabet::kLetters}));
  materials.file_signatures = make_file_signatures(scenario, materials, profile);
  assert(materials.file_signatures.size() == materials.messages.size());
  materials.shapes_key_file =
      std::ranges::any_of(scenario.all<FileDefinition>(),
                          [](const FileDefinition* file) { return file->file == FileKind::kKeys; });
  materials.key_file = make_file(scenario, FileKind::kKeys, materials.keys, chat::format_keys);
  materials.message_file =
      make_file(scenario, FileKind::kMessages, materials.messages, chat::format_messages);
  materials.signature_file = make_file(scenario, FileKind::kSignatures, materials.file_signatures,
                                       chat::format_signatures);
  for (const ArgumentDefinition* argument : scenario.all<ArgumentDefinition>()) {
    materials.arguments[argument->placeholder] =
        argument->value ? std::optional(argument->value->expanded()) : std::nullopt;
  }
  return materials;
}

std::string make_signature(const Materials& materials, const chat::Profile& profile,
                           std::size_t message, std::size_t key, SignatureForm form) {
  assert(message >= 1 && message <= materials.messages.size() && key >= 1);
  const std::string& text = materials.messages[message - 1];
  const std::string own = key <= materials.keys.size() ? materials.keys[key - 1] : std::string();
  return in_form(form, chat::sign(profile, text, own));
}

}  // namespace chatspec
