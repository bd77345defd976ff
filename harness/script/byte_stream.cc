// To import a stream, a reference server is fed with it line by line: what it answers is what is
// expected, in the places in which it answers, and where it closes, the stream ends. Lines become
// units where they can be read, else raw bytes, so that a person sees a conversation.

#include "harness/script/byte_stream.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "reference/framing.h"
#include "reference/recording_sink.h"
#include "reference/server_session.h"
#include "reference/signature.h"
#include "reference/text/lines.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using State = chat::ServerSession::State;

Item make_item(ItemKind kind, std::string_view bytes = {}) {
  return {.kind = kind, .text = {.bytes = std::string(bytes)}};
}

// A line as a unit where its line end is the profile's, else as raw bytes.
Item line_item(std::string_view line) {
  const std::string_view unit = line.substr(0, line.size() - 1);
  if (line.ends_with('\n') && std::ranges::all_of(unit, chat::is_printable))
    return make_item(ItemKind::kUnit, unit);
  return make_item(ItemKind::kRaw, line);
}

// Plays the stream to a reference server, line by line, and writes down both sides.
class Importer {
 public:
  explicit Importer(const ImportOptions& options)
      : options_(options),
        keys_(kImportKeys.begin(), kImportKeys.end()),
        profile_(*chat::find_profile("line")),
        session_(profile_, keys_, sink_, {.unit_bytes = kNoLimit}) {}

  Scenario import(std::string_view bytes) {
    std::string_view rest = bytes;
    while (!rest.empty() && !session_.finished()) {
      take_line(chat::take_whole_line(rest));
    }
    const std::size_t left = rest.size();
    sent_ = bytes.substr(0, bytes.size() - left);
    end_text();
    end_stream();
    return make_scenario(left);
  }

 private:
  static constexpr std::size_t kNoLimit = std::string::npos / 2;

  void take_line(std::string_view line) {
    const bool in_text = session_.state() == State::kText;
    sink_.seen.clear();
    session_.receive(line);
    if (in_text && session_.state() == State::kText) {
      wire_.push_back(line);
      text_ += sink_.seen;
      return;
    }
    if (in_text) end_message();
    turns_.emplace_back(Role::kClient, line_item(line));
    take_replies();
  }

  // The text that has ended becomes a message of the scenario, and what was sent `<message N>`
  // where a client would send that message so.
  void end_message() {
    if (!text_.empty()) text_.pop_back();  // the last line's end
    messages_.push_back(text_);
    std::string sent;
    for (const std::string_view line : wire_) sent += line;
    if (!sent.empty() && chat::encode_text(profile_, text_) == sent) {
      Item item = make_item(ItemKind::kMessage);
      item.number = messages_.size();
      turns_.emplace_back(Role::kClient, std::move(item));
      wire_.clear();
    }
    end_text();
  }

  // What there is of a text, as it was sent.
  void end_text() {
    for (const std::string_view line : wire_)
      turns_.emplace_back(Role::kClient, make_item(ItemKind::kRaw, line));
    wire_.clear();
    text_.clear();
  }

  void take_replies() {
    const std::string replies = session_.take_output();
    for (const std::string_view line : chat::text_lines(replies)) {
      if (line.empty()) continue;  // after the last line end
      Item item = make_item(ItemKind::kUnit, line);
      if (chat::is_signature(line)) {
        item = make_item(ItemKind::kSignature);
        item.number = messages_.size();
      }
      turns_.emplace_back(Role::kServer, std::move(item));
    }
  }

  void end_stream() {
    cover();
    if (!session_.finished()) turns_.emplace_back(Role::kClient, make_item(ItemKind::kHalfClose));
    turns_.emplace_back(Role::kServer, make_item(ItemKind::kClose));
  }

  // What this conversation puts to the test, from how it went and ended.
  void cover() {
    if (is_answered()) covers_.insert("HELLO-2");
    if (!messages_.empty()) covers_.insert({"DATA-3", "DATA-4", "ESC-2", "ESC-3", "SIG-1"});
    if (messages_.size() > 1) covers_.insert("SIG-2");
    if (options_.whole) covers_.insert(options_.split > 0 ? "STREAM-1" : "STREAM-2");
    if (!session_.finished()) {
      covers_.insert(session_.state() == State::kText ? "END-1" : "END-2");
    } else if (session_.violation()) {
      covers_.insert(std::string(session_.violation()->requirement));
    } else {
      covers_.insert("QUIT-2");
    }
  }

  bool is_answered() const {
    return std::ranges::any_of(turns_,
                               [](const auto& turn) { return turn.first == Role::kServer; });
  }

  Scenario make_scenario(std::size_t left) const {
    Scenario scenario;
    const auto add = [&](StatementContent content) {
      scenario.statements.push_back({.content = std::move(content)});
    };
    add(Title{title()});
    scenario.statements.front().lead.emplace_back(
        "Made of a client's bytes; what is expected was worked out by the reference server.");
    Covers covers;
    for (const std::string& id : covers_) covers.requirements.push_back({.text = id});
    add(std::move(covers));
    add(Roles{.server = true});
    add(Profiles{{{.text = "line"}}});
    for (const std::string& key : keys_) add(KeyDefinition{value_of(key)});
    for (const std::string& message : messages_) add(MessageDefinition{value_of(message)});
    const std::size_t first = scenario.statements.size();
    add_transcript(scenario);
    scenario.statements[first].lead.insert(scenario.statements[first].lead.begin(), std::nullopt);
    if (left > 0) {
      scenario.tail.emplace_back(std::nullopt);
      scenario.tail.emplace_back(
          fmt::format("{} more bytes that the client sent come after the close.", left));
    }
    return scenario;
  }

  std::string title() const {
    const std::string name = chat::escape_bytes(options_.name);
    const std::size_t begin = name.find_first_not_of(' ');
    if (begin == std::string::npos) return "what a client sent";
    return "what a client sent: " + name.substr(begin, name.find_last_not_of(' ') + 1 - begin);
  }

  void add_transcript(Scenario& scenario) const {
    const auto add = [&](Role speaker, const Item& item, const Delivery& delivery) {
      scenario.statements.push_back(
          {.content = TranscriptLine{
               .speaker = speaker, .alternatives = {{.item = item}}, .delivery = delivery}});
    };
    if (options_.whole && !sent_.empty()) {
      Delivery delivery;
      if (options_.split > 0) delivery.every = Number{.value = options_.split};
      add(Role::kClient, make_item(ItemKind::kRaw, sent_), delivery);
    }
    for (const auto& [speaker, item] : turns_) {
      const bool sent = speaker == Role::kClient && item.kind != ItemKind::kHalfClose;
      if (!(options_.whole && sent)) add(speaker, item, {});
    }
  }

  static Value value_of(std::string_view text) {
    Value value;
    for (const std::string_view line : chat::text_lines(text))
      value.push_back({.content = Literal{.bytes = std::string(line)}});
    if (value.empty()) value.push_back({.content = Literal{}});
    return value;
  }

  const ImportOptions& options_;
  std::vector<std::string> keys_;
  const chat::Profile& profile_;
  chat::RecordingSink sink_;
  chat::ServerSession session_;

  std::string_view sent_;
  std::vector<std::string_view> wire_;  // the lines of the present text, as sent
  std::string text_;                    // and unescaped, each with LF
  std::vector<std::string> messages_;
  std::vector<std::pair<Role, Item>> turns_;
  std::set<std::string> covers_;
};

}  // namespace

Scenario import_bytes(std::string_view bytes, const ImportOptions& options) {
  return Importer(options).import(bytes);
}

std::vector<std::string> export_bytes(const Script& script) {
  std::map<int, std::string> streams;
  for (const Step& step : script.steps) {
    if (step.action == Action::kSend) streams[step.connection] += step.bytes;
  }
  std::vector<std::string> bytes;
  for (auto& [connection, stream] : streams) bytes.push_back(std::move(stream));
  return bytes;
}

}  // namespace chatspec
