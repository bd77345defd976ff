// Follows the transcript line by line with what has happened so far: which connections there are,
// which sides of them have ended, whether the program has. Every line is checked for each role that
// the scenario has: in one, the harness plays it and must know what to do; in the other, it expects
// it, and must be able to see it.

#include "harness/scenario/check_transcript.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/item_kind.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/text_lines.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kLongestLineEnd = 2;
constexpr std::size_t kMaxPatternBytes = 4096;

// How many bytes an item has at most, in whatever profile; nothing where that depends on a message.
std::optional<std::size_t> longest_length(const Item& item) {
  const std::size_t text = item.text.bytes.size() * item.text.times;
  switch (item.kind) {
    case ItemKind::kUnit:
      return text + kLongestLineEnd;
    case ItemKind::kRaw:
      return text;
    case ItemKind::kSignature:
      return chat::kSignatureDigits + kLongestLineEnd;
    default:
      return std::nullopt;
  }
}

// Follows the transcript, with what has been said so far of each connection and side.
class TranscriptChecker {
 public:
  TranscriptChecker(const Scenario& scenario, Diagnostics& diagnostics)
      : diagnostics_(diagnostics) {
    assert(!scenario.find<Table>());
    if (const Roles* roles = scenario.find<Roles>()) roles_ = *roles;
    messages_ = scenario.all<MessageDefinition>().size();
    keys_ = std::max(scenario.all<KeyDefinition>().size(), messages_);
    if (!scenario.all<KeyDefinition>().empty()) keys_ = scenario.all<KeyDefinition>().size();
  }

  void check(const TranscriptLine& line) {
    check_connection(line);
    check_delivery(line);
    check_alternatives(line);
    for (const Alternative& alternative : line.alternatives) {
      check_item(line, alternative.item);
      check_way(line, alternative);
    }
    remember(line);
  }

 private:
  bool implementation_speaks(Role speaker) const { return roles_.has(speaker); }
  static bool is_restart(const TranscriptLine& line) {
    return line.alternatives.front().item.kind == ItemKind::kRestart;
  }
  bool harness_speaks(Role speaker) const { return roles_.has(other(speaker)); }

  void error(LintCode code, const Span& span, std::string message, std::string hint = "") {
    diagnostics_.add(code, span.place, span.length, std::move(message), std::move(hint));
  }

  void check_connection(const TranscriptLine& line) {
    if (is_restart(line)) return;
    if (line.connection <= ended_by_restart_) {
      error(LintCode::kImpossibleOrder, line.span,
            fmt::format("connection {} ended with the <restart> above", line.connection),
            fmt::format("the next connection is {}", connections_ + 1));
    }
    if (line.connection > connections_ + 1) {
      error(LintCode::kImpossibleOrder, line.span,
            fmt::format("connection {} comes before connection {}", line.connection,
                        connections_ + 1));
    }
    connections_ = std::max(connections_, line.connection);
  }

  void check_delivery(const TranscriptLine& line) {
    const Delivery& delivery = line.delivery;
    const bool is_of_text = text_lines_.take(line);
    if (delivery.is_default()) return;
    if (!harness_speaks(line.speaker)) {
      return error(LintCode::kBadDelivery, delivery.span,
                   "the harness does not send this line, so it cannot cut or join it");
    }
    if (!is_bytes(line.alternatives.front().item.kind))
      return error(LintCode::kBadDelivery, delivery.span, "this line sends no bytes");
    assert(!delivery.every || delivery.at.empty());  // the parser takes one `split`
    if (delivery.every && delivery.every->value == 0)
      error(LintCode::kBadDelivery, delivery.every->span, "a piece has at least one byte");
    for (std::size_t i = 0; i < delivery.at.size(); ++i) {
      if (delivery.at[i].value == 0 ||
          (i > 0 && delivery.at[i].value <= delivery.at[i - 1].value)) {
        error(LintCode::kBadDelivery, delivery.at[i].span,
              "cuts count from 1, the first byte of the line, in rising order");
      }
    }
    check_cuts_are_inside(line);
    check_apart(delivery, is_of_text);
    if (delivery.joined &&
        !(last_ && last_->speaker == line.speaker && last_->connection == line.connection &&
          is_bytes(last_->alternatives.front().item.kind))) {
      error(LintCode::kBadDelivery, delivery.span, "there is nothing to join this line to",
            "the line above must send bytes from the same side on the same connection");
    }
  }

  void check_apart(const Delivery& delivery, bool is_of_text) {
    if (!delivery.apart) return;
    if (!is_of_text) {
      error(LintCode::kBadDelivery, delivery.span,
            "this line is no part of a text, so it goes out by itself anyway",
            "a text is what stands between `C: DATA` and `C: .`, both on one connection");
    }
    if (delivery.joined || delivery.every || !delivery.at.empty())
      error(LintCode::kBadDelivery, delivery.span, "`apart` stands alone",
            "a line that is split goes out by itself, too");
  }

  // Behind its last byte nothing is cut, whatever line end the profile gives it.
  void check_cuts_are_inside(const TranscriptLine& line) {
    const auto most = longest_length(line.alternatives.front().item);
    for (const Number& at : line.delivery.at) {
      if (!most || at.value < *most) continue;
      error(LintCode::kBadDelivery, at.span,
            fmt::format("this line has at most {} bytes, so nothing is cut here", *most));
    }
  }

  void check_alternatives(const TranscriptLine& line) {
    const Alternative& first = line.alternatives.front();
    if (line.alternatives.size() == 1 && !first.deviates) return;
    if (!implementation_speaks(line.speaker)) {
      error(LintCode::kPlayedByHarness, line.span,
            "the harness plays this line, so it has no alternatives");
    }
    if (first.deviates)
      error(LintCode::kBadDeviation, first.span, "the first way is the right one",
            "put the ways that deviate after `or`");
    for (const Alternative& alternative : line.alternatives) {
      if (line.alternatives.size() > 1 &&
          (is_about_program(alternative.item.kind) || alternative.item.kind == ItemKind::kRestart ||
           alternative.item.kind == ItemKind::kNothing)) {
        error(LintCode::kBadAlternative, alternative.item.span,
              fmt::format("{} cannot be an alternative", print(alternative.item)));
      }
    }
  }

  // A way of several lines: whatever comes before its last line leaves the side able to go on.
  void check_way(const TranscriptLine& line, const Alternative& way) {
    if (way.then.empty()) return;
    if (line.alternatives.size() == 1) {
      return error(LintCode::kBadAlternative, way.then.front().span,
                   "`then` belongs to one of several ways, and here is one",
                   "give each line its speaker");
    }
    if (harness_speaks(line.speaker)) {
      return error(LintCode::kPlayedByHarness, way.then.front().span,
                   "the harness plays this line too, and does not choose between ways",
                   "give the scenario one role");
    }
    const Item* before = &way.item;
    for (const Item& item : way.then) {
      check_item(line, item);
      if (!is_bytes(before->kind)) {
        error(LintCode::kImpossibleOrder, item.span,
              fmt::format("after {} nothing comes by itself", print(*before)));
      }
      if (!is_bytes(item.kind) && !is_ending(item.kind) && item.kind != ItemKind::kSilence)
        error(LintCode::kBadAlternative, item.span,
              fmt::format("{} cannot be an alternative", print(item)));
      before = &item;
    }
  }

  void check_item(const TranscriptLine& line, const Item& item) {
    check_numbers(item);
    check_pattern(item);
    if (item.kind == ItemKind::kRaw && item.text.bytes.empty())
      error(LintCode::kBadValue, item.span, "there are no bytes in this");
    // Behind `or` it is another way of the implementation's; what the harness sends is the first.
    if (item.kind == ItemKind::kAnySignature && harness_speaks(line.speaker) &&
        &item == &line.alternatives.front().item) {
      error(LintCode::kPlayedByHarness, item.span,
            "the harness plays this line too, and cannot send just any signature",
            "write <signature N> and below it `or <any signature>`, or `role server`");
    }
    if (item.kind == ItemKind::kRestart && (roles_.client || line.speaker == Role::kClient)) {
      error(LintCode::kWrongRole, item.span, "only a server under test can be started again",
            "write `S: <restart>` in a scenario with `role server`");
      return;
    }
    if (is_pattern(item.kind) && harness_speaks(line.speaker)) {
      error(LintCode::kPlayedByHarness, item.span,
            "the harness plays this line too, and must know what to send",
            "write the line that it sends, or give the scenario the role of this side alone");
    }
    if (is_only_checked(item.kind) && !implementation_speaks(line.speaker)) {
      error(LintCode::kPlayedByHarness, item.span,
            "the harness plays this side, so this would never be checked");
    }
    check_sequence(line, item);
    check_behind_silence(line, item);
  }

  // Whoever is proven to be silent says nothing until something is done.
  void check_behind_silence(const TranscriptLine& line, const Item& item) {
    if (!last_ || last_->speaker != line.speaker || last_->connection != line.connection) return;
    const bool silent = std::ranges::any_of(last_->alternatives, [](const Alternative& one) {
      return one.item.kind == ItemKind::kSilence;
    });
    if (silent && last_->alternatives.size() == 1 && is_bytes(item.kind)) {
      error(LintCode::kImpossibleOrder, item.span, "after <silence> nothing comes by itself",
            "let the other side send something first");
    }
  }

  // A line has no LF within, and one without end fits nothing.
  void check_pattern(const Item& item) {
    std::size_t bytes = 0;
    for (const std::string& part : item.pattern.parts) {
      bytes += part.size();
      if (part.contains('\n')) {
        return error(LintCode::kBadValue, item.span, "this fits no line: there is a line end in it",
                     "say each line for itself, without its line end");
      }
    }
    if (bytes > kMaxPatternBytes) {
      error(LintCode::kTooLarge, item.span,
            fmt::format("a line that is described has at most {} bytes of its own",
                        kMaxPatternBytes));
    }
  }

  void check_numbers(const Item& item) {
    if (item.kind != ItemKind::kMessage && item.kind != ItemKind::kSignature) return;
    if (item.number == 0 || item.number > messages_) {
      error(LintCode::kUnknownMessage, item.span,
            fmt::format("there is no message {}", item.number),
            fmt::format("this scenario has {}", messages_));
    } else if (item.kind == ItemKind::kSignature &&
               std::max(item.key, item.key ? 0 : item.number) > keys_) {
      error(LintCode::kUnknownKey, item.span,
            fmt::format("there is no key {}", item.key ? item.key : item.number),
            fmt::format("this scenario has {}", keys_));
    }
  }

  // Nothing comes after an end.
  void check_sequence(const TranscriptLine& line, const Item& item) {
    const auto side = std::pair(line.connection, line.speaker);
    if (is_about_program(item.kind)) return;
    if (program_ended_)
      error(LintCode::kImpossibleOrder, item.span, "the program has ended above",
            "put what it prints and how it exits last");
    if (nothing_)
      error(LintCode::kImpossibleOrder, item.span, "with <nothing> above, there is no connection");
    if (item.kind == ItemKind::kRestart) return;
    if (item.kind == ItemKind::kNothing && last_)
      error(LintCode::kImpossibleOrder, item.span, "<nothing> is the first line of a transcript");
    if (reset_.contains(line.connection))
      error(LintCode::kImpossibleOrder, item.span, "this connection was reset above");
    if (ended_.contains(side) && (is_bytes(item.kind) || is_ending(item.kind))) {
      error(LintCode::kImpossibleOrder, item.span, "this side has closed the connection above");
    }
  }

  void remember(const TranscriptLine& line) {
    const Alternative& first = line.alternatives.front();
    const ItemKind kind = first.then.empty() ? first.item.kind : first.then.back().kind;
    if (is_ending(kind)) ended_.insert({line.connection, line.speaker});
    if (kind == ItemKind::kReset) reset_.insert(line.connection);
    if (kind == ItemKind::kNothing) nothing_ = true;
    if (kind == ItemKind::kRestart) ended_by_restart_ = connections_;
    if (is_about_program(kind)) program_ended_ = true;
    last_ = &line;
  }

  Diagnostics& diagnostics_;
  Roles roles_;
  std::size_t messages_ = 0;
  std::size_t keys_ = 0;
  int connections_ = 0;
  int ended_by_restart_ = 0;  // the last connection that did
  const TranscriptLine* last_ = nullptr;
  TextLines text_lines_;
  std::set<std::pair<int, Role>> ended_;
  std::set<int> reset_;
  bool nothing_ = false;
  bool program_ended_ = false;
};

}  // namespace

void check_transcript(const Scenario& scenario, Diagnostics& diagnostics) {
  TranscriptChecker checker(scenario, diagnostics);
  for (const TranscriptLine* line : scenario.all<TranscriptLine>()) checker.check(*line);
}

}  // namespace chatspec
