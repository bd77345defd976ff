// The session is given its bytes line by line, as far as it waits for them. What comes before it
// waits for it, it may take for an answer or not: nobody can see from outside when a client reads.

#include "harness/explore/protocol/reference_client.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/protocol/client_answer.h"
#include "harness/explore/protocol/client_requirements.h"
#include "reference/client_session.h"
#include "reference/framing.h"
#include "reference/no_text.h"
#include "reference/signature.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using ClientState = chat::ClientSession::State;

// As long as there are more messages than that, it makes no difference how many there are.
constexpr std::size_t kMostLeftTold = 2;

// Without what a reader of lines may take away.
std::string_view trimmed(std::string_view unit) {
  const auto is_blank = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7f || byte == 0x85 || byte == 0xa0;
  };
  while (!unit.empty() && is_blank(unit.front())) unit.remove_prefix(1);
  while (!unit.empty() && is_blank(unit.back())) unit.remove_suffix(1);
  return unit;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

class ReferenceClientConversation::Parts {
 public:
  Parts(const chat::Profile& profile, std::span<const std::string> messages,
        std::span<const std::string> signatures, OnNoSignature on_no_signature)
      : profile_(profile),
        messages_(messages),
        signatures_(signatures.first(messages.size())),
        on_no_signature_(on_no_signature),
        session_(profile, messages_, signatures_, unheard_),
        watch_(profile, messages_) {}

  ExpectedAnswer say(const Said& said) {
    if (is_over_) return {.answer = std::string(kEndedAnswer)};
    watch_.begin();
    sent_.clear();
    step_ = {};
    if (std::exchange(is_begun_, true)) {
      for (const std::string& segment : said.segments) hear(segment);
    } else {
      act();
    }
    if (said.end != SaidEnd::kNone) hear_end(said.end);
    is_over_ = session_.finished() || step_.freedom != AnswerFreedom::kNone || step_.closes;
    step_.facts.is_cut = !cut_.empty();
    step_.facts.is_end = said.end != SaidEnd::kNone;
    step_.facts.has_quit = session_.finished();
    if (session_.violation()) step_.facts.violation = session_.violation()->requirement;
    return expected(said.end);
  }

  bool is_over() const { return is_over_; }
  const std::string& sent() const { return sent_; }
  std::vector<std::string> requirements() const {
    return find_step_requirements(profile_, step_.facts);
  }

  std::string state() const {
    if (is_over_) return "over";
    const std::size_t left = std::min(messages_.size() - verdicts_, kMostLeftTold);
    return fmt::format("{}, {} left, {}", static_cast<int>(session_.state()), left,
                       begins_due() ? cut_ : "something else");
  }

  std::string_view due() const {
    switch (session_.state()) {
      case ClientState::kGreeting:
        return is_begun_ ? "nothing" : "the beginning";
      case ClientState::kAwaitGreeted:
        return "the answer to HELLO";
      case ClientState::kAwaitCode:
        return "the answer to a text";
      case ClientState::kAwaitSignature:
        return "a signature";
      case ClientState::kAwaitNoted:
        return "the answer to a verdict";
      default:
        return "nothing";
    }
  }

 private:
  // What became of one step.
  struct Step {
    ClientStepFacts facts{};
    bool closes = false;  // over what is no signature
    AnswerFreedom freedom = AnswerFreedom::kNone;
    std::vector<std::string> also{};
  };

  void hear(std::string_view segment) {
    step_.facts.was_cut = step_.facts.was_cut || !cut_.empty();
    for (bool is_first = true; !segment.empty() && step_.freedom == AnswerFreedom::kNone;
         is_first = false) {
      if (session_.violation() || step_.closes) return;
      // It may read what comes too early when it is due, or see that it is too early.
      if (step_.facts.has_acted || session_.finished()) {
        step_.freedom = AnswerFreedom::kAny;
        return;
      }
      step_.facts.was_joined = step_.facts.was_joined || !is_first;
      const std::string_view line = chat::take_whole_line(segment);
      cut_ += line;
      if (line.ends_with('\n')) {
        hear_line(std::exchange(cut_, ""));
      } else {
        hear_beginning();
      }
    }
  }

  void hear_line(const std::string& line) {
    const std::string_view unit = without_line_end(line);
    step_.facts.was_crlf = step_.facts.was_crlf || line.ends_with("\r\n");
    const bool is_signature_due =
        awaits_signature() && (session_.state() == ClientState::kAwaitSignature ||
                               unit.starts_with(chat::encode_announcement(profile_)));
    const ClientState before = session_.state();
    session_.receive(line);
    if (is_signature_due && !session_.violation()) note_signature(signature_part(unit));
    if (session_.violation()) {
      if (is_signature_due) {
        step_.also.push_back(chat::escape_bytes(profile_.fail));
        step_.facts.is_no_signature = true;
      } else if (has_code_of(before, unit)) {
        step_.freedom = AnswerFreedom::kAny;  // STATE-5 is about the code
      }
    }
    act();
  }

  bool awaits_signature() const {
    return session_.state() == ClientState::kAwaitSignature ||
           (session_.state() == ClientState::kAwaitCode && profile_.has_signature_behind_reply());
  }

  std::string_view signature_part(std::string_view unit) const {
    const std::string announcement = chat::encode_announcement(profile_);
    if (profile_.has_signature_behind_reply() && unit.starts_with(announcement))
      unit.remove_prefix(announcement.size());
    return unit;
  }

  // What is no signature is any other to some, and a violation to others.
  void note_signature(std::string_view signature) {
    const std::string& due = signatures_[verdicts_];
    if (signature == due) return;
    if (chat::is_signature(profile_, signature)) {
      step_.facts.was_upper_case = chat::same_signature(profile_, signature, due);
      return;
    }
    if (chat::same_signature(profile_, trimmed(signature), due)) {
      step_.freedom = AnswerFreedom::kAny;
      return;
    }
    step_.closes = on_no_signature_ == OnNoSignature::kCloses;
    step_.also.push_back(step_.closes ? chat::escape_bytes(profile_.fail)
                                      : std::string(kClosedAnswer));
  }

  // A line without its end, so far.
  void hear_beginning() {
    if (awaits_signature()) {
      if (!begins_due()) step_.freedom = AnswerFreedom::kAny;
    } else if (!begins_due()) {
      if (has_code_of(session_.state(), cut_))
        step_.freedom = AnswerFreedom::kAny;
      else
        step_.also.emplace_back(kClosedAnswer);
    }
  }

  // Whether what is cut can still become what is due.
  bool begins_due() const {
    std::string_view cut = cut_;
    if (cut.ends_with('\r')) cut.remove_suffix(1);
    if (session_.state() == ClientState::kAwaitSignature)
      return chat::begins_signature(profile_, cut);
    const std::string& due = due_reply(session_.state());
    if (profile_.has_signature_behind_reply() && session_.state() == ClientState::kAwaitCode) {
      const std::string announcement = chat::encode_announcement(profile_);
      return cut.size() <= announcement.size()
                 ? std::string_view(announcement).starts_with(cut)
                 : cut.starts_with(announcement) &&
                       chat::begins_signature(profile_, cut.substr(announcement.size()));
    }
    return std::string_view(due).starts_with(cut);
  }

  const std::string& due_reply(ClientState state) const {
    if (state == ClientState::kAwaitCode) return profile_.signature;
    if (state != ClientState::kAwaitNoted) return profile_.ok;
    return last_matched_ ? profile_.reply_to_pass() : profile_.reply_to_fail();
  }

  // Whether it may pass for a reply with the code that is due.
  bool has_code_of(ClientState state, std::string_view unit) const {
    const std::string_view due = due_reply(state);
    const std::string_view code = due.substr(0, due.find(' '));
    const std::string_view rest = trimmed(unit);
    if (!rest.starts_with(code)) return false;
    if (rest.size() == code.size() || !is_letter_or_digit(rest[code.size()])) return true;
    return is_digit(code.back()) != is_digit(rest[code.size()]);
  }

  // What the client sends now.
  void act() {
    if (step_.closes) return;
    const ClientState before = session_.state();
    for (std::string piece; !(piece = session_.take_output()).empty();) sent_ += piece;
    if (session_.state() == before && !session_.finished()) return;
    step_.facts.has_acted = true;
    if (session_.state() == ClientState::kAwaitCode) step_.facts.text = messages_[verdicts_];
    if (session_.state() != ClientState::kAwaitNoted) return;
    step_.facts.has_verdict = true;
    last_matched_ = session_.outcomes()[verdicts_] == chat::Outcome::kMatched;
    ++verdicts_;
  }

  void hear_end(SaidEnd end) {
    if (end == SaidEnd::kHalfClose && step_.freedom == AnswerFreedom::kNone &&
        !session_.finished()) {
      const bool may_be_whole =
          !cut_.empty() && (awaits_signature() || has_code_of(session_.state(), cut_));
      if (step_.facts.has_acted || may_be_whole) step_.freedom = AnswerFreedom::kMustEnd;
    }
    session_.receive_end();
  }

  ExpectedAnswer expected(SaidEnd end) {
    const bool is_cut_off = end == SaidEnd::kClose || end == SaidEnd::kReset;
    ExpectedAnswer expected{.also = step_.also};
    // No scenario could say that whoever closes there has to end, and whoever goes on has not.
    for (const std::string& answer : step_.also) {
      if (ends_closed(answer))
        expected.also.push_back(fmt::format("{}, {}", answer, kUnendedAnswer));
    }
    if (is_cut_off) {
      expected.answer = kClosedAnswer;
      expected.also.clear();
    } else {
      const bool is_closed = session_.finished() || step_.closes;
      expected.answer = watch_.name(sent_, is_closed ? AnswerEnd::kClosed : AnswerEnd::kOpen);
      expected.freedom = step_.freedom;
    }
    // Whoever gives up may do so with an exception, which is no good way, and no failure (the
    // judge's `deviates`).
    if (session_.violation() || !expected.also.empty() || is_cut_off) {
      std::vector<std::string> closed = expected.also;
      closed.push_back(expected.answer);
      for (const std::string& answer : closed) {
        if (ends_closed(answer)) expected.also.push_back(name_crash(answer, kExceptionCrash));
      }
    }
    return expected;
  }

  const chat::Profile& profile_;
  std::span<const std::string> messages_;
  std::span<const std::string> signatures_;
  OnNoSignature on_no_signature_;
  chat::NoText unheard_;
  chat::ClientSession session_;
  ClientAnswerWatch watch_;
  std::string cut_;   // what has come of a line
  std::string sent_;  // in the present step
  Step step_;
  std::size_t verdicts_ = 0;  // that were sent
  bool last_matched_ = false;
  bool is_begun_ = false;
  bool is_over_ = false;
};

ReferenceClientConversation::ReferenceClientConversation(const chat::Profile& profile,
                                                         std::span<const std::string> messages,
                                                         std::span<const std::string> signatures,
                                                         OnNoSignature on_no_signature)
    : parts_(std::make_unique<Parts>(profile, messages, signatures, on_no_signature)) {}

ReferenceClientConversation::~ReferenceClientConversation() = default;

ExpectedAnswer ReferenceClientConversation::say(const Said& said) {
  return parts_->say(said);
}

bool ReferenceClientConversation::is_over() const {
  return parts_->is_over();
}

std::string ReferenceClientConversation::state() const {
  return parts_->state();
}

std::string_view ReferenceClientConversation::due() const {
  return parts_->due();
}

const std::string& ReferenceClientConversation::sent() const {
  return parts_->sent();
}

std::vector<std::string> ReferenceClientConversation::requirements() const {
  return parts_->requirements();
}

}  // namespace chatspec
