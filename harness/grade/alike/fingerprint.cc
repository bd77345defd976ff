#include "harness/grade/alike/fingerprint.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/report/log/restored_profile.h"
#include "harness/report/roots.h"
#include "harness/report/signs.h"
#include "reference/framing.h"
#include "reference/profile.h"
#include "reference/signature.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// Of a line more says nothing, and of a program's lines more are a flood.
constexpr std::size_t kMostBytesOfALine = 120;
constexpr std::size_t kMostLines = 40;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < kMostLines) lines.push_back(chat::take_line(text));
  return lines;
}

// The profile of a run; the usual one where its log does not tell.
chat::Profile profile_of(const SettledRun& run) {
  if (run.run && run.run->run) {
    if (auto restored = restore_profile(run.run->run->profile)) return *std::move(restored);
  }
  return chat::builtin_profiles().front();
}

// Whether a server may send such a line.
bool is_of_the_protocol(const chat::Profile& profile, std::string_view line) {
  if (line.empty() || chat::is_word_of(profile, line)) return true;
  if (!profile.has_signature_behind_reply()) return chat::is_signature(profile, line);
  const std::string announcement = chat::encode_announcement(profile);
  return line.starts_with(announcement) &&
         chat::is_signature(profile, line.substr(announcement.size()));
}

// Lines that we sent in a case: whoever shows them says nothing of itself.
std::set<std::string_view> lines_sent(const CaseRecord& played) {
  std::set<std::string_view> sent;
  for (const EventRecord& event : played.events) {
    if (event.kind != EventKind::kSent) continue;
    for (std::string_view line : lines_of(event.bytes.begin)) sent.insert(line);
  }
  return sent;
}

std::string tell_exit(const ExitStatus& exit) {
  return fmt::format("{} {}", exit.by_signal ? "signal" : "exit status", exit.value);
}

class FingerprintTaker {
 public:
  explicit FingerprintTaker(Fingerprint& taken) : taken_(taken) {}

  void take(const SettledRun& run) {
    role_ = run.role;
    profile_ = profile_of(run);
    pieces_ = joined_ = 0;
    for (const Root& root : find_roots(run.cases)) {
      if (root.kind != Root::Kind::kTrouble) add_mistake(root);
    }
    for (const CaseRecord* played : run.cases) add_case(*played);
    if (pieces_ + joined_ > 0)
      add(TraitKind::kWrites, pieces_ > joined_ ? "apart" : "joined",
          pieces_ > joined_ ? "the reply to a text and the signature apart"
                            : "the reply to a text and the signature at once");
  }

 private:
  void add(TraitKind kind, std::string id, std::string words, std::string within = {}) {
    taken_.traits.emplace(Trait{kind, role_, std::move(id), std::move(within)}, std::move(words));
  }

  void add_mistake(const Root& root) {
    add(TraitKind::kMistake, root.id, sentence_of(root));
    for (const Showing& showing : root.showings) {
      const std::string code = showing.finding ? showing.finding->code : "";
      add(TraitKind::kCase, fmt::format("{} {}", showing.played->id, code), showing.played->id,
          root.id);
    }
  }

  void add_case(const CaseRecord& played) {
    const std::set<std::string_view> sent = lines_sent(played);
    add_lines(TraitKind::kErrors, played.errors.bytes.begin, sent);
    if (role_ == Role::kClient) return;
    add_lines(TraitKind::kOutput, played.output.bytes.begin, sent);
    for (const EventRecord& event : played.events) {
      if (event.kind == EventKind::kReceived) add_received(event.bytes.begin, sent);
    }
    if (played.exit) add(TraitKind::kEnd, tell_exit(*played.exit), tell_exit(*played.exit));
  }

  void add_received(std::string_view bytes, const std::set<std::string_view>& sent) {
    const std::string code = profile_.signature.substr(0, profile_.signature.find(' ') + 1);
    if (bytes.starts_with(code)) ++(lines_of(bytes).size() > 1 ? joined_ : pieces_);
    for (std::string_view line : lines_of(bytes)) {
      if (is_of_the_protocol(profile_, line) || sent.contains(line)) continue;
      // The code is what tells most of it, so its digits stay.
      const std::string_view shown = line.substr(0, kMostBytesOfALine);
      add(TraitKind::kReply, std::string(shown), chat::quote(shown));
    }
  }

  void add_lines(TraitKind kind, std::string_view text, const std::set<std::string_view>& sent) {
    for (std::string_view line : lines_of(text)) {
      if (sent.contains(line)) continue;
      const std::string_view shown = line.substr(0, kMostBytesOfALine);
      const std::string words = without_particulars(shown);
      if (words.find_first_not_of(" \t") != words.npos) add(kind, words, chat::quote(shown));
    }
  }

  Fingerprint& taken_;
  Role role_ = Role::kServer;
  chat::Profile profile_;
  std::size_t pieces_ = 0;  // replies to a text that came in pieces, and in one
  std::size_t joined_ = 0;
};

}  // namespace

Fingerprint take_fingerprint(std::string id, std::span<const SettledRun> runs) {
  Fingerprint taken{.id = std::move(id)};
  FingerprintTaker taker(taken);
  for (const SettledRun& run : runs) taker.take(run);
  return taken;
}

}  // namespace chatspec
