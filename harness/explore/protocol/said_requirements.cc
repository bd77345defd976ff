// The reference hears the conversation; what the last step changes about it, and what is unusual in
// its bytes, names the requirements.

#include "harness/explore/protocol/said_requirements.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "harness/explore/protocol/reference_server.h"
#include "reference/server_session.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

using State = chat::ServerSession::State;

// Longer lines of text are what LIMIT-1 is about.
constexpr std::size_t kUsualLineBytes = 1000;
// And texts that are longer than such a line, LIMIT-2.
constexpr std::size_t kUsualTextBytes = std::size_t{64} << 10;

// What is unusual in texts, whichever of them it is.
class TextTraits : public chat::TextSink {
 public:
  explicit TextTraits(const chat::Profile& profile) : profile_(profile) {}
  void watch(const chat::ServerSession& session) { session_ = &session; }

  void text(std::string_view piece) override {
    if (session_->state() == State::kText) line_ += piece;
  }
  void line_end() override {
    if (session_->state() != State::kText) {
      bytes_ = 0;
      return line_.clear();
    }
    has_odd_bytes = has_odd_bytes || !std::ranges::all_of(line_, chat::is_printable);
    is_long = is_long || line_.size() > kUsualLineBytes;
    bytes_ += line_.size();
    is_large = is_large || bytes_ > kUsualTextBytes;
    has_empty_line = has_empty_line || line_.empty();
    const auto has = [this](char c) { return line_.find(c) != std::string::npos; };
    has_dot = has_dot || (line_ != profile_.terminator && has(profile_.terminator.front()));
    line_.clear();
  }

  bool has_odd_bytes = false;
  bool is_long = false;
  bool is_large = false;
  bool has_empty_line = false;
  bool has_dot = false;

 private:
  const chat::Profile& profile_;
  const chat::ServerSession* session_ = nullptr;
  std::string line_;
  std::size_t bytes_ = 0;  // of the present text
};

// A reference that has heard a part of the conversation.
struct Heard {
  Heard(const chat::Profile& spoken, std::size_t key_count)
      : profile(spoken),
        keys(make_exploring_keys(0)),
        traits(spoken),
        session(spoken, std::span(keys).first(key_count > 0 ? key_count : keys.size()), traits) {
    traits.watch(session);
  }

  void hear(const Said& said) {
    for (std::string_view segment : said.segments) {
      was_cut = was_cut || is_cut;
      is_cut = !segment.ends_with('\n');
      const bool begins_in_text = session.state() == State::kText;
      for (bool is_first = true; !segment.empty(); is_first = false) {
        const bool is_in_text = session.state() == State::kText;
        was_joined = was_joined || (!is_first && !(begins_in_text && is_in_text));
        const std::string_view line = chat::take_whole_line(segment);
        if (is_in_text && profile.escape)
          has_escape = has_escape || line.find(*profile.escape) != line.npos;
        session.receive(line);
      }
    }
    if (said.end != SaidEnd::kNone) session.receive_end();
    while (!session.take_output().empty()) continue;
  }

  const chat::Profile& profile;
  std::vector<std::string> keys;
  TextTraits traits;
  chat::ServerSession session;
  bool is_cut = false;      // the last segment ended within a line …
  bool was_cut = false;     // … and one before another
  bool was_joined = false;  // several units came in one segment
  bool has_escape = false;  // within a text
};

// What is only recommended comes first: where it is not met, nothing that must be is known to fail.
void add_recommended(const Heard& heard, std::vector<std::string>& found) {
  if (heard.traits.has_odd_bytes) found.emplace_back("BYTE-1");
  if (heard.traits.is_large) found.emplace_back("LIMIT-2");
  if (heard.traits.is_long) found.emplace_back("LIMIT-1");
}

void add_traits(const Heard& heard, std::vector<std::string>& found) {
  if (heard.has_escape) found.emplace_back("ESC-2");
  if (heard.traits.has_dot && !heard.has_escape) found.emplace_back("DATA-3");
  if (heard.traits.has_empty_line) found.emplace_back("DATA-5");
}

void add_segmentation(const Heard& heard, std::vector<std::string>& found) {
  if (heard.was_cut || heard.is_cut) found.emplace_back("STREAM-1");
  if (heard.was_joined) found.emplace_back("STREAM-2");
}

// What a step that breaks nothing is about, by how it changes what is due.
std::string changed_requirement(const Heard& before, const Heard& after) {
  if (before.session.state() == State::kText || after.session.state() == State::kText)
    return "DATA-2";
  if (before.session.state() == State::kGreeting) return "HELLO-2";
  if (before.session.state() == State::kVerdict) return "VERDICT-2";
  return before.session.signed_count() == 0 ? "QUIT-3" : "QUIT-2";
}

}  // namespace

std::vector<std::string> find_requirements(const chat::Profile& profile,
                                           const SaidConversation& conversation,
                                           std::string_view missed) {
  Heard before(profile, conversation.keys);
  for (std::size_t i = 0; i + 1 < conversation.steps.size(); ++i)
    before.hear(conversation.steps[i]);
  Heard after(profile, conversation.keys);
  for (const Said& step : conversation.steps) after.hear(step);
  std::vector<std::string> found;
  const Said& last = conversation.steps.back();
  const bool is_end_missed = missed == kClosedAnswer || missed == profile.error_reply;
  if (is_end_missed && last.end != SaidEnd::kNone && !before.session.finished() &&
      after.session.violation()) {
    found.emplace_back(before.session.state() == State::kText ? "END-1" : "END-2");
    return found;
  }
  if (is_end_missed && after.session.violation()) {
    found.emplace_back(after.session.violation()->requirement);
    return found;
  }
  if (before.session.state() == State::kText) add_recommended(after, found);
  add_segmentation(after, found);
  if (after.session.signed_count() > before.session.signed_count()) {
    add_traits(after, found);
    found.emplace_back(after.session.signed_count() > 1 ? "SIG-2" : "SIG-1");
    found.emplace_back("DATA-4");
    return found;
  }
  if (before.session.state() == State::kText) add_traits(after, found);
  if (!after.is_cut || found.empty()) found.push_back(changed_requirement(before, after));
  return found;
}

}  // namespace chatspec
