// Of two signatures that are the same, or are not, only some comparisons say the other thing. The
// rules ask in what the two differ, from the narrow to the wide; whether signatures are compared at
// all is asked only where they have nothing in common.

#include "harness/judge/diagnosis/diagnose_verdict.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/judge/diagnosis/text_comparison.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/matcher.h"
#include "reference/signature.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

constexpr std::string_view kBlanks = " \t";

// The two that a client was to compare.
struct ComparedSignatures {
  const Script& script;
  std::size_t message;          // from 0
  std::string_view sent;        // without what stands around it
  std::string_view line;        // of the file, with its line end
  bool has_foreign_cr = false;  // the one that was sent ends with CR LF, and the profile with LF

  std::string_view in_file() const {
    const std::string_view text = strip_line_end(line);
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
  }
};

// Which message the verdict is about: clients send those of their file one by one.
std::size_t count_messages(const Script& script, std::size_t step) {
  std::size_t count = 0;
  for (const Step& before : std::span(script.steps).first(step)) {
    const bool expects = before.action == Action::kExpect && !before.alternatives.empty();
    if (expects && strip_line_end(before.alternatives.front().bytes) == script.profile.data)
      ++count;
  }
  return count;
}

// The last step before this one that sends something; null where none does.
const Step* find_last_send(const Script& script, std::size_t step) {
  while (step > 0 && script.steps[step - 1].action != Action::kSend) --step;
  return step == 0 ? nullptr : &script.steps[step - 1];
}

// The last unit that the client was sent, which is the signature.
std::string_view find_sent(const Script& script, std::size_t step) {
  const Step* last = find_last_send(script, step);
  if (!last) return {};
  std::string_view unit = strip_line_end(last->bytes);
  unit = unit.substr(unit.rfind('\n') + 1);
  const std::string announcement = script.profile.signature + " ";
  if (unit.starts_with(announcement)) unit.remove_prefix(announcement.size());
  return unit;
}

bool ends_with_foreign_cr(const Script& script, std::size_t step) {
  const Step* last = find_last_send(script, step);
  return last && last->bytes.ends_with("\r\n") && script.profile.line_end_bytes() == "\n";
}

std::string_view find_line(std::string_view file, std::size_t index) {
  std::string_view line;
  for (std::size_t i = 0; i <= index; ++i) line = chat::take_whole_line(file);
  return line;
}

std::string sorted(std::string text) {
  std::ranges::sort(text);
  return text;
}

// --- Taken for different ones, and the same

// What follows the digits in the file and is not part of them; "" where it is what always does.
std::string_view describe_ending(const ComparedSignatures& two) {
  const bool has_blanks = two.in_file().size() < strip_line_end(two.line).size();
  const bool has_cr = two.line.ends_with("\r\n");
  if (has_blanks) return has_cr ? "with blanks and CR LF" : "with blanks";
  if (has_cr) return "with CR LF";
  return two.line.ends_with('\n') ? "" : "without a line end";
}

Cause explain_refusal(const ComparedSignatures& two) {
  if (two.has_foreign_cr) return make_cause("cr-taken-for-text");
  if (two.sent != two.in_file()) return make_cause("signature-letters-compared");
  const std::string_view ending = describe_ending(two);
  return ending.empty()
             ? make_cause("signature-compared-too-strictly")
             : make_cause("signature-ending-compared", {{"ending", std::string(ending)}});
}

// --- Taken for the same, and different ones

Cause explain_other_message(const ComparedSignatures& two) {
  const auto& all = two.script.materials.file_signatures;
  for (std::size_t other = 0; other < all.size(); ++other) {
    if (other == two.message || !chat::same_signature(two.script.profile, all[other], two.sent))
      continue;
    return make_cause("signature-of-any-message", {{"message", std::to_string(other + 1)},
                                                   {"due", std::to_string(two.message + 1)}});
  }
  return {};
}

// Of what is too short or too long, or has something around it.
Cause explain_other_length(const ComparedSignatures& two) {
  const std::string sent = lower_case(two.sent);
  const std::string in_file = lower_case(two.in_file());
  if (without_blanks(sent) == without_blanks(in_file))
    return make_cause("signature-blanks-ignored");
  if (in_file.starts_with(sent)) return make_cause("signature-begin-enough");
  if (sent.starts_with(in_file)) return make_cause("signature-rest-ignored");
  return sent.contains(in_file) ? make_cause("signature-found-within") : Cause{};
}

std::string list_places(const std::vector<std::size_t>& places) {
  if (places.size() == 1) return fmt::format("digit {}", places.front());
  return fmt::format("{} digits, the first of which is digit {}", places.size(), places.front());
}

// Of two in which most digits, or all of them but for their order, are the same.
Cause explain_other_digits(const ComparedSignatures& two) {
  const std::string sent = lower_case(two.sent);
  const std::string in_file = lower_case(two.in_file());
  if (sent.size() != in_file.size()) return {};
  std::vector<std::size_t> differing;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (sent[i] != in_file[i]) differing.push_back(i + 1);
  }
  if (differing.size() <= sent.size() / 2)
    return make_cause("signature-compared-in-part", {{"places", list_places(differing)}});
  return sorted(sent) == sorted(in_file) ? make_cause("signature-order-ignored") : Cause{};
}

Cause explain_acceptance(const ComparedSignatures& two) {
  for (const auto& explain : {explain_other_message, explain_other_length, explain_other_digits}) {
    if (Cause cause = explain(two); cause.is_known()) return cause;
  }
  return make_cause("signature-not-compared");
}

}  // namespace

Cause diagnose_verdict(const Script& script, std::size_t step, std::string_view verdict) {
  const std::size_t messages = count_messages(script, step);
  if (messages == 0 || !script.materials.signature_file) return {};
  const ComparedSignatures two{.script = script,
                               .message = messages - 1,
                               .sent = find_sent(script, step),
                               .line = find_line(*script.materials.signature_file, messages - 1),
                               .has_foreign_cr = ends_with_foreign_cr(script, step)};
  if (two.in_file().empty()) return {};
  const bool same = chat::same_signature(script.profile, two.sent, two.in_file());
  const bool accepted = verdict == script.profile.pass;
  // A scenario may ask for a verdict that these two do not give.
  if (same == accepted) return {};
  return accepted ? explain_acceptance(two) : explain_refusal(two);
}

}  // namespace chatspec
