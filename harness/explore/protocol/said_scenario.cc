// The reference hears the conversation in memory. What goes out in a segment is written line by
// line; what comes back decides what is expected, and whether a line belongs to a text.

#include "harness/explore/protocol/said_scenario.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/explore/protocol/reference_server.h"
#include "harness/explore/protocol/said_words.h"
#include "reference/framing.h"
#include "reference/server_session.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using State = chat::ServerSession::State;

// Keeps the texts that a session receives, line by line.
class TextKeeper : public chat::TextSink {
 public:
  void watch(const chat::ServerSession& session) { session_ = &session; }

  void text(std::string_view piece) override { line_ += piece; }
  void line_end() override {
    if (session_->state() == State::kText) lines_.push_back(line_);
    line_.clear();
  }

  // Without the terminator, which is shown like a line.
  std::vector<std::string> take_text() {
    lines_.pop_back();
    return std::exchange(lines_, {});
  }

 private:
  const chat::ServerSession* session_ = nullptr;
  std::string line_;
  std::vector<std::string> lines_;
};

class TranscriptWriter {
 public:
  TranscriptWriter(const chat::Profile& profile, std::size_t key_count)
      : profile_(profile),
        session_(profile_, std::span(keys_).first(key_count > 0 ? key_count : keys_.size()),
                 texts_) {
    texts_.watch(session_);
  }

  void say(const Said& said, bool is_last) {
    if (const auto line = find_cut_line(said)) {
      write_line(*line, {.splits = find_splits(said)});
      for (const std::string& segment : said.segments) hear(segment);
    } else {
      for (const std::string& segment : said.segments) write_segment(segment);
    }
    if (said.end == SaidEnd::kHalfClose) transcript_ += "C: <half-close>\n";
    if (said.end == SaidEnd::kClose) transcript_ += "C: <close>\n";
    if (said.end == SaidEnd::kReset) transcript_ += "C: <reset>\n";
    if (said.end != SaidEnd::kNone) session_.receive_end();
    write_answer(said.end, is_last);
  }

  bool in_text() const { return session_.state() == State::kText; }
  const std::string& transcript() const { return transcript_; }
  const std::vector<std::vector<std::string>>& messages() const { return messages_; }

 private:
  struct Delivery {
    std::vector<std::size_t> splits{};
    bool is_joined = false;
    bool is_apart = false;
  };

  // What comes in several segments and can be written in one line.
  std::optional<std::string> find_cut_line(const Said& said) const {
    std::string bytes = bytes_of(said);
    const bool is_line = said.segments.size() > 1 && !is_cut_ && !in_text() &&
                         bytes.find('\n') + 1 == bytes.size() && find_unit(bytes);
    return is_line ? std::optional(std::move(bytes)) : std::nullopt;
  }

  // Lines after the first of a segment go out with it; so do, if it is not said otherwise, the
  // lines of a text that follow each other.
  void write_segment(std::string_view segment) {
    for (bool is_first = true; !segment.empty(); is_first = false) {
      const std::string_view line = chat::take_whole_line(segment);
      const bool is_of_text = is_in_written_text_;
      write_line(line,
                 {.is_joined = !is_first, .is_apart = is_first && is_of_text && is_behind_text_});
      hear(line);
      is_cut_ = !line.ends_with('\n');
      is_behind_text_ = is_of_text;
    }
  }

  void write_line(std::string_view line, const Delivery& delivery) {
    const auto unit = is_cut_ ? std::nullopt : find_unit(line);
    transcript_ += "C: " + (unit ? *unit : "raw " + quote_briefly(line));
    if (!delivery.splits.empty())
      transcript_ += fmt::format(" | split at {}", fmt::join(delivery.splits, ", "));
    if (delivery.is_joined) transcript_ += " | joined";
    if (delivery.is_apart) transcript_ += " | apart";
    transcript_ += '\n';
    if (unit == (is_in_written_text_ ? line_profile().terminator : line_profile().data))
      is_in_written_text_ = !is_in_written_text_;
  }

  // A line as the unit of a scenario that goes out as these bytes; nothing where none does.
  std::optional<std::string> find_unit(std::string_view line) const {
    const std::string_view line_end = profile_.line_end_bytes();
    if (in_text() != is_in_written_text_ || !line.ends_with(line_end)) return std::nullopt;
    const std::string_view unit = line.substr(0, line.size() - line_end.size());
    if (in_text())
      return unit == profile_.terminator ? line_profile().terminator : quote_briefly(unit);
    if (const auto word = find_line_word(profile_, unit)) return std::string(*word);
    // In other words than those of `line`, what is like one of these would be translated.
    const bool is_literal =
        profile_ == line_profile() && std::ranges::all_of(unit, chat::is_printable);
    return is_literal ? std::optional(quote_briefly(unit)) : std::nullopt;
  }

  void hear(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view line = chat::take_whole_line(bytes);
      session_.receive(line);
      if (session_.signed_count() > messages_.size()) messages_.push_back(texts_.take_text());
    }
  }

  void write_answer(SaidEnd end, bool is_last) {
    std::string replies;
    for (std::string piece; !(piece = session_.take_output()).empty();) replies += piece;
    if (end == SaidEnd::kClose || end == SaidEnd::kReset) {  // nobody listens to replies any more
      transcript_ += "S: <exit any-or-none>\n";
      return;
    }
    for (std::string_view rest = replies; !rest.empty();) write_reply(chat::take_line(rest));
    if (session_.finished()) {
      transcript_ += "S: <close>\n";
    } else if (is_last) {  // so that whoever says more, or closes, is found out
      transcript_ += "S: <silence>\n";
    }
  }

  void write_reply(std::string_view unit) {
    const bool is_announced = unit.starts_with(profile_.signature);
    if (is_announced) transcript_ += fmt::format("S: {}\n", line_profile().signature);
    if (is_announced && !profile_.has_signature_behind_reply()) return;
    if (is_announced || chat::is_signature(profile_, unit)) {
      transcript_ += fmt::format("S: <signature {}>\n", ++signatures_);
    } else if (const auto word = find_line_word(profile_, unit)) {
      transcript_ += fmt::format("S: {}\n", *word);
    }  // else the error reply, which a close stands for
  }

  const chat::Profile& profile_;
  std::vector<std::string> keys_ = make_exploring_keys(0);
  TextKeeper texts_;
  chat::ServerSession session_;
  std::string transcript_;
  std::vector<std::vector<std::string>> messages_;
  std::size_t signatures_ = 0;  // that were answered
  bool is_cut_ = false;         // the last line that went out has no end yet
  // Whether what is written stands within a text as the language sees it: after `C: DATA`, and not
  // after `C: .`. Where these went out as raw bytes, the session sees it otherwise.
  bool is_in_written_text_ = false;
  bool is_behind_text_ = false;  // the last line that was written did
};

// The lines for the server's keys. Without any, a scenario has one for each message, and one where
// there is no message.
std::string write_keys(const SaidConversation& conversation, const TranscriptWriter& writer,
                       std::span<const std::string> literal) {
  const std::size_t begun = writer.messages().size() + (writer.in_text() ? 1 : 0);
  const std::size_t wanted = conversation.keys > 0 ? conversation.keys : begun;
  std::string text;
  if (!literal.empty()) {
    for (const std::string& key : literal.first(std::min(wanted, literal.size())))
      text += fmt::format("key       {}\n", chat::quote(key));
  } else if (wanted != std::max<std::size_t>(1, writer.messages().size())) {
    for (std::size_t i = 0; i < wanted; ++i) text += "key       <random 12 letters>\n";
  }
  return text;
}

}  // namespace

std::string write_said_scenario(const chat::Profile& profile, const SaidConversation& conversation,
                                const SaidScenario& around) {
  TranscriptWriter writer(profile, conversation.keys);
  for (std::size_t i = 0; i < conversation.steps.size(); ++i)
    writer.say(conversation.steps[i], i + 1 == conversation.steps.size());
  std::string text = write_scenario_head(around, "server");
  text += write_keys(conversation, writer, around.keys);
  for (const auto& message : writer.messages()) text += write_message(message);
  text += '\n' + writer.transcript();
  return tidy_scenario(text);
}

}  // namespace chatspec
