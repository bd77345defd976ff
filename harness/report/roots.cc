// Each finding has explanations, of which any one would do: the combinations of mistakes that give
// the signature, or the cause that was named; and where nothing explains it, what kind of thing
// happened against which requirement. An explanation is a set of traits, and a trait that many
// findings share is likelier what they have in common. So each finding takes the explanation whose
// traits are shared most, and each trait that was taken is a root. Roots with the very same cases
// are one.

#include "harness/report/roots.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <ranges>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/verdict.h"
#include "reference/lines.h"

namespace chatspec {
namespace {

using Explanation = std::set<std::string>;  // its traits

struct Explained {
  Showing showing;
  Root::Kind kind = Root::Kind::kFailure;
  std::vector<Explanation> explanations{};  // the likeliest first, never empty
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (const auto part : std::views::split(text, separator))
    parts.emplace_back(part.begin(), part.end());
  return parts;
}

// What one fault says differently each time: numbers, and what it quotes.
std::string without_particulars(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && c != '\'' && (c < '0' || c > '9')) out += c;
  }
  return out;
}

// The parameters of a cause that belong to the case in which it showed, and not to the mistake.
constexpr std::array kOfTheCase{"message", "key", "due", "what", "mistakes"};

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
    Explanation traits;
    for (const std::string& one : split(combination, '+')) traits.insert(trait_of_mistake(one));
    explanations.push_back(std::move(traits));
  }
  return explanations;
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
      played.errors.bytes.is_whole() ? played.errors.bytes.begin : played.errors.bytes.end;
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

// What the program did where nothing explains it: the same word from it, the same silence after a
// word to it, the same last words.
std::vector<Explanation> explain_by_behaviour(const CaseRecord& played,
                                              const FindingRecord& finding) {
  std::vector<Explanation> explanations;
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

std::vector<Explanation> explain(const CaseRecord& played, const FindingRecord& finding) {
  std::vector<std::string> requirements = played.requirements;
  if (!finding.requirement.empty()) requirements = {finding.requirement};
  std::vector<Explanation> explanations =
      finding.cause ? explanations_of(*finding.cause)
                    : explain_without_cause(played, finding, requirements);
  // How bytes are cut may make a text wrong in ways that look like other mistakes.
  if (std::ranges::find(requirements, "STREAM", family_of) != requirements.end())
    explanations.push_back({"segments"});
  return explanations;
}

std::vector<Explained> explain_all(std::span<const CaseRecord* const> cases) {
  std::vector<Explained> all;
  for (const CaseRecord* played : cases) {
    if (played->verdict == Verdict::kPass || played->verdict == Verdict::kSkipped) continue;
    if (played->verdict == Verdict::kError) {
      all.push_back({{played, nullptr},
                     Root::Kind::kTrouble,
                     {{"trouble/" + without_particulars(played->trouble)}}});
    }
    if (played->failure) {
      const auto kind =
          played->verdict == Verdict::kDeviates ? Root::Kind::kDeviation : Root::Kind::kFailure;
      all.push_back({{played, &*played->failure}, kind, explain(*played, *played->failure)});
    }
    for (const FindingRecord& finding : played->deviations)
      all.push_back({{played, &finding}, Root::Kind::kDeviation, explain(*played, finding)});
  }
  return all;
}

using Support = std::map<std::string, std::size_t>;

Support count_support(const std::vector<Explained>& all) {
  Support support;
  for (const Explained& one : all) {
    Explanation traits;
    for (const Explanation& explanation : one.explanations)
      traits.insert(explanation.begin(), explanation.end());
    for (const std::string& trait : traits) ++support[trait];
  }
  return support;
}

// The explanation that is shared most; of equals the likeliest.
const Explanation& choose(const Explained& one, const Support& support) {
  const auto shared = [&](const Explanation& traits) {
    std::size_t sum = 0;
    for (const std::string& trait : traits) sum += support.at(trait);
    return static_cast<double>(sum) / static_cast<double>(traits.size());
  };
  return *std::ranges::max_element(one.explanations, {}, shared);
}

// Of a showing, how much there is to look at before it is understood. What only deviates is no
// sight of a root that makes others fail.
struct Effort {
  bool only_deviates = false;
  std::size_t other_roots = 0;
  bool is_special = false;  // beyond what every course has
  std::uint64_t bytes = 0;

  auto operator<=>(const Effort&) const = default;
};

struct Gathered {
  Root::Kind kind = Root::Kind::kTrouble;  // the gravest of them
  std::vector<Showing> showings{};
  std::vector<Effort> efforts{};
};

Effort effort_of(const Explained& one, std::size_t other_roots) {
  const CaseRecord& played = *one.showing.played;
  const bool is_core = std::ranges::find(played.tags, "core") != played.tags.end();
  std::uint64_t bytes = 0;
  for (const EventRecord& event : played.events) bytes += event.bytes.length();
  return {.only_deviates = one.kind == Root::Kind::kDeviation,
          .other_roots = other_roots,
          .is_special = !is_core,
          .bytes = bytes};
}

void put_clearest_first(Gathered& gathered) {
  const auto clearest = std::ranges::min_element(gathered.efforts) - gathered.efforts.begin();
  std::rotate(gathered.showings.begin(), gathered.showings.begin() + clearest,
              gathered.showings.begin() + clearest + 1);
}

// By the cases that were not played: those that failed and kept them back, whether they needed
// these themselves or something that needed them.
std::map<std::string, std::size_t> count_kept_back(std::span<const CaseRecord* const> cases) {
  std::map<std::string, std::string> waits_for;
  for (const CaseRecord* one : cases) {
    if (one->verdict == Verdict::kSkipped && one->skipped && !one->skipped->case_id.empty())
      waits_for.emplace(one->id, one->skipped->case_id);
  }
  std::map<std::string, std::size_t> counts;
  for (const auto& [waiting, needed] : waits_for) {
    const std::string* last = &needed;
    // No further than there are cases: a log may say anything.
    for (std::size_t i = 0; i < waits_for.size(); ++i) {
      const auto next = waits_for.find(*last);
      if (next == waits_for.end()) break;
      last = &next->second;
    }
    ++counts[*last];
  }
  return counts;
}

std::vector<const CaseRecord*> cases_of(const Gathered& gathered) {
  std::vector<const CaseRecord*> cases;
  for (const Showing& showing : gathered.showings) cases.push_back(showing.played);
  return cases;
}

std::map<std::string, Gathered> gather(const std::vector<Explained>& all) {
  const Support support = count_support(all);
  std::map<std::string, Gathered> gathered;
  for (const Explained& one : all) {
    const Explanation& traits = choose(one, support);
    for (const std::string& trait : traits) {
      Gathered& root = gathered[trait];
      root.kind = std::min(root.kind, one.kind);
      // A blemish of every reply shows several times in one case.
      if (!root.showings.empty() && root.showings.back().played == one.showing.played) continue;
      root.showings.push_back(one.showing);
      root.efforts.push_back(effort_of(one, traits.size() - 1));
    }
  }
  return gathered;
}

std::size_t count_scenarios(const std::vector<Showing>& showings) {
  std::set<std::string_view> scenarios;
  for (const Showing& showing : showings) {
    const std::string_view id = showing.played->id;
    scenarios.insert(id.substr(0, id.find('[')));
  }
  return scenarios.size();
}

}  // namespace

const std::string& sentence_of(const Root& root) {
  const Showing& clearest = root.showings.front();
  if (!clearest.finding) return clearest.played->trouble;
  return clearest.finding->cause ? clearest.finding->cause->sentence : clearest.finding->message;
}

std::string requirement_of(const Root& root) {
  const auto& [played, finding] = root.showings.front();
  if (finding && !finding->requirement.empty()) return finding->requirement;
  return played->requirements.empty() ? "" : played->requirements.front();
}

std::vector<Root> find_roots(std::span<const CaseRecord* const> cases) {
  const auto kept_back = count_kept_back(cases);
  // By their cases, so that mistakes which always come together are one root.
  std::map<std::pair<Root::Kind, std::vector<const CaseRecord*>>, Root> by_cases;
  for (auto& [trait, gathered] : gather(explain_all(cases))) {
    const auto [found, is_new] = by_cases.try_emplace({gathered.kind, cases_of(gathered)});
    Root& root = found->second;
    root.kind = gathered.kind;
    root.id += (is_new ? "" : "+") + trait;
    if (!is_new) continue;
    put_clearest_first(gathered);
    root.showings = std::move(gathered.showings);
    root.scenarios = count_scenarios(root.showings);
    for (const Showing& showing : root.showings) {
      const auto kept = kept_back.find(showing.played->id);
      if (kept != kept_back.end()) root.kept_back += kept->second;
    }
  }
  std::vector<Root> roots;
  for (auto& [key, root] : by_cases) roots.push_back(std::move(root));
  std::ranges::sort(roots, {}, [](const Root& root) {
    return std::tuple(root.kind, -static_cast<std::int64_t>(root.kept_back + root.showings.size()),
                      root.id);
  });
  return roots;
}

}  // namespace chatspec
