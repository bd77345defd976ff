#include "harness/report/explanation.h"

#include <algorithm>
#include <array>
#include <ranges>

#include <fmt/format.h>

#include "harness/judge/verdict.h"
#include "reference/lines.h"

namespace chatspec {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (const auto part : std::views::split(text, separator))
    parts.emplace_back(part.begin(), part.end());
  return parts;
}

// The parameters of a cause that belong to the case in which it showed, and not to the mistake.
constexpr std::array kOfTheCase{"message", "key",   "due",    "what",    "mistakes",
                                "others",  "words", "places", "unit",    "segments",
                                "part",    "first", "second", "instead", "line"};
constexpr std::string_view kAndMore = "…";  // in a list of mistakes

// "key-2" and "key-3" are the same mistake, and so are the causes that tell of it.
std::string trait_of_mistake(std::string_view mistake) {
  for (const std::string_view kind : {"key-", "message-"}) {
    const std::string_view number =
        mistake.starts_with(kind) ? mistake.substr(kind.size()) : std::string_view();
    if (!number.empty() && number.find_first_not_of("0123456789") == number.npos)
      return fmt::format("mistake/other-{}", kind.substr(0, kind.size() - 1));
  }
  if (mistake == "first-key-again" || mistake == "other-key") return "mistake/other-key";
  if (mistake == "other-message-signed") return "mistake/other-message";
  return fmt::format("mistake/{}", mistake);
}

std::string trait_of(const CauseRecord& cause) {
  std::string trait = trait_of_mistake(cause.id);
  for (const auto& [name, value] : cause.parameters) {
    if (std::ranges::find(kOfTheCase, name) == kOfTheCase.end())
      trait += fmt::format(" {}={}", name, without_particulars(value));
  }
  if (const auto what = cause.parameters.find("what"); what != cause.parameters.end())
    trait += " " + without_particulars(what->second);
  return trait;
}

std::vector<Explanation> explanations_of(const CauseRecord& cause) {
  const auto mistakes = cause.parameters.find("mistakes");
  if (mistakes == cause.parameters.end()) return {{trait_of(cause)}};
  std::vector<Explanation> explanations;
  for (const std::string& combination : split(mistakes->second, ' ')) {
    if (combination == kAndMore) break;
    Explanation traits;
    for (const std::string& one : split(combination, '+')) traits.insert(trait_of_mistake(one));
    explanations.push_back(std::move(traits));
  }
  return explanations;
}

// What only asks about what was seen: another mistake may have shown in the same way, so these do
// not tell one mistake from another.
constexpr std::array<std::string_view, 27> kSuggestions{"any-taken-for-another",
                                                        "arguments-not-checked",
                                                        "closed-with-bytes-unread",
                                                        "complaint-printed",
                                                        "connection-before-went-well",
                                                        "cr-taken-for-text",
                                                        "files-not-checked",
                                                        "goes-on-at-the-end",
                                                        "half-line-taken",
                                                        "line-ended-by-the-stream",
                                                        "message-before-went-well",
                                                        "next-client-awaited",
                                                        "one-line-per-receive",
                                                        "one-receive-for-a-line",
                                                        "quit-missing",
                                                        "reads-on",
                                                        "reply-ended-by-the-stream",
                                                        "signature-not-sent",
                                                        "stops-after-messages",
                                                        "taken-for-another",
                                                        "taken-out-of-order",
                                                        "terminator-not-found",
                                                        "terminator-not-sent",
                                                        "text-ended-by-the-stream",
                                                        "verdict-ends-connection",
                                                        "verdict-unanswered",
                                                        "violation-answered"};

bool only_suggests(const CauseRecord& cause) {
  return std::ranges::find(kSuggestions, cause.id) != kSuggestions.end();
}

std::string family_of(std::string_view requirement) {
  return std::string(requirement.substr(0, requirement.find('-')));
}

// Where nothing explains it. Whoever goes on where it should end shows it by what it says or by
// saying nothing; of that, the requirements of one family are the same.
std::string trait_of(const FindingRecord& finding, std::string_view requirement) {
  const bool goes_on =
      finding.expected == "<close>" && (finding.code == to_string(FailureCode::kNotClosed) ||
                                        finding.code == to_string(FailureCode::kUnexpectedData));
  return goes_on ? fmt::format("not-closed/{}", family_of(requirement))
                 : fmt::format("{}/{}", finding.code, requirement);
}

// Bytes that are likely to be a word of the protocol, and not a text or a signature.
bool is_word(const LoggedBytes& bytes) {
  constexpr std::size_t kLongest = 24;
  return !bytes.empty() && bytes.is_whole() && bytes.begin.size() <= kLongest;
}

// What it was told last, where that is a word.
std::string find_last_word_sent(const CaseRecord& played) {
  for (const EventRecord& event : std::views::reverse(played.events)) {
    if (event.kind == EventKind::kSent) return is_word(event.bytes) ? event.bytes.begin : "";
  }
  return {};
}

// The last line that it wrote about it, in its own words.
std::string find_last_words(const CaseRecord& played) {
  std::string_view text =
      played.errors.bytes.is_whole() ? played.errors.bytes.begin : played.errors.bytes.omitted->end;
  if (played.errors.before_end) text = text.substr(0, *played.errors.before_end);
  std::string_view last;
  while (!text.empty()) {
    const std::string_view line = chat::take_line(text);
    if (!line.empty()) last = line;
  }
  return without_particulars(last);
}

// What was due, and neither came nor was refused in words.
bool is_silent(const FindingRecord& finding) {
  return finding.received.empty() && !finding.expected.empty();
}

// Whoever dies in several places of the conversation by the same signal is likely to do so at one
// place of its own.
bool is_death(const FindingRecord& finding) {
  return finding.code == to_string(FailureCode::kKilled) ||
         finding.code == to_string(FailureCode::kChildKilled);
}

// What the program did where nothing explains it: the same death, the same word from it, the same
// silence after a word to it, the same last words.
std::vector<Explanation> explain_by_behaviour(const CaseRecord& played,
                                              const FindingRecord& finding) {
  std::vector<Explanation> explanations;
  if (is_death(finding)) explanations.push_back({fmt::format("dies: {}", finding.message)});
  if (is_word(finding.received))
    explanations.push_back({fmt::format("{}/says {}", finding.code, finding.received.begin)});
  if (const std::string word = find_last_word_sent(played); is_silent(finding) && !word.empty())
    explanations.push_back({fmt::format("{}/told {}", finding.code, word)});
  if (const std::string words = find_last_words(played); is_silent(finding) && !words.empty())
    explanations.push_back({fmt::format("{}/writes {}", finding.code, words)});
  return explanations;
}

// Texts and signatures may be wrong in any way; of what nothing explains, it is not known that they
// are wrong in different ones.
bool is_of_one_kind(const FindingRecord& finding) {
  return finding.code == to_string(FailureCode::kWrongText) ||
         finding.code == to_string(FailureCode::kWrongSignature);
}

std::vector<Explanation> explain_without_cause(const CaseRecord& played,
                                               const FindingRecord& finding,
                                               const std::vector<std::string>& requirements) {
  if (is_of_one_kind(finding)) return {{finding.code}};
  std::vector<Explanation> explanations;
  for (const std::string& requirement : requirements)
    explanations.push_back({trait_of(finding, requirement)});
  for (Explanation& one : explain_by_behaviour(played, finding))
    explanations.push_back(std::move(one));
  if (explanations.empty()) explanations.push_back({finding.code});
  return explanations;
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

bool is_searched_through(const FindingRecord& finding) {
  if (!finding.cause) return false;
  const auto mistakes = finding.cause->parameters.find("mistakes");
  return mistakes != finding.cause->parameters.end() && !mistakes->second.ends_with(kAndMore);
}

std::vector<Explanation> explain(const CaseRecord& played, const FindingRecord& finding) {
  std::vector<std::string> requirements = played.requirements;
  if (!finding.requirement.empty()) requirements = {finding.requirement};
  std::vector<Explanation> explanations =
      finding.cause && !only_suggests(*finding.cause)
          ? explanations_of(*finding.cause)
          : explain_without_cause(played, finding, requirements);
  // How bytes are cut may make a text wrong in ways that look like other mistakes.
  if (std::ranges::find(requirements, "STREAM", family_of) != requirements.end())
    explanations.push_back({"segments"});
  return explanations;
}

}  // namespace chatspec
