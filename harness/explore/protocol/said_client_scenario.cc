// The reference client hears the conversation in memory; what it sends in answer is expected.

#include "harness/explore/protocol/said_client_scenario.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/explore/fuzz/said_lines.h"
#include "harness/explore/protocol/reference_client.h"
#include "harness/explore/protocol/said_words.h"
#include "reference/framing.h"
#include "reference/signature.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// So many digits of a signature are no accident.
constexpr std::size_t kTellingDigits = 8;

// Whether a line has a part of a signature of the file without being one.
bool is_almost_signature(const chat::Profile& profile, std::string_view line,
                         std::span<const std::string> signatures) {
  const std::string bytes = chat::in_right_case(profile, line);
  return std::ranges::any_of(signatures, [&](const std::string& signature) {
    if (line == signature + std::string(profile.line_end_bytes())) return false;
    for (std::size_t at = 0; at + kTellingDigits <= signature.size(); at += kTellingDigits) {
      if (bytes.contains(signature.substr(at, kTellingDigits))) return true;
    }
    return false;
  });
}

class ClientTranscriptWriter {
 public:
  ClientTranscriptWriter(const chat::Profile& profile, std::span<const std::string> signatures,
                         const SaidConversation& conversation)
      : profile_(profile),
        signatures_(signatures.first(conversation.messages.size())),
        reference_(profile, conversation.messages, signatures) {
    is_literal_ = std::ranges::any_of(
        conversation.steps, [this](const Said& step) { return needs_literal_signatures(step); });
  }

  void say(const Said& said, bool is_last) {
    if (const auto unit = find_cut_unit(said)) {
      transcript_ +=
          fmt::format("S: {} | split at {}\n", *unit, fmt::join(find_splits(said), ", "));
    } else {
      for (const std::string& segment : said.segments) write_segment(segment);
    }
    if (said.end == SaidEnd::kHalfClose) transcript_ += "S: <half-close>\n";
    if (said.end == SaidEnd::kClose) transcript_ += "S: <close>\n";
    if (said.end == SaidEnd::kReset) transcript_ += "S: <reset>\n";
    const ExpectedAnswer expected = reference_.say(said);
    write_expected(said.end, expected, is_last);
  }

  bool is_literal() const { return is_literal_; }
  const std::string& transcript() const { return transcript_; }

 private:
  // What is like a signature of the file, or could be, and a whole one that is cut.
  bool needs_literal_signatures(const Said& step) const {
    const auto lines = split_lines(bytes_of(step));
    const bool is_cut =
        std::ranges::any_of(step.segments, [](const auto& one) { return !one.ends_with('\n'); });
    return std::ranges::any_of(lines, [&](const std::string& line) {
      if (find_signature(line)) return is_cut && lines.size() > 1;
      return chat::is_signature(profile_, without_line_end(line)) ||
             is_almost_signature(profile_, line, signatures_);
    });
  }

  // From 1; nothing for another line.
  std::optional<std::size_t> find_signature(std::string_view line) const {
    const std::string_view line_end = profile_.line_end_bytes();
    if (!line.ends_with(line_end)) return std::nullopt;
    line.remove_suffix(line_end.size());
    // Several messages may have the same.
    if (messages_ > 0 && signatures_[messages_ - 1] == line) return messages_;
    const auto found = std::ranges::find(signatures_, line);
    if (found == signatures_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - signatures_.begin()) + 1;
  }

  // A line as a unit of a scenario that goes out as these bytes; nothing where none does.
  std::optional<std::string> find_unit(std::string_view line) const {
    const std::string_view line_end = profile_.line_end_bytes();
    if (!line.ends_with(line_end)) return std::nullopt;
    const std::string_view unit = line.substr(0, line.size() - line_end.size());
    if (const auto number = find_signature(line))
      return is_literal_ ? std::nullopt : std::optional(fmt::format("<signature {}>", *number));
    if (unit == profile_.signature && !profile_.has_signature_behind_reply())
      return line_profile().signature;
    if (const auto word = find_line_word(profile_, unit)) return std::string(*word);
    const bool is_literal =
        profile_ == line_profile() && std::ranges::all_of(unit, chat::is_printable);
    return is_literal ? std::optional(quote_briefly(unit)) : std::nullopt;
  }

  // What comes in several segments and can be written in one line.
  std::optional<std::string> find_cut_unit(const Said& said) const {
    const std::string bytes = bytes_of(said);
    const bool is_line =
        said.segments.size() > 1 && !is_cut_ && bytes.find('\n') + 1 == bytes.size();
    if (!is_line) return std::nullopt;
    const auto unit = find_unit(bytes);
    return unit ? unit : std::optional("raw " + chat::quote(bytes));
  }

  void write_segment(std::string_view segment) {
    for (bool is_first = true; !segment.empty(); is_first = false) {
      const std::string_view line = chat::take_whole_line(segment);
      const auto unit = is_cut_ ? std::nullopt : find_unit(line);
      transcript_ += fmt::format("S: {}{}\n", unit ? *unit : "raw " + quote_briefly(line),
                                 is_first ? "" : " | joined");
      is_cut_ = !line.ends_with('\n');
    }
  }

  void write_expected(SaidEnd end, const ExpectedAnswer& expected, bool is_last) {
    if (end == SaidEnd::kClose || end == SaidEnd::kReset) {  // nobody listens any more
      transcript_ += "C: <exit any>\n";
      return;
    }
    const std::string& sent = reference_.sent();
    bool in_text = false;
    for (const std::string& line : split_lines(sent)) {
      const std::string_view unit = without_line_end(line);
      if (in_text) {
        in_text = unit != profile_.terminator;
        if (!in_text) transcript_ += fmt::format("C: {}\n", line_profile().terminator);
        continue;
      }
      transcript_ += fmt::format("C: {}\n", find_line_word(profile_, unit).value_or(unit));
      if (unit != profile_.data) continue;
      in_text = true;
      transcript_ += fmt::format("C: <message {}>\n", ++messages_);
    }
    if (ends_closed(expected.answer)) {
      transcript_ += "C: <close>\n";
      if (std::ranges::find(expected.also, profile_.fail) != expected.also.end())
        transcript_ += fmt::format("or {}\n", line_profile().fail);
    } else if (is_last) {
      write_open_end(expected);
    }
    if (is_last && ends_closed(expected.answer)) transcript_ += "C: <exit any>\n";
  }

  void write_open_end(const ExpectedAnswer& expected) {
    const bool may_close = std::ranges::any_of(
        expected.also, [](const std::string& answer) { return answer == kClosedAnswer; });
    if (!may_close) {
      transcript_ += "C: <silence>\n";
    } else if (reference_.sent().empty()) {
      transcript_ += fmt::format("C: <silence>\nor <close>\n");
    } else {
      transcript_ += "or <close>\n";
    }
  }

  const chat::Profile& profile_;
  std::span<const std::string> signatures_;
  ReferenceClientConversation reference_;
  std::string transcript_;
  std::size_t messages_ = 0;  // that were sent
  bool is_literal_ = false;   // signatures are written down
  bool is_cut_ = false;       // the last line that was said has no end yet
};

std::vector<std::string> lines_of(std::string_view message) {
  std::vector<std::string> lines;
  for (const std::string_view line : chat::text_lines(message)) lines.emplace_back(line);
  return lines;
}

}  // namespace

std::string write_client_scenario(const chat::Profile& profile,
                                  std::span<const std::string> signatures,
                                  const SaidConversation& conversation,
                                  const SaidScenario& around) {
  ClientTranscriptWriter writer(profile, signatures, conversation);
  for (std::size_t i = 0; i < conversation.steps.size(); ++i)
    writer.say(conversation.steps[i], i + 1 == conversation.steps.size());
  std::string text = write_scenario_head(around, "client");
  for (const std::string& message : conversation.messages) text += write_message(lines_of(message));
  if (writer.is_literal()) {
    std::string file;
    for (const std::string& signature : signatures.first(conversation.messages.size()))
      file += signature + "\n";
    text += fmt::format("signature-file {}\n", chat::quote(file));
  }
  return tidy_scenario(text + '\n' + writer.transcript());
}

}  // namespace chatspec
