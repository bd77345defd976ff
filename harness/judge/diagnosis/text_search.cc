// What is sent can be read, unlike a signature: but only up to the first line that is wrong, where
// the harness stops. So several combinations may give it, and a short beginning proves little: the
// simplest is named, and others that are about as likely are told. Whatever is not sent yet proves
// nothing.

#include "harness/judge/diagnosis/text_search.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/judge/diagnosis/text_forms.h"
#include "harness/judge/diagnosis/text_mistakes.h"
#include "harness/judge/findings/alternatives.h"
#include "reference/escape.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

// In bytes made; putting one combination together is worth kWorkOfOneText.
constexpr std::size_t kMostTextWork = std::size_t{32} << 20;
constexpr std::size_t kWorkOfOneText = 200;

// What is put between the lines, and after the last.
struct WireForm {
  std::string_view id;
  std::string_view words;
  int cost;
  std::string between;
  std::string behind_last;
};

std::vector<WireForm> wire_forms(const std::string& line_end) {
  return {
      {"", "", 0, line_end, line_end},
      {"blank-between", "its lines joined by blanks", kCommon, " ", line_end},
      {"nothing-between", "its lines joined by nothing", kCommon, "", line_end},
      {"terminator-glued", "no line end between the last line and the terminator", kCommon,
       line_end, ""},
      {"all-glued", "no line end between its lines, nor before the terminator", kPlausible, "", ""},
      {"empty-line-behind+blank-between",
       "its lines, and an empty one after them, joined by blanks", kCommon + kPlausible, " ",
       " " + line_end},
      {"line-end-twice", "two line ends after each line", kCommon, line_end + line_end,
       line_end + line_end},
      {"empty-line-behind", "an empty line after the last one", kCommon, line_end,
       line_end + line_end},
      {"cr-within", "a CR before each line end", kPlausible, "\r" + line_end, "\r" + line_end},
  };
}

// How the lines are escaped; the first as the profile has it.
struct Escaping {
  std::string id{};
  std::string sentence{};  // "" for the right one
  int cost = 0;
  std::function<std::string(std::string_view)> encode;
};

std::vector<Escaping> escapings(const chat::Profile& profile) {
  std::vector<Escaping> all{{.encode = [&profile](std::string_view line) {
    std::string out;
    chat::escape_text_line(profile, line, out);
    return out;
  }}};
  for (TextMistake& mistake : text_mistakes(profile)) {
    all.push_back({std::move(mistake.cause.id), std::move(mistake.cause.sentence), kCommon,
                   std::move(mistake.encode)});
  }
  return all;
}

std::string encode(const std::vector<std::string>& lines, const Escaping& escaping,
                   const WireForm& wire, const std::string& terminator) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    out.append(escaping.encode(lines[i]))
        .append(i + 1 < lines.size() ? wire.between : wire.behind_last);
  return out + terminator;
}

struct FoundText {
  int cost = 0;
  std::string ids;
  std::string words;
};

FoundText describe(const TextForm& form, const WireForm& wire, const Escaping& escaping) {
  FoundText found{.cost = form.name.cost + wire.cost + escaping.cost, .ids = {}, .words = {}};
  for (const std::string_view id :
       {std::string_view(form.name.id), wire.id, std::string_view(escaping.id)})
    if (!id.empty()) found.ids += (found.ids.empty() ? "" : "+") + std::string(id);
  found.words = form.name.words;
  if (!wire.words.empty()) found.words += fmt::format(", with {}", wire.words);
  if (!escaping.sentence.empty()) found.words += fmt::format(", and {}", escaping.sentence);
  return found;
}

std::vector<FoundText> search(const Ingredients& in, std::string_view received) {
  const chat::Profile& profile = in.profile;
  const std::string line_end(profile.has_line_ends() ? profile.line_end_bytes() : "\n");
  const std::string terminator = chat::encode_terminator(profile);
  const std::string right = chat::encode_text(profile, in.messages[in.message]) + terminator;
  const auto all_escapings = escapings(profile);
  const auto all_wires = wire_forms(line_end);
  std::vector<FoundText> found;
  std::size_t work = 0;
  for (const TextForm& form : text_forms(in)) {
    if (form.holder == Holder::kReceiver) continue;
    const std::vector<std::string> lines = form.make_lines();
    for (const WireForm& wire : all_wires) {
      for (const Escaping& escaping : all_escapings) {
        if (work >= kMostTextWork) return found;
        const std::string mistaken = encode(lines, escaping, wire, terminator);
        work += kWorkOfOneText + mistaken.size();
        if (explains(mistaken, received, right)) found.push_back(describe(form, wire, escaping));
      }
    }
  }
  return found;
}

}  // namespace

bool explains(std::string_view mistaken, std::string_view received, std::string_view right) {
  if (const std::size_t last = received.rfind('\n'); last != received.npos)
    received = received.substr(0, last + 1);
  const std::size_t both = std::min(mistaken.size(), received.size());
  return mistaken.substr(0, both) == received.substr(0, both) &&
         mistaken.substr(0, both) != right.substr(0, both);
}

Cause search_text_mistakes(const Ingredients& in, std::string_view received) {
  std::vector<FoundText> found = search(in, received);
  if (found.empty()) return {};
  std::ranges::stable_sort(found, {}, &FoundText::cost);
  const int least = found.front().cost;
  std::erase_if(found, [&](const FoundText& one) { return one.cost > as_likely_as(least); });
  std::vector<std::string> ids;
  std::vector<std::string> words;
  for (FoundText& one : found) {
    ids.push_back(std::move(one.ids));
    words.push_back(std::move(one.words));
  }
  Cause cause = make_cause("text-sent-otherwise",
                           {{"what", words.front()}, {"mistakes", list_mistakes(ids)}});
  add_others(cause, words, tell_others("as far as it came", std::span(words).subspan(1)));
  return cause;
}

}  // namespace chatspec
