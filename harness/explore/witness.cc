// The reference plays the word in memory, in the profile `line`, in whose words every scenario is
// written. What goes out in a segment is written line by line; what comes back decides what is
// expected, and whether a line belongs to a text.

#include "harness/explore/witness.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/explore/answer.h"
#include "harness/explore/reference_server.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"
#include "reference/quote.h"
#include "reference/requirements.h"
#include "reference/server_session.h"

namespace chatspec {
namespace {

const chat::Profile& line_profile() {
  return *chat::find_profile("line");
}

// Keeps the texts that a session receives, line by line.
class TextKeeper : public chat::TextSink {
 public:
  void watch(const chat::ServerSession& session) { session_ = &session; }

  void text(std::string_view piece) override { line_ += piece; }
  void line_end() override {
    if (session_->state() == chat::ServerSession::State::kText) lines_.push_back(line_);
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

// A word the protocol's way.
class WitnessWriter {
 public:
  WitnessWriter() : session_(line_profile(), keys_, texts_) { texts_.watch(session_); }

  void say(const ClientSymbol& symbol, std::size_t place, bool is_last) {
    const auto said = symbol.say(line_profile(), place);
    assert(said && "the profile `line` can say everything");
    const bool was_in_text = in_text();
    if (said->segments.size() > 1) {
      transcript_ += fmt::format("C: {} | split at {}\n", session_word(said->segments),
                                 said->segments.front().size());
    }
    for (const std::string& segment : said->segments) {
      if (said->segments.size() == 1) write_segment(segment, was_in_text);
      session_.receive(segment);
    }
    if (said->end == SaidEnd::kHalfClose) transcript_ += "C: <half-close>\n";
    if (said->end == SaidEnd::kClose) transcript_ += "C: <close>\n";
    if (said->end != SaidEnd::kNone) session_.receive_end();
    expect(said->end, is_last);
  }

  bool in_text() const { return session_.state() == chat::ServerSession::State::kText; }
  std::size_t signed_count() const { return session_.signed_count(); }
  const std::optional<chat::Violation>& violation() const { return session_.violation(); }
  const std::string& transcript() const { return transcript_; }
  const std::vector<std::vector<std::string>>& messages() const { return messages_; }

 private:
  std::string session_word(const std::vector<std::string>& segments) {
    std::string all = fmt::format("{}", fmt::join(segments, ""));
    all.pop_back();
    return all;
  }

  // Lines behind the first of a segment go out with it; so do, if it is not said otherwise, the
  // lines of a text that follow each other.
  void write_segment(std::string_view segment, bool was_in_text) {
    bool is_first = true;
    while (!segment.empty()) {
      const std::size_t end = segment.find('\n');
      const bool is_whole = end != segment.npos && !is_cut_;
      const std::string_view line = segment.substr(0, end == segment.npos ? end : end + 1);
      transcript_ += "C: ";
      transcript_ += is_whole ? write_unit(line.substr(0, line.size() - 1))
                              : fmt::format("raw {}", chat::quote(line));
      if (!is_first) transcript_ += " | joined";
      if (is_first && was_in_text && is_within_text_) transcript_ += " | apart";
      transcript_ += '\n';
      is_cut_ = end == segment.npos;
      is_within_text_ = was_in_text;
      is_first = false;
      segment.remove_prefix(line.size());
    }
  }

  static std::string write_unit(std::string_view line) {
    if (chat::is_word_of(line_profile(), line) || line == line_profile().terminator)
      return std::string(line);
    const bool is_long = line.size() > 256 && line.find_first_not_of(line.front()) == line.npos;
    return is_long ? fmt::format("{} * {}", chat::quote(line.substr(0, 1)), line.size())
                   : chat::quote(line);
  }

  void expect(SaidEnd end, bool is_last) {
    if (session_.signed_count() > messages_.size()) messages_.push_back(texts_.take_text());
    std::string replies;
    for (std::string piece; !(piece = session_.take_output()).empty();) replies += piece;
    if (replies.starts_with(line_profile().signature)) {
      transcript_ += fmt::format("S: {}\nS: <signature {}>\n", line_profile().signature,
                                 session_.signed_count());
    } else if (!replies.empty()) {
      write_replies(replies);
    }
    if (end == SaidEnd::kClose) {
      transcript_ += "S: <exit any-or-none>\n";
    } else if (session_.finished()) {
      transcript_ += "S: <close>\n";
    } else if (is_last) {  // so that whoever says more, or closes, is found out
      transcript_ += "S: <silence>\n";
    }
  }

  void write_replies(std::string_view replies) {
    while (!replies.empty()) {
      const std::size_t end = replies.find('\n');
      transcript_ += fmt::format("S: {}\n", replies.substr(0, end));
      replies.remove_prefix(end + 1);
    }
  }

  std::vector<std::string> keys_ = make_exploring_keys(0);
  TextKeeper texts_;
  chat::ServerSession session_;
  std::string transcript_;
  std::vector<std::vector<std::string>> messages_;
  bool is_cut_ = false;          // the last line that went out has no end yet
  bool is_within_text_ = false;  // … and is a line of a text
};

void write_all(const ClientAlphabet& alphabet, std::span<const learning::Symbol> word,
               WitnessWriter& writer) {
  for (std::size_t i = 0; i < word.size(); ++i)
    writer.say(symbol_of(alphabet, word[i]), i, i + 1 == word.size());
}

std::string write_message(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += fmt::format("{:<9} {}\n", text.empty() ? "message" : "", chat::quote(line));
  return text.empty() ? "message   \"\"\n" : text;
}

// What a symbol that breaks nothing puts to the test.
std::vector<std::string> requirements_of(std::string_view symbol, const WitnessWriter& before,
                                         const WitnessWriter& after) {
  if (symbol == "cut" || symbol == "half" || symbol == "rest") return {"STREAM-1"};
  if (after.signed_count() > before.signed_count()) {
    std::vector<std::string> found{"DATA-4", after.signed_count() > 1 ? "SIG-2" : "SIG-1"};
    if (symbol == "message") found.emplace_back("STREAM-2");
    return found;
  }
  if (symbol == "message" || symbol == "joined") return {"STREAM-2"};
  if (before.in_text()) return {symbol == "long" ? "LIMIT-1" : "DATA-2"};
  if (symbol == "HELLO") return {"HELLO-2"};
  if (symbol == "DATA") return {"DATA-2"};
  if (symbol == "QUIT") return {before.signed_count() == 0 ? "QUIT-3" : "QUIT-2"};
  return {"VERDICT-2"};
}

}  // namespace

std::vector<std::string> find_requirements(const ClientAlphabet& alphabet,
                                           std::span<const learning::Symbol> word) {
  WitnessWriter before;
  write_all(alphabet, word.first(word.size() - 1), before);
  WitnessWriter after;
  write_all(alphabet, word, after);
  const ClientSymbol& last = symbol_of(alphabet, word.back());
  const auto said = last.say(line_profile(), word.size() - 1);
  if (said->end != SaidEnd::kNone) return {before.in_text() ? "END-1" : "END-2"};
  if (after.violation()) return {std::string(after.violation()->requirement)};
  return requirements_of(last.name, before, after);
}

std::string write_witness(const ClientAlphabet& alphabet, std::span<const learning::Symbol> word,
                          std::string_view came) {
  WitnessWriter writer;
  write_all(alphabet, word, writer);
  const auto requirements = find_requirements(alphabet, word);
  const auto expected = ask_reference(line_profile(), make_exploring_keys(0), alphabet, word);
  const chat::Requirement* first = chat::find_requirement(requirements.front());
  assert(first && "what is covered is a requirement");
  std::string text = fmt::format(
      "# Found by exploring a server: expected {}, came {}.\n"
      "scenario  {} is answered as the protocol says\n"
      "covers    {}\nlevel     {}\nrole      server\n\n",
      expected.back(), came, show_word(alphabet, word), fmt::join(requirements, " "),
      chat::to_string(first->level));
  for (std::size_t i = 0; writer.in_text() && i <= writer.messages().size(); ++i)
    text += "key       <random 12 letters>\n";
  for (const auto& message : writer.messages()) text += write_message(message);
  text += '\n' + writer.transcript();
  Scenario scenario;
  const std::string problems = check_source(text, "witness", scenario);
  assert(problems.empty() && "what is written here has no mistakes");
  return print(scenario);
}

}  // namespace chatspec
