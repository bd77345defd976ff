#include "harness/explore/fuzz_seeds.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/alphabet.h"
#include "harness/explore/answer.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/reference_machine.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

// Some have arrays for eight messages, some for sixteen.
constexpr std::array<std::size_t, 8> kMessages{1, 2, 3, 4, 5, 6, 8, 17};

SaidConversation make_happy_seed(const chat::Profile& profile, std::size_t messages,
                                 std::size_t keys) {
  std::string bytes = chat::encode_unit(profile, profile.hello);
  for (std::size_t i = 0; i < messages; ++i) {
    bytes += chat::encode_unit(profile, profile.data);
    bytes += chat::encode_text(profile, fmt::format("message {}\n.\\ line 2", i));
    bytes += chat::encode_terminator(profile);
    bytes += chat::encode_unit(profile, i % 2 == 0 ? profile.pass : profile.fail);
  }
  bytes += chat::encode_unit(profile, profile.quit);
  return {.steps = in_lock_step(profile, bytes), .keys = keys};
}

}  // namespace

std::vector<SaidConversation> make_happy_seeds(const chat::Profile& profile, std::size_t keys) {
  std::vector<SaidConversation> seeds;
  for (const std::size_t messages : kMessages)
    seeds.push_back(make_happy_seed(profile, messages, keys));
  seeds.push_back(make_happy_seed(profile, 2, 1));
  return seeds;
}

std::vector<SaidConversation> make_edge_seeds(const chat::Profile& profile, std::size_t keys) {
  const auto alphabet = parse_alphabet("all", profile);
  learning::Names outputs;
  const auto machine = make_reference_machine(profile, *alphabet, outputs).machine;
  std::vector<SaidConversation> seeds;
  for (const auto& access : find_access_words(machine)) {
    for (learning::Symbol symbol = 0; symbol < machine.inputs(); ++symbol) {
      learning::Word word = access.value();
      if (outputs.name(machine.step(run(machine, word), symbol).output) == kEndedAnswer) continue;
      word.push_back(symbol);
      SaidConversation seed{.keys = keys};
      for (std::size_t place = 0; place < word.size(); ++place)
        seed.steps.push_back(say_symbol(profile, *alphabet, word[place], place));
      seeds.push_back(std::move(seed));
    }
  }
  std::ranges::stable_sort(seeds, {}, [](const auto& seed) { return seed.steps.size(); });
  return seeds;
}

std::vector<SaidConversation> make_byte_seeds(const chat::Profile& profile, std::string_view bytes,
                                              std::size_t keys) {
  if (bytes.empty() || bytes.size() > kMostSaidBytes) return {};
  SaidConversation seed{.steps = in_lock_step(profile, bytes), .keys = keys};
  if (seed.steps.size() > kMostSaidSteps) return {};
  return {std::move(seed)};
}

}  // namespace chatspec
