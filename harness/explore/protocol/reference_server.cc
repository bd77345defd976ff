#include "harness/explore/protocol/reference_server.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/protocol/signature_watch.h"
#include "reference/framing.h"
#include "reference/no_text.h"
#include "reference/server_session.h"

namespace chatspec {
namespace {

// Words are shorter.
constexpr std::size_t kKeys = 64;
// A line that is too long for a command is one when it ends; before, a server need not give up.
constexpr std::size_t kMostCommandBytes = std::size_t{1} << 30;

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
      : profile_(profile),
        session_(profile, keys, unheard_, {.unit_bytes = kMostCommandBytes}),
        watch_(profile, keys) {}

  ExpectedAnswer say(const Said& said) {
    if (is_over_) return {.answer = std::string(kEndedAnswer)};
    watch_.begin();
    for (const std::string& segment : said.segments) {
      watch_.hear(segment);
      const bool was_in_text = is_in_text();
      session_.receive(segment);
      note_cut(segment, was_in_text && is_in_text());
    }
    const bool is_complete = session_.finished();
    std::string received = take_replies();
    const std::string unended = received + reply_to_cut_command(said.end);
    if (said.end != SaidEnd::kNone) session_.receive_end();
    is_over_ = session_.finished();
    if (said.end == SaidEnd::kClose || said.end == SaidEnd::kReset)
      return with_exception({.answer = std::string(kClosedAnswer)});
    ExpectedAnswer expected{.answer = name(received, is_over_)};
    if (!is_complete && unended != received) expected.also.push_back(name(unended, true));
    if (!is_over_ && is_no_command_any_more())
      expected.also.push_back(name(received + error_reply(), true));
    if (is_over_ && said.end == SaidEnd::kHalfClose && profile_.error_reply)
      expected.also.push_back(
          name(is_complete ? without_error_reply(received) : received + error_reply(), true));
    return session_.violation() || !expected.also.empty() ? with_exception(std::move(expected))
                                                          : expected;
  }

  bool is_over() const { return is_over_; }

  std::string state() const {
    if (is_over_) return "over";
    const bool may_be_command = std::ranges::any_of(
        words(), [this](std::string_view word) { return word.starts_with(cut_); });
    return fmt::format("{} {}", static_cast<int>(session_.state()),
                       may_be_command ? cut_ : "a line that is no command");
  }

  std::string_view due() const {
    switch (session_.state()) {
      case chat::ServerSession::State::kGreeting:
        return "HELLO";
      case chat::ServerSession::State::kCommand:
        return "a command";
      case chat::ServerSession::State::kText:
        return "a text";
      case chat::ServerSession::State::kVerdict:
        return "a verdict";
      case chat::ServerSession::State::kFinished:
        return "nothing";
    }
    std::unreachable();
  }

  std::string_view broken_requirement() const {
    return session_.violation() ? session_.violation()->requirement : "";
  }

 private:
  std::array<std::string_view, 6> words() const {
    return {profile_.hello, profile_.data, profile_.pass,
            profile_.fail,  profile_.quit, profile_.terminator};
  }

  std::string take_replies() {
    std::string received;
    for (std::string piece; !(piece = session_.take_output()).empty();) received += piece;
    return received;
  }

  std::string name(std::string_view received, bool is_closed) const {
    return name_answer(profile_, received, is_closed ? AnswerEnd::kClosed : AnswerEnd::kOpen,
                       watch_.right_signatures());
  }

  // Whoever gives up may do so with an exception, which is no good way, and no failure (the judge's
  // `deviates`).
  static ExpectedAnswer with_exception(ExpectedAnswer expected) {
    std::vector<std::string> closed = expected.also;
    closed.push_back(expected.answer);
    for (const std::string& answer : closed) {
      if (ends_closed(answer)) expected.also.push_back(name_crash(answer, kExceptionCrash));
    }
    return expected;
  }

  std::string error_reply() const {
    return profile_.error_reply ? chat::encode_unit(profile_, *profile_.error_reply) : "";
  }

  std::string without_error_reply(std::string received) const {
    if (received.ends_with(error_reply())) received.resize(received.size() - error_reply().size());
    return received;
  }

  // The commands that may come now.
  std::vector<std::string_view> due_commands() const {
    switch (session_.state()) {
      case chat::ServerSession::State::kGreeting:
        return {profile_.hello};
      case chat::ServerSession::State::kCommand:
        return {profile_.data, profile_.quit};
      case chat::ServerSession::State::kVerdict:
        return {profile_.pass, profile_.fail};
      case chat::ServerSession::State::kText:
      case chat::ServerSession::State::kFinished:
        return {};
    }
    std::unreachable();
  }

  // What has come of a command, without the CR that may belong to its line end.
  std::string_view cut_command() const {
    std::string_view cut = cut_;
    if (cut.ends_with('\r')) cut.remove_suffix(1);
    return cut;
  }

  // A server need not wait for the end of a line that can be no command any more.
  bool is_no_command_any_more() const {
    const auto due = due_commands();
    return profile_.has_line_ends() && !due.empty() && !cut_.empty() &&
           std::ranges::none_of(
               due, [this](std::string_view word) { return word.starts_with(cut_command()); });
  }

  // Where the stream ends after a whole command without its line end, nobody says whether it is
  // one.
  std::string reply_to_cut_command(SaidEnd end) const {
    if (end != SaidEnd::kHalfClose || !profile_.has_line_ends() || is_in_text()) return "";
    const auto due = due_commands();
    if (std::ranges::find(due, cut_command()) == due.end()) return "";
    if (cut_command() == profile_.hello) return chat::encode_unit(profile_, profile_.ok);
    if (cut_command() == profile_.pass)
      return chat::encode_unit(profile_, profile_.reply_to_pass());
    if (cut_command() == profile_.fail)
      return chat::encode_unit(profile_, profile_.reply_to_fail());
    return "";
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

  const chat::Profile& profile_;
  chat::NoText unheard_;
  chat::ServerSession session_;
  SignatureWatch watch_;
  bool is_over_ = false;
  std::string cut_;
};

ReferenceConversation::ReferenceConversation(const chat::Profile& profile,
                                             std::span<const std::string> keys)
    : parts_(std::make_unique<Parts>(profile, keys)) {}

ReferenceConversation::~ReferenceConversation() = default;

ExpectedAnswer ReferenceConversation::say(const Said& said) {
  return parts_->say(said);
}

bool ReferenceConversation::is_over() const {
  return parts_->is_over();
}

std::string ReferenceConversation::state() const {
  return parts_->state();
}

std::string_view ReferenceConversation::due() const {
  return parts_->due();
}

std::string_view ReferenceConversation::broken_requirement() const {
  return parts_->broken_requirement();
}

Answers ask_reference(const chat::Profile& profile, std::span<const std::string> keys,
                      const SaidAlphabet& alphabet, std::span<const learning::Symbol> word) {
  ReferenceConversation conversation(profile, keys);
  Answers answers;
  for (const Said& said : say_word(profile, alphabet, word))
    answers.push_back(conversation.say(said).answer);
  return answers;
}

}  // namespace chatspec
