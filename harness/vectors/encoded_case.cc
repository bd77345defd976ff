#include "harness/vectors/encoded_case.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "harness/script/dialect.h"
#include "harness/vectors/encoded_steps.h"
#include "reference/requirements.h"

namespace chatspec {
namespace {

VectorJson encode_each(const std::vector<std::string>& values) {
  VectorJson array = VectorJson::array();
  for (const std::string& value : values) array.push_back(encode_bytes(value));
  return array;
}

// null: there is no such file, or the argument is left out.
VectorJson encode_optional(const std::optional<std::string>& value) {
  return value ? encode_bytes(*value) : VectorJson();
}

// Those that programs of the role are given.
VectorJson encode_files(const Script& script) {
  const Materials& materials = script.materials;
  if (script.role == Role::kServer) return {{"keys", encode_optional(materials.key_file)}};
  return {{"messages", encode_optional(materials.message_file)},
          {"signatures", encode_optional(materials.signature_file)}};
}

// Each message with its own key, and with the others that an expectation names.
VectorJson encode_signatures(const Script& script) {
  const Materials& materials = script.materials;
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 1; i <= std::min(materials.messages.size(), materials.keys.size()); ++i)
    pairs.emplace(i, i);
  for (const Step& step : script.steps) {
    for (const Expectation& way : step.alternatives) {
      if (way.kind == ItemKind::kSignature && way.key <= materials.keys.size())
        pairs.emplace(way.message, way.key);
    }
  }
  VectorJson signatures = VectorJson::array();
  for (const auto& [message, key] : pairs) {
    signatures.push_back(VectorJson{
        {"message", message},
        {"key", key},
        {"value", make_signature(materials, script.profile, message, key, SignatureForm::kRight)}});
  }
  return signatures;
}

}  // namespace

VectorJson encode_scenario(const Case& one, const Script& script) {
  VectorJson requirements = VectorJson::array();
  for (const std::string& id : one.requirements(script.role)) {
    requirements.push_back(
        VectorJson{{"id", id}, {"level", chat::to_string(chat::find_requirement(id)->level)}});
  }
  return {{"scenario", one.file->id},
          {"source_sha256", hash_source(*one.file)},
          {"reason", Dialect(script.profile, one.scenario).prose(one.description())},
          {"level", chat::to_string(one.level(script.role))},
          {"requirements", std::move(requirements)},
          {"needs", one.needs()}};
}

VectorJson encode_case(const Case& one, const Script& script) {
  VectorJson encoded{{"id", one.id},
                     {"comment", Dialect(script.profile, one.scenario).prose(one.title())},
                     {"tags", one.tags(script.role, &script.profile)},
                     {"observe", list_observations(script)},
                     {"keys", encode_each(script.materials.keys)},
                     {"messages", encode_each(script.materials.messages)},
                     {"signatures", encode_signatures(script)},
                     {"files", encode_files(script)}};
  VectorJson arguments = VectorJson::object();
  for (const auto& [name, value] : script.materials.arguments)
    arguments[name] = encode_optional(value);
  encoded["arguments"] = std::move(arguments);
  encoded["steps"] = encode_steps(script);
  return encoded;
}

}  // namespace chatspec
