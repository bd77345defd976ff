#include "harness/script/tests/dump.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownBytes = 40;
constexpr std::size_t kShownAtBegin = 12;
constexpr std::size_t kShownAtEnd = 6;
constexpr int kCommentColumn = 60;

constexpr std::array<std::string_view, 6> kSubjects{"reply",     "command", "verdict",
                                                    "signature", "text",    "other"};
static_assert(kSubjects.size() == static_cast<std::size_t>(Subject::kOther) + 1);

constexpr std::array<std::string_view, 5> kActions{"send", "half-close", "close", "reset",
                                                   "expect"};
static_assert(kActions.size() == static_cast<std::size_t>(Action::kExpect) + 1);

std::string dump_bytes(std::string_view bytes) {
  if (bytes.size() <= kShownBytes) return chat::quote(bytes);
  return fmt::format("{}…{} bytes…{}", chat::quote(bytes.substr(0, kShownAtBegin)), bytes.size(),
                     chat::quote(bytes.substr(bytes.size() - kShownAtEnd)));
}

std::string dump_pattern(const Pattern& pattern) {
  std::string out;
  for (const std::string& part : pattern.parts) {
    out += (out.empty() ? "" : " * ") + chat::quote(part);
  }
  return out.empty() ? "anything" : out;
}

std::string dump_exit(const Expectation& expectation) {
  constexpr std::array<std::string_view, 6> kWords{"0",         "nonzero",     "any",
                                                   "0 or none", "any or none", "status"};
  const std::string word(kWords.at(static_cast<std::size_t>(expectation.exit)));
  return expectation.exit == ExitWanted::kStatus ? fmt::format("{} {}", word, expectation.status)
                                                 : word;
}

std::string dump_content(const Expectation& expectation) {
  switch (expectation.kind) {
    case ItemKind::kUnit:
    case ItemKind::kRaw:
    case ItemKind::kMessage:
      return dump_bytes(expectation.bytes);
    case ItemKind::kSignature:
      return fmt::format("of {} with key {} {}", expectation.message, expectation.key,
                         dump_bytes(expectation.bytes));
    case ItemKind::kAnySignature:
      return "any";
    case ItemKind::kLike:
    case ItemKind::kAnyLine:
      return "like " + dump_pattern(expectation.pattern);
    case ItemKind::kPrints:
      return "prints " + dump_pattern(expectation.pattern);
    case ItemKind::kPrintsReceived:
      return "prints what it received";
    case ItemKind::kComplains:
      return "complains " + dump_pattern(expectation.pattern);
    case ItemKind::kExit:
      return "exits with " + dump_exit(expectation);
    case ItemKind::kClose:
      return "close";
    case ItemKind::kHalfClose:
      return "half-close";
    case ItemKind::kReset:
      return "reset";
    case ItemKind::kSilence:
      return "silence";
    case ItemKind::kNothing:
      return "nothing";
    case ItemKind::kRestart:
      return "restart";
    case ItemKind::kColumn:
      break;
  }
  return "a column, which no script has";
}

std::string dump_expectation(const Expectation& expectation) {
  std::string out;
  if (expectation.subject != Subject::kOther)
    out += fmt::format("{} ", kSubjects.at(static_cast<std::size_t>(expectation.subject)));
  out += dump_content(expectation);
  if (expectation.deviates) out += " deviates";
  if (!expectation.requirement.empty()) out += " " + expectation.requirement;
  for (const Expectation& next : expectation.then) out += " then " + dump_expectation(next);
  return out;
}

// Each segment, and how often where the next ones are the same.
std::string dump_segments(const Step& step) {
  std::vector<std::string> segments;
  std::size_t begin = 0;
  for (const std::size_t cut : step.cuts) {
    segments.push_back(step.bytes.substr(begin, cut - begin));
    begin = cut;
  }
  segments.push_back(step.bytes.substr(begin));
  std::string out;
  for (auto it = segments.begin(); it != segments.end();) {
    const auto next = std::find_if(it, segments.end(), [&](const auto& one) { return one != *it; });
    out += (out.empty() ? "" : "|") + dump_bytes(*it);
    if (next - it > 1) out += fmt::format(" * {}", next - it);
    it = next;
  }
  return out;
}

std::string dump_what(const Step& step) {
  std::string out;
  if (step.action == Action::kExpect) {
    for (const Expectation& way : step.alternatives)
      out += (out.empty() ? "" : " or ") + dump_expectation(way);
    if (step.due_after > 0) out += fmt::format(" due after {}", step.due_after);
    return out;
  }
  if (step.action != Action::kSend) return out;
  out = dump_segments(step);
  if (!step.bytes_after_fail.empty()) out += " after FAIL " + dump_bytes(step.bytes_after_fail);
  return out;
}

std::string dump_speaker(const Step& step) {
  const char side = step.speaker == Role::kClient ? 'C' : 'S';
  return step.connection == 1 ? fmt::format("{}:", side)
                              : fmt::format("{}{}:", side, step.connection);
}

std::string dump_file(std::string_view name, const std::optional<std::string>& content) {
  return fmt::format("{} {}\n", name, content ? dump_bytes(*content) : "absent");
}

}  // namespace

std::string dump_steps(const Script& script) {
  std::string out;
  for (const Step& step : script.steps) {
    std::string line = fmt::format("{:<10} {}", kActions.at(static_cast<std::size_t>(step.action)),
                                   dump_speaker(step));
    if (const std::string what = dump_what(step); !what.empty()) line += " " + what;
    fmt::format_to(std::back_inserter(out), "{:<{}} # {}\n", line, kCommentColumn - 1, step.shown);
  }
  return out;
}

std::string dump_materials(const Script& script) {
  const Materials& materials = script.materials;
  std::string out;
  for (const std::string& key : materials.keys) out += "key " + dump_bytes(key) + "\n";
  for (const std::string& message : materials.messages)
    out += "message " + dump_bytes(message) + "\n";
  if (script.role == Role::kServer) {
    out += dump_file("key file", materials.key_file);
  } else {
    out += dump_file("message file", materials.message_file);
    out += dump_file("signature file", materials.signature_file);
  }
  for (const auto& [placeholder, value] : materials.arguments)
    out += dump_file("argument " + placeholder, value);
  return out;
}

}  // namespace chatspec
