#include "harness/report/signs.h"

#include <algorithm>
#include <array>
#include <ranges>

#include <fmt/format.h>

#include "harness/judge/diagnosis/signature_writing.h"
#include "harness/judge/findings/verdict.h"
#include "harness/report/what_matters.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

struct TopicWord {
  std::string_view mistake;
  std::string_view topic;
};

constexpr std::string_view kComparing = "comparing signatures";
constexpr std::string_view kEscaping = "escaping";
constexpr std::string_view kWhichMessage = "which message is next";
constexpr std::string_view kWritingDigits = "writing digits";

constexpr std::array kTopics{
    TopicWord{"half-line-taken", kSegments},
    TopicWord{"one-line-per-receive", kSegments},
    TopicWord{"one-receive-for-a-line", kSegments},
    TopicWord{"one-receive-for-a-text", kSegments},
    TopicWord{"signature-announced-early", kSegments},
    TopicWord{"signature-before-text", kSegments},
    TopicWord{"terminator-not-found", kSegments},
    // As the harness sends texts to servers, and clients send them.
    TopicWord{"all-backslashes-removed", kEscaping},
    TopicWord{"all-dots-doubled", kEscaping},
    TopicWord{"backslashes-unescaped-first", kEscaping},
    TopicWord{"dots-escaped-first", kEscaping},
    TopicWord{"dots-escaped-with-backslash", kEscaping},
    TopicWord{"dots-unescaped-first", kEscaping},
    TopicWord{"escaped-again", kEscaping},
    TopicWord{"escaped-as-in-line", kEscaping},
    TopicWord{"leading-dots-doubled", kEscaping},
    TopicWord{"leading-dots-not-doubled", kEscaping},
    TopicWord{"only-backslashes-escaped", kEscaping},
    TopicWord{"only-backslashes-unescaped", kEscaping},
    TopicWord{"only-dots-escaped", kEscaping},
    TopicWord{"only-dots-unescaped", kEscaping},
    TopicWord{"only-leading-dots-escaped", kEscaping},
    TopicWord{"only-some-escaped", kEscaping},
    TopicWord{"only-terminator-doubled", kEscaping},
    TopicWord{"still-escaped", kEscaping},
    TopicWord{"text-not-escaped", kEscaping},
    TopicWord{"text-still-escaped", kEscaping},
    TopicWord{"unescaped-again", kEscaping},
    TopicWord{"unescaped-as-in-c", kEscaping},
    TopicWord{"unescaped-at-line-start", kEscaping},
    TopicWord{"unescaped-before-anything", kEscaping},
    TopicWord{"unescaped-once-per-line", kEscaping},
    TopicWord{"message-left-out", kWhichMessage},
    TopicWord{"message-too-many", kWhichMessage},
    TopicWord{"other-message-sent", kWhichMessage},
    TopicWord{"signature-begin-enough", kComparing},
    TopicWord{"signature-blanks-ignored", kComparing},
    TopicWord{"signature-compared-in-part", kComparing},
    TopicWord{"signature-compared-too-strictly", kComparing},
    TopicWord{"signature-ending-compared", kComparing},
    TopicWord{"signature-found-within", kComparing},
    TopicWord{"signature-letters-compared", kComparing},
    TopicWord{"signature-not-compared", kComparing},
    TopicWord{"signature-of-any-message", kComparing},
    TopicWord{"signature-order-ignored", kComparing},
    TopicWord{"signature-rest-ignored", kComparing},
    TopicWord{"zeros-left-out", kWritingDigits},
};

bool is(const FindingRecord& finding, FailureCode code) {
  return finding.code == to_string(code);
}

std::string family_of(std::string_view requirement) {
  return std::string(requirement.substr(0, requirement.find('-')));
}

// Bytes that are likely to be a word of the protocol, and not a text or a signature.
bool is_word(const LoggedBytes& bytes) {
  constexpr std::size_t kLongest = 24;
  return !bytes.empty() && bytes.is_whole() && bytes.begin.size() <= kLongest;
}

// A text or a signature may be wrong in any way; where nothing says in which, it is not known that
// it is another one. A word in place of a signature is another unit.
bool is_of_content(const FindingRecord& finding) {
  const bool is_misshapen =
      is(finding, FailureCode::kMalformedSignature) && !is_word(finding.received);
  return is_misshapen || is(finding, FailureCode::kWrongText) ||
         is(finding, FailureCode::kWrongSignature);
}

// What it was told last, where that is a word.
std::string find_last_word_sent(const CaseRecord& played) {
  for (const EventRecord& event : std::views::reverse(played.events)) {
    if (event.kind == EventKind::kSent) return is_word(event.bytes) ? event.bytes.begin : "";
  }
  return {};
}

// The last line that it wrote to standard error about it, without what is of the case.
std::string find_last_words(const CaseRecord& played) {
  const LoggedBytes& errors = played.errors.bytes;
  std::string_view text = errors.is_whole() ? errors.begin : errors.omitted->end;
  if (played.errors.before_end) text = text.substr(0, *played.errors.before_end);
  std::string_view last;
  while (!text.empty()) {
    const std::string_view line = chat::take_line(text);
    if (!line.empty()) last = line;
  }
  return without_particulars(last);
}

// What it says; where what was due did not come, what it was told last; and what it writes about
// it.
Signs find_signs_of_behaviour(const CaseRecord& played, const FindingRecord& finding) {
  Signs signs;
  if (is_word(finding.received))
    signs.insert(fmt::format("{}: {}", finding.code, finding.received.begin));
  const bool is_silent = finding.received.empty() && !finding.expected.empty();
  if (const std::string told = find_last_word_sent(played); is_silent && !told.empty())
    signs.insert(fmt::format("{} when told: {}", finding.code, told));
  if (const std::string words = find_last_words(played); !words.empty())
    signs.insert(fmt::format("writes: {}", words));
  return signs;
}

// Whoever goes on where it should end shows it by saying nothing, wherever that is, or by what it
// says; of that, the requirements of one family are the same.
Signs find_signs_of_going_on(const FindingRecord& finding,
                             const std::vector<std::string>& requirements) {
  Signs signs;
  const bool speaks = is(finding, FailureCode::kUnexpectedData);
  if (finding.expected != "<close>" || !(speaks || is(finding, FailureCode::kNotClosed))) return {};
  if (!speaks) signs.insert("stays open");
  for (const std::string& requirement : requirements)
    signs.insert(fmt::format("goes on against {}", family_of(requirement)));
  return signs;
}

}  // namespace

std::string without_particulars(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && c != '\'' && (c < '0' || c > '9')) out += c;
  }
  return out;
}

std::string_view find_topic(std::string_view mistake) {
  if (is_about_writing(mistake)) return kWritingDigits;
  const auto found = std::ranges::find(kTopics, mistake, &TopicWord::mistake);
  return found == kTopics.end() ? "" : found->topic;
}

Signs find_signs(const CaseRecord& played, const FindingRecord& finding) {
  const std::vector<std::string> requirements = requirements_meant(played, &finding);
  Signs signs = find_signs_of_going_on(finding, requirements);
  if (!is_of_content(finding)) signs.merge(find_signs_of_behaviour(played, finding));
  for (const std::string& requirement : requirements) {
    signs.insert(fmt::format("breaks {}", requirement));
    if (is_about_segments(requirement)) signs.emplace(kSegments);
  }
  // Whoever dies in several places of the conversation by the same signal is likely to do so at one
  // place of its own.
  if (is(finding, FailureCode::kKilled) || is(finding, FailureCode::kChildKilled))
    signs.insert(fmt::format("dies: {}", finding.message));
  if (is_of_content(finding)) signs.insert(finding.code);
  if (finding.cause) signs.emplace(find_topic(finding.cause->id));
  signs.erase("");
  if (signs.empty()) signs.insert(finding.code);
  return signs;
}

}  // namespace chatspec
