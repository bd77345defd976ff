#include "harness/judge/diagnosis/diagnose_violation.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/diagnosis/text_comparison.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/sent_stream.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfInstead = 40;

// Where the conversation is: the units that are right there, and what they are answered with;
// without answers where they are followed by silence.
struct Turn {
  std::vector<std::string> due{};
  std::vector<std::string> answers{};
};

// What the program had said last before it was sent the unit; null where that was nothing.
const Expectation* find_said_before(const Script& script, std::size_t sent_at) {
  for (std::size_t i = sent_at; i > 0; --i) {
    const Step& step = script.steps[i - 1];
    if (step.action == Action::kExpect && step.connection == script.steps[sent_at].connection)
      return &step.alternatives.front();
  }
  return nullptr;
}

Turn turn_of_server(const chat::Profile& profile, const Expectation* said) {
  if (!said) return {.due = {profile.hello}, .answers = {profile.ok}};
  if (said->subject == Subject::kSignature) {
    return {.due = {profile.pass, profile.fail},
            .answers = {profile.reply_to_pass(), profile.reply_to_fail()}};
  }
  return said->subject == Subject::kReply ? Turn{.due = {profile.data, profile.quit}} : Turn{};
}

Turn turn_of_client(const chat::Profile& profile, const Expectation* said) {
  if (!said) return {};
  const std::string_view word = strip_line_end(said->bytes);
  if (word == profile.hello) return {.due = {profile.ok}, .answers = {profile.data, profile.quit}};
  const std::vector<std::string> next{profile.data, profile.quit};
  if (word == profile.pass) return {.due = {profile.reply_to_pass()}, .answers = next};
  if (word == profile.fail) return {.due = {profile.reply_to_fail()}, .answers = next};
  if (said->subject == Subject::kText)
    return {.due = {profile.signature}, .answers = {profile.pass, profile.fail}};
  return {};
}

Turn find_turn(const Script& script, std::size_t sent_at) {
  const Expectation* said = find_said_before(script, sent_at);
  return script.role == Role::kServer ? turn_of_server(script.profile, said)
                                      : turn_of_client(script.profile, said);
}

std::string_view without_outer_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// What to ask where `instead` is near to `due`; "" where it is not.
std::string_view ask_of_comparison(std::string_view instead, std::string_view due) {
  if (same_but_for_letter_case(instead, due)) return "upper and lower case are told apart";
  if (without_outer_blanks(instead) == due) return "blanks around a word count";
  if (instead.starts_with(due)) return "a word is compared to its end";
  if (instead.contains(due)) return "a word is the whole line, and not a part of it";
  if (!instead.empty() && due.starts_with(instead)) return "a word is compared as a whole";
  return "";
}

std::string show_word(std::string_view word) {
  return fmt::format("`{}`", chat::escape_bytes(word.substr(0, kShownOfInstead)));
}

std::string list_words(const std::vector<std::string>& words) {
  std::vector<std::string> shown;
  for (const std::string& word : words) shown.push_back(show_word(word));
  return fmt::format("{}", fmt::join(shown, " or "));
}

}  // namespace

std::vector<std::string> list_right_units(const Script& script, std::size_t sent_at) {
  return find_turn(script, sent_at).due;
}

Cause diagnose_violation(const Script& script, std::size_t step, std::string_view answer) {
  std::size_t sent_at = step;
  while (sent_at > 0 && script.steps[sent_at - 1].action != Action::kSend) --sent_at;
  if (sent_at-- == 0 || script.steps[sent_at].connection != script.steps[step].connection)
    return {};
  // Behind the end of the stream, or as the rest of an answer, a unit is not what it looks like.
  const bool is_alone = sent_at == 0 || script.steps[sent_at - 1].action != Action::kSend;
  if (!is_alone || find_sent_before(script, step).has_ended) return {};
  const std::string_view instead = strip_line_end(script.steps[sent_at].bytes);
  if (instead.contains('\n')) return {};
  const chat::Profile& profile = script.profile;
  const Turn turn = find_turn(script, sent_at);
  const bool is_right = std::ranges::find(turn.due, instead) != turn.due.end();
  const bool is_answer = answer.empty()
                             ? turn.answers.empty()
                             : std::ranges::find(turn.answers, answer) != turn.answers.end();
  if (turn.due.empty() || is_right) return {};
  // A client that gives up may well say so.
  if (script.role == Role::kClient && answer == profile.quit) return {};
  const bool is_refusal = !answer.empty() && !is_answer && !chat::is_word_of(profile, answer);
  if (is_refusal && script.role == Role::kServer && !profile.error_reply)
    return make_cause("violation-answered");
  // The same is seen of whoever speaks unasked, or takes no notice.
  const std::string_view otherwise = answer.empty() ? " Or is it passed over?"
                                     : !find_said_before(script, sent_at)
                                         ? " Or is the reply sent unasked?"
                                     : script.role == Role::kClient && answer == profile.data
                                         ? " Or does it go on before it has read the reply?"
                                         : "";
  const auto ask = [&](Cause cause) {
    if (!otherwise.empty() && !cause.sentence.ends_with('?')) cause.sentence += '.';
    cause.sentence += otherwise;
    return cause;
  };
  if (chat::is_word_of(profile, instead) && (answer.empty() || chat::is_word_of(profile, answer))) {
    return ask(make_cause("taken-out-of-order",
                          {{"instead", show_word(instead)}, {"due", list_words(turn.due)}}));
  }
  if (!is_answer) return {};
  for (const std::string& due : turn.due) {
    const std::string_view rule = ask_of_comparison(instead, due);
    if (rule.empty()) continue;
    return ask(make_cause(
        "taken-for-another",
        {{"instead", show_word(instead)}, {"due", show_word(due)}, {"rule", std::string(rule)}}));
  }
  if (answer.empty()) return {};
  return ask(make_cause("any-taken-for-another",
                        {{"instead", show_word(instead)}, {"due", list_words(turn.due)}}));
}

}  // namespace chatspec
