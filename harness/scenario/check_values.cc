#include "harness/scenario/check_values.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "harness/scenario/item_parser.h"
#include "harness/scenario/report_at.h"

namespace chatspec {
namespace {

void check_each_argument_once(const Scenario& scenario, Diagnostics& diagnostics) {
  std::set<std::string_view> seen;
  for (const ArgumentDefinition* argument : scenario.all<ArgumentDefinition>()) {
    if (seen.insert(argument->placeholder).second) continue;
    report_at(diagnostics, LintCode::kDuplicate, argument->span,
              "this argument is given a second time");
  }
}

void check_styles(const Scenario& scenario, Diagnostics& diagnostics) {
  for (const FileDefinition* file : scenario.all<FileDefinition>()) {
    if (file->file != FileKind::kMessages || !file->trailing_blanks) continue;
    report_at(diagnostics, LintCode::kBadValue, file->span,
              "a message file has no trailing blanks: they would be a message's");
  }
}

// A server is given a port and keys, a client all but keys.
void check_whose_command_line(const Scenario& scenario, Diagnostics& diagnostics) {
  const Roles* role = scenario.find<Roles>();
  if (!role) return;
  const auto check_owners = [&](Span span, std::string_view what, Roles owners) {
    if (overlap(owners, *role)) return;
    report_at(
        diagnostics, LintCode::kWrongRole, span,
        fmt::format("{} is a {}'s, and this scenario is not for one", what, to_string(owners)));
  };
  for (const FileDefinition* file : scenario.all<FileDefinition>()) {
    const bool keys = file->file == FileKind::kKeys;
    check_owners(file->span, "this file", {.server = keys, .client = !keys});
  }
  for (const ArgumentDefinition* argument : scenario.all<ArgumentDefinition>()) {
    const bool keys = argument->placeholder == "keys";
    check_owners(argument->span, "this argument",
                 {.server = keys || argument->placeholder == "port", .client = !keys});
  }
}

// `signature …` belongs to the message above it.
void check_file_signatures(const Scenario& scenario, Diagnostics& diagnostics) {
  const std::size_t messages = scenario.all<MessageDefinition>().size();
  bool open = false;
  for (const Statement& statement : scenario.statements) {
    if (std::holds_alternative<MessageDefinition>(statement.content)) open = true;
    const FileSignature* signature = std::get_if<FileSignature>(&statement.content);
    if (!signature) continue;
    if (!open)
      report_at(diagnostics, LintCode::kMisplacedLine, signature->span,
                "this signature belongs to no message", "it stands below its `message`, once");
    open = false;
    const std::size_t* other = std::get_if<std::size_t>(&signature->content);
    if (other && (*other == 0 || *other > messages)) {
      report_at(diagnostics, LintCode::kUnknownMessage, signature->span,
                fmt::format("there is no message {}", *other),
                fmt::format("this scenario has {}", messages));
    }
  }
}

void check_length(const Value& value, Diagnostics& diagnostics) {
  std::size_t bytes = 0;
  for (const ValueLine& line : value) {
    const Literal* literal = std::get_if<Literal>(&line.content);
    const Random* random = std::get_if<Random>(&line.content);
    bytes += literal ? literal->bytes.size() * literal->times : random ? random->count : 0;
    if (bytes <= kMaxBytes) continue;
    return report_at(diagnostics, LintCode::kTooLarge, line.span,
                     "with this line the text is too long",
                     fmt::format("a text has at most {} bytes", kMaxBytes));
  }
}

bool is_on_the_wire(const Scenario& scenario, std::size_t message) {
  return std::ranges::any_of(scenario.all<TranscriptLine>(), [&](const TranscriptLine* line) {
    return std::ranges::any_of(line->alternatives, [&](const Alternative& alternative) {
      const auto sends = [&](const Item& item) {
        return item.kind == ItemKind::kMessage && item.number == message;
      };
      return sends(alternative.item) || std::ranges::any_of(alternative.then, sends);
    });
  });
}

// What a line of a text says, or nothing where it is random.
std::optional<std::string> known_bytes(const ValueLine& line) {
  const Literal* literal = std::get_if<Literal>(&line.content);
  return literal ? std::optional(literal->bytes) : std::nullopt;
}

// What no line of a key file can hold.
void check_key(const Value& value, Diagnostics& diagnostics) {
  if (value.size() > 1)
    return report_at(diagnostics, LintCode::kBadValue, value[1].span, "a key is one line");
  const auto bytes = known_bytes(value.front());
  if (!bytes) return;
  if (bytes->contains('\n'))
    return report_at(diagnostics, LintCode::kBadValue, value.front().span,
                     "a key cannot hold a line end");
  if (bytes->ends_with(' ') || bytes->ends_with('\t')) {
    report_at(diagnostics, LintCode::kBadValue, value.front().span, "a key cannot end with a blank",
              "at the end of a key file's line, blanks are not part of the key");
  }
}

// A receiver would take it for a part of the line end (FRAME-2), a reader of files, too.
void check_line_ends(const Value& value, std::string_view what, Diagnostics& diagnostics) {
  for (const ValueLine& line : value) {
    const auto bytes = known_bytes(line);
    if (!bytes || !(bytes->ends_with('\r') || bytes->contains("\r\n"))) continue;
    report_at(diagnostics, LintCode::kBadValue, line.span,
              fmt::format("{} cannot end with CR", what),
              "CR LF is a line end: say it where the line is sent, as raw bytes");
  }
}

}  // namespace

void check_files(const Scenario& scenario, Diagnostics& diagnostics) {
  check_each_argument_once(scenario, diagnostics);
  check_styles(scenario, diagnostics);
  check_file_signatures(scenario, diagnostics);
  check_whose_command_line(scenario, diagnostics);
}

void check_values(const Scenario& scenario, Diagnostics& diagnostics) {
  assert(!scenario.find<Table>());
  for (const KeyDefinition* key : scenario.all<KeyDefinition>()) {
    check_length(key->value, diagnostics);
    check_line_ends(key->value, "a key", diagnostics);
    check_key(key->value, diagnostics);
  }
  std::size_t number = 0;
  for (const MessageDefinition* message : scenario.all<MessageDefinition>()) {
    check_length(message->value, diagnostics);
    if (is_on_the_wire(scenario, ++number))
      check_line_ends(message->value, "a line of a message", diagnostics);
  }
}

}  // namespace chatspec
