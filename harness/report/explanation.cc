#include "harness/report/explanation.h"

#include <algorithm>
#include <array>
#include <ranges>

#include <fmt/format.h>

#include "harness/report/signs.h"
#include "harness/report/what_matters.h"

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
constexpr std::array<std::string_view, 29> kSuggestions{"any-taken-for-another",
                                                        "arguments-not-checked",
                                                        "closed-with-bytes-unread",
                                                        "complaint-printed",
                                                        "connection-before-went-well",
                                                        "cr-taken-for-text",
                                                        "files-not-checked",
                                                        "first-digit-only",
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
                                                        "signature-ends-connection",
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

}  // namespace

bool is_searched_through(const FindingRecord& finding) {
  if (!finding.cause) return false;
  const auto mistakes = finding.cause->parameters.find("mistakes");
  return mistakes != finding.cause->parameters.end() && !mistakes->second.ends_with(kAndMore);
}

bool is_explained(const FindingRecord& finding) {
  return finding.cause && !only_suggests(*finding.cause);
}

std::vector<Explanation> explain(const CaseRecord& played, const FindingRecord& finding) {
  if (!is_explained(finding)) return {};
  std::vector<Explanation> explanations = explanations_of(*finding.cause);
  // How bytes are cut may make a text wrong in ways that look like other mistakes.
  if (std::ranges::any_of(requirements_meant(played, &finding), is_about_segments))
    explanations.push_back({std::string(kSegments)});
  return explanations;
}

}  // namespace chatspec
