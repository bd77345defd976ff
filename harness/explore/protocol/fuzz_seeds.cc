#include "harness/explore/protocol/fuzz_seeds.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/fuzz/interesting.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/protocol/alphabet.h"
#include "harness/explore/protocol/answer.h"
#include "harness/explore/protocol/reference_machine.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

// Some have arrays for eight messages, some for sixteen.
constexpr std::array<std::size_t, 7> kMessages{1, 3, 4, 5, 6, 8, 17};
std::string make_happy_bytes(const chat::Profile& profile, std::size_t messages) {
  std::string bytes = chat::encode_unit(profile, profile.hello);
  for (std::size_t i = 0; i < messages; ++i) {
    bytes += chat::encode_unit(profile, profile.data);
    bytes += chat::encode_text(profile, fmt::format("message {}\n.\\ line 2", i));
    bytes += chat::encode_terminator(profile);
    bytes += chat::encode_unit(profile, i % 2 == 0 ? profile.pass : profile.fail);
  }
  return bytes + chat::encode_unit(profile, profile.quit);
}

// Each line ends with CR LF.
std::string with_crlf(std::string_view bytes) {
  std::string changed;
  for (const std::string& line : split_lines(bytes))
    changed += std::string(without_line_end(line)) + "\r\n";
  return changed;
}

// Every byte in a segment of its own.
std::vector<Said> say_by_bytes(std::vector<Said> steps) {
  for (Said& step : steps) {
    const std::string bytes = bytes_of(step);
    step.segments.clear();
    for (const char byte : bytes) step.segments.emplace_back(1, byte);
  }
  return steps;
}

}  // namespace

std::vector<SaidConversation> make_happy_seeds(const chat::Profile& profile, std::size_t keys) {
  std::vector<SaidConversation> seeds;
  for (const std::size_t messages : kMessages)
    seeds.push_back(
        {.steps = in_lock_step(profile, make_happy_bytes(profile, messages)), .keys = keys});
  const std::string two = make_happy_bytes(profile, 2);
  for (const std::string& bytes : {two, with_crlf(two)}) {
    seeds.push_back({.steps = in_lock_step(profile, bytes), .keys = keys});
    seeds.push_back({.steps = {{.segments = {bytes}}}, .keys = keys});
    seeds.push_back({.steps = say_by_bytes(in_lock_step(profile, bytes)), .keys = keys});
  }
  // With as many messages as there are keys, one and several, and with more.
  seeds.push_back({.steps = in_lock_step(profile, make_happy_bytes(profile, 1)), .keys = 1});
  seeds.push_back({.steps = in_lock_step(profile, two), .keys = 2});
  seeds.push_back({.steps = in_lock_step(profile, two), .keys = 1});
  return seeds;
}

SaidConversation make_large_seed(const chat::Profile& profile, std::size_t keys) {
  return {.steps = in_lock_step(profile, chat::encode_unit(profile, profile.hello) +
                                             chat::encode_unit(profile, profile.data) +
                                             chat::encode_text(profile, make_large_text()) +
                                             chat::encode_terminator(profile)),
          .keys = keys};
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
      seeds.push_back({.steps = say_word(profile, *alphabet, word), .keys = keys});
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
