#include "harness/runs/remote_limits.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/scenario/item_kind.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// More signatures than the scenario has keys; a server with more keys gives them.
bool asks_beyond_last_key(const Script& script) {
  const std::string data = script.profile.data + std::string(script.profile.line_end_bytes());
  std::map<int, std::size_t> asked;
  for (const Step& step : script.steps) {
    if (step.action == Action::kSend && step.bytes == data) ++asked[step.connection];
  }
  return std::ranges::any_of(
      asked, [&](const auto& one) { return one.second > script.materials.own_keys; });
}

// Of a remote server nobody sees when it has read one unit, so that the next may follow.
bool sends_units_in_a_row(const Script& script) {
  const auto in_a_row = [](const Step& one, const Step& next) {
    return one.action == Action::kSend && next.action == Action::kSend &&
           one.connection == next.connection;
  };
  return std::ranges::adjacent_find(script.steps, in_a_row) != script.steps.end();
}

// Every line of every way.
std::vector<Expectation> all_parts(const Step& step) {
  std::vector<Expectation> parts;
  for (const Expectation& way : step.alternatives) {
    parts.push_back(way);
    parts.insert(parts.end(), way.then.begin(), way.then.end());
  }
  return parts;
}

}  // namespace

std::string obstacle_of_remote(const Script& script, const GivenKeys& keys) {
  const Materials& materials = script.materials;
  if (!materials.arguments.empty()) return "a remote server is not ours to start";
  if (materials.shapes_key_file) return "the key file of a remote server is not ours to write";
  if (!script.profile.has_line_ends() && sends_units_in_a_row(script)) {
    return "without line ends a server must have read one unit before the next, which cannot be "
           "seen of a remote one";
  }
  for (const Step& step : script.steps) {
    for (const Expectation& expectation : all_parts(step)) {
      if (is_about_program(expectation.kind) || expectation.kind == ItemKind::kNothing) {
        return "of a remote server, output and exit cannot be seen";
      }
      if (expectation.kind == ItemKind::kRestart) return "a remote server is not ours to start";
      if (expectation.kind != ItemKind::kSignature) continue;
      if (!keys) return "the keys of the remote server are not known";
      if (expectation.key > keys->size())
        return fmt::format("the remote server has no key {}", expectation.key);
    }
  }
  const std::size_t own_keys = materials.own_keys;
  const bool as_many = keys && keys->size() == own_keys;
  if (!as_many && asks_beyond_last_key(script))
    return "it is for a server with just " + chat::count_things(own_keys, "key");
  return {};
}

}  // namespace chatspec
