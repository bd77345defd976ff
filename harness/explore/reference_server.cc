#include "harness/explore/reference_server.h"

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include "harness/explore/signature_watch.h"
#include "reference/server_session.h"

namespace chatspec {
namespace {

// Words are shorter.
constexpr std::size_t kKeys = 64;

}  // namespace

std::vector<std::string> make_exploring_keys(std::uint64_t seed) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < kKeys; ++i)
    keys.push_back(chat::sha256_hex(fmt::format("exploring key {} {}", seed, i)).substr(0, 12));
  return keys;
}

class ReferenceConversation::Parts {
 public:
  Parts(const chat::Profile& profile, std::span<const std::string> keys)
      : profile_(profile), session_(profile, keys, unheard_), watch_(profile, keys) {}

  std::string say(const ClientSymbol& symbol) {
    if (is_over_) return std::string(kEndedAnswer);
    const auto said = symbol.say(profile_, place_++);
    assert(said && "an alphabet has what its profile can say");
    for (const std::string& segment : said->segments) {
      watch_.hear(segment);
      const bool was_in_text = is_in_text();
      session_.receive(segment);
      note_cut(segment, was_in_text && is_in_text());
    }
    if (said->end != SaidEnd::kNone) session_.receive_end();
    is_over_ = session_.finished();
    if (said->end == SaidEnd::kClose) return std::string(kClosedAnswer);
    std::string received;
    for (std::string piece; !(piece = session_.take_output()).empty();) received += piece;
    return name_answer(profile_, received, is_over_ ? AnswerEnd::kClosed : AnswerEnd::kOpen,
                       watch_.right_signature());
  }

  std::string state() const {
    if (is_over_) return "over";
    const bool may_be_command = std::ranges::any_of(
        words(), [this](std::string_view word) { return word.starts_with(cut_); });
    return fmt::format("{} {}", static_cast<int>(session_.state()),
                       may_be_command ? cut_ : "a line that is no command");
  }

  std::string_view broken_requirement() const {
    return session_.violation() ? session_.violation()->requirement : "";
  }

 private:
  std::array<std::string_view, 6> words() const {
    return {profile_.hello, profile_.data, profile_.pass,
            profile_.fail,  profile_.quit, profile_.terminator};
  }

  bool is_in_text() const { return session_.state() == chat::ServerSession::State::kText; }

  // The bytes of a line that has no end yet. Without line ends, only a text has such lines.
  void note_cut(std::string_view segment, bool is_text) {
    if (!profile_.has_line_ends() && !is_text) {
      cut_.clear();
      return;
    }
    const std::size_t end = segment.rfind('\n');
    if (end != segment.npos) cut_.clear();
    cut_ += segment.substr(end == segment.npos ? 0 : end + 1);
  }

  class Unheard : public chat::TextSink {
   public:
    void text(std::string_view) override {}
    void line_end() override {}
  };

  const chat::Profile& profile_;
  Unheard unheard_;
  chat::ServerSession session_;
  SignatureWatch watch_;
  std::size_t place_ = 0;
  bool is_over_ = false;
  std::string cut_;
};

ReferenceConversation::ReferenceConversation(const chat::Profile& profile,
                                             std::span<const std::string> keys)
    : parts_(std::make_unique<Parts>(profile, keys)) {}

ReferenceConversation::~ReferenceConversation() = default;

std::string ReferenceConversation::say(const ClientSymbol& symbol) {
  return parts_->say(symbol);
}

std::string ReferenceConversation::state() const {
  return parts_->state();
}

std::string_view ReferenceConversation::broken_requirement() const {
  return parts_->broken_requirement();
}

Answers ask_reference(const chat::Profile& profile, std::span<const std::string> keys,
                      const ClientAlphabet& alphabet, std::span<const learning::Symbol> word) {
  ReferenceConversation conversation(profile, keys);
  Answers answers;
  for (const learning::Symbol symbol : word)
    answers.push_back(conversation.say(symbol_of(alphabet, symbol)));
  return answers;
}

}  // namespace chatspec
