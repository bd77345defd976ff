#include "harness/explore/protocol/client_seeds.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/fuzz/interesting.h"
#include "harness/explore/fuzz/minimise.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/fuzz/server_speaker.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

// Some have arrays for eight messages, some for sixteen.
constexpr std::array<std::size_t, 6> kMessageCounts{1, 2, 3, 5, 8, 17};
// And some for so many lines.
constexpr std::array<std::size_t, 4> kLineCounts{33, 129, 257, 1025};
// Each step as `change` has its bytes.
template <typename Change>
SaidConversation with_steps(SaidConversation said, const Change& change) {
  for (Said& step : said.steps) step.segments = change(bytes_of(step));
  return said;
}

std::vector<std::string> byte_segments(const std::string& bytes) {
  std::vector<std::string> segments;
  for (const char byte : bytes) segments.emplace_back(1, byte);
  return segments;
}

std::vector<std::string> crlf_segment(const std::string& bytes) {
  std::string changed;
  for (const std::string& line : split_lines(bytes))
    changed += std::string(without_line_end(line)) + "\r\n";
  return {changed};
}

// Short ones first.
std::vector<std::string> make_unusual_messages(const chat::Profile& profile) {
  std::vector<std::string> messages = make_message_lines(profile);
  for (const char* lines : {"\n", "a\n\nb\n", "a\n\n\nb", "\n\n\na"}) messages.emplace_back(lines);
  for (const std::size_t length : edge_lengths()) messages.emplace_back(length, 'x');
  for (const std::size_t count : kLineCounts) {
    std::string lines = "1";
    for (std::size_t i = 2; i <= count; ++i) lines += fmt::format("\n{}", i);
    messages.push_back(std::move(lines));
  }
  return messages;
}

// A message for each signature that is almost the one of its file.
SaidConversation say_spoilt_signatures(const chat::Profile& profile) {
  const std::vector<std::string> messages(kSpoiltSignatures, "a");
  SaidConversation said = say_to_client(profile, messages);
  const auto signatures = make_said_signatures(profile);
  for (std::size_t i = 0; i < messages.size(); ++i)
    said.steps[1 + 2 * i].segments = {
        chat::encode_announcement(profile) +
        chat::encode_unit(profile, spoil_signature(signatures[i])[i])};
  return said;
}

}  // namespace

SaidConversation say_to_client(const chat::Profile& profile, std::span<const std::string> messages,
                               bool is_right) {
  const auto signatures = make_said_signatures(profile);
  SaidConversation said{.messages = {messages.begin(), messages.end()}};
  const auto say = [&](std::string bytes) {
    said.steps.push_back({.segments = {std::move(bytes)}});
  };
  say(chat::encode_unit(profile, profile.ok));
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string& signature = signatures[is_right ? i : (i + 1) % signatures.size()];
    say(chat::encode_announcement(profile) + chat::encode_unit(profile, signature));
    say(chat::encode_unit(profile, is_right ? profile.reply_to_pass() : profile.reply_to_fail()));
  }
  return said;
}

std::vector<SaidConversation> make_client_happy_seeds(const chat::Profile& profile) {
  std::vector<SaidConversation> seeds;
  for (const std::size_t count : kMessageCounts) {
    std::vector<std::string> messages;
    for (std::size_t i = 0; i < count; ++i) messages.push_back(fmt::format("message {}\n.\\ x", i));
    seeds.push_back(say_to_client(profile, messages));
  }
  const SaidConversation two = seeds[1];
  seeds.push_back(say_spoilt_signatures(profile));
  seeds.push_back(say_to_client(profile, two.messages, false));
  seeds.push_back(with_steps(two, byte_segments));
  seeds.push_back(with_steps(two, crlf_segment));
  seeds.push_back(say_patiently(profile, two));
  const auto unusual = make_unusual_messages(profile);
  for (std::size_t at = 0; at < unusual.size(); at += kMostSaidMessages)
    seeds.push_back(say_to_client(
        profile, std::span(unusual).subspan(at, std::min(kMostSaidMessages, unusual.size() - at))));
  return seeds;
}

std::vector<SaidConversation> make_client_edge_seeds(const chat::Profile& profile) {
  const std::vector<std::string> messages{"first", "second"};
  const SaidConversation happy = say_patiently(profile, say_to_client(profile, messages));
  std::vector<SaidConversation> seeds;
  for (std::size_t at = 0; at < happy.steps.size(); ++at) {
    const std::string right = bytes_of(happy.steps[at]);
    const auto add = [&](Said said) {
      SaidConversation seed = happy;
      seed.steps.resize(at);
      seed.steps.push_back(std::move(said));
      seeds.push_back(std::move(seed));
    };
    for (const SaidEnd end : {SaidEnd::kHalfClose, SaidEnd::kClose, SaidEnd::kReset}) {
      add({.segments = {}, .end = end});
      add({.segments = {right.substr(0, right.size() / 2)}, .end = end});
    }
    for (const char* wrong : {"500 No", "", "261 OK", "NONSENSE"})
      add({.segments = {chat::encode_unit(profile, wrong)}});
    add({.segments = {right.substr(0, right.size() / 2)}});
  }
  const std::string large = make_large_text();
  seeds.push_back(say_to_client(profile, std::span(&large, 1)));
  return seeds;
}

std::vector<SaidConversation> make_message_seeds(const chat::Profile& profile,
                                                 std::span<const std::string> messages) {
  const bool has_cr = std::ranges::any_of(
      messages, [](const std::string& message) { return message.contains('\r'); });
  if (messages.empty() || messages.size() > kMostSaidMessages || has_cr) return {};
  SaidConversation seed = say_to_client(profile, messages);
  if (size_of(seed) > kMostSaidBytes) return {};
  return {std::move(seed)};
}

}  // namespace chatspec
