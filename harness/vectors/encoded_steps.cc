// Each kind of item has one row in kParts: what its part is called, which fields it has, and what a
// reader must see for it. Nothing that the judge takes, or takes with a remark, is left for readers
// to know: it stands in the part.

#include "harness/vectors/encoded_steps.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <string_view>

#include "reference/signature.h"
#include "reference/text/word_table.h"

namespace chatspec {
namespace {

struct SubjectWord {
  Subject subject;
  std::string_view word;
};
constexpr std::array kSubjects{
    SubjectWord{Subject::kReply, "reply"},     SubjectWord{Subject::kCommand, "command"},
    SubjectWord{Subject::kVerdict, "verdict"}, SubjectWord{Subject::kSignature, "signature"},
    SubjectWord{Subject::kText, "text"},       SubjectWord{Subject::kOther, "other"},
};
static_assert(chat::covers_in_order(kSubjects, &SubjectWord::subject, Subject::kOther));

struct ActionWord {
  Action action;
  std::string_view word;
};
constexpr std::array kActions{
    ActionWord{Action::kSend, "send"},     ActionWord{Action::kHalfClose, "half-close"},
    ActionWord{Action::kClose, "close"},   ActionWord{Action::kReset, "reset"},
    ActionWord{Action::kExpect, "expect"},
};
static_assert(chat::covers_in_order(kActions, &ActionWord::action, Action::kExpect));

// Who writes a signature's digits in the other case does not meet this.
constexpr std::string_view kCaseOfDigits = "SIG-3";
// Who resets where a close is due does not meet this.
constexpr std::string_view kOrderlyClose = "END-3";

bool has_hex_digits(const chat::Profile& profile) {
  return profile.signature_coding != chat::SignatureCoding::kBase64;
}

void add_bytes(VectorJson& part, const Expectation& wanted, const chat::Profile& profile) {
  part["bytes"] = encode_bytes(wanted.bytes);
  part["about"] = chat::row_of(kSubjects, wanted.subject).word;
  if (wanted.message > 0) part["message"] = wanted.message;
  if (wanted.subject != Subject::kSignature) return;
  if (wanted.key > 0) part["key"] = wanted.key;
  if (has_hex_digits(profile)) part["other_case"] = kCaseOfDigits;
}

void add_pieces(VectorJson& part, const Expectation& wanted, const chat::Profile&) {
  VectorJson pieces = VectorJson::array();
  for (const std::string& piece : wanted.pattern.parts) pieces.push_back(encode_bytes(piece));
  part["pieces"] = std::move(pieces);
}

void add_line(VectorJson& part, const Expectation& wanted, const chat::Profile& profile) {
  add_pieces(part, wanted, profile);
  part["end"] = profile.line_end_bytes();
}

// The digits in the right case; those of base64 may have padding after them.
void add_any_signature(VectorJson& part, const Expectation&, const chat::Profile& profile) {
  std::string digits;
  for (const char digit : chat::in_right_case(profile, chat::signature_digits(profile)))
    if (!digits.contains(digit)) digits += digit;
  const std::size_t bytes = chat::find_hash(profile.hash)->bytes;
  const std::size_t padding = has_hex_digits(profile) ? 0 : (3 - bytes % 3) % 3;
  part["digits"] = digits;
  part["count"] = chat::signature_size(profile) - padding;
  part["end"] = std::string(padding, '=') + std::string(profile.line_end_bytes());
  if (has_hex_digits(profile)) part["other_case"] = kCaseOfDigits;
}

void add_close(VectorJson& part, const Expectation&, const chat::Profile&) {
  part["reset_instead"] = kOrderlyClose;
}

void add_exit(VectorJson& part, const Expectation& wanted, const chat::Profile&) {
  const bool may_run_on =
      wanted.exit == ExitWanted::kZeroOrNone || wanted.exit == ExitWanted::kAnyOrNone;
  if (wanted.exit == ExitWanted::kStatus) {
    part["status"] = wanted.status;
  } else if (wanted.exit == ExitWanted::kZero || wanted.exit == ExitWanted::kZeroOrNone) {
    part["status"] = 0;
  } else {
    part["status"] = wanted.exit == ExitWanted::kNonZero ? "nonzero" : "any";
  }
  part["may_run_on"] = may_run_on;
}

void add_nothing(VectorJson&, const Expectation&, const chat::Profile&) {}

struct PartForm {
  ItemKind kind;
  std::string_view word;
  void (*add)(VectorJson& part, const Expectation& wanted, const chat::Profile& profile);
  std::string_view observation{};  // what a reader must see; "" for what comes over the connection
};
// In the order of ItemKind. A half-close looks like a close. A column has become what its row says.
constexpr std::array kParts{
    PartForm{ItemKind::kUnit, "bytes", add_bytes},
    PartForm{ItemKind::kRaw, "bytes", add_bytes},
    PartForm{ItemKind::kMessage, "bytes", add_bytes},
    PartForm{ItemKind::kSignature, "bytes", add_bytes},
    PartForm{ItemKind::kAnySignature, "any-signature", add_any_signature},
    PartForm{ItemKind::kLike, "like", add_line},
    PartForm{ItemKind::kAnyLine, "like", add_line},
    PartForm{ItemKind::kClose, "close", add_close},
    PartForm{ItemKind::kHalfClose, "close", add_close},
    PartForm{ItemKind::kReset, "reset", add_nothing},
    PartForm{ItemKind::kSilence, "silence", add_nothing, "silence"},
    PartForm{ItemKind::kNothing, "nothing", add_nothing, "no-start"},
    PartForm{ItemKind::kRestart, "restart", add_nothing, "restart"},
    PartForm{ItemKind::kPrintsReceived, "prints-received", add_nothing, "output"},
    PartForm{ItemKind::kPrints, "prints", add_pieces, "output"},
    PartForm{ItemKind::kComplains, "complains", add_pieces, "errors"},
    PartForm{ItemKind::kExit, "exit", add_exit, "exit"},
    PartForm{ItemKind::kColumn, "", add_nothing},
};
static_assert(chat::covers_in_order(kParts, &PartForm::kind, ItemKind::kColumn));

const PartForm& form_of(const Expectation& wanted) {
  assert(wanted.kind != ItemKind::kColumn);
  return chat::row_of(kParts, wanted.kind);
}

VectorJson encode_part(const Expectation& wanted, const chat::Profile& profile) {
  const PartForm& form = form_of(wanted);
  VectorJson part{{"is", form.word}};
  form.add(part, wanted, profile);
  return part;
}

VectorJson encode_way(const Expectation& way, const chat::Profile& profile) {
  VectorJson parts = VectorJson::array({encode_part(way, profile)});
  for (const Expectation& next : way.then) parts.push_back(encode_part(next, profile));
  VectorJson encoded{{"parts", std::move(parts)}};
  if (way.deviates) encoded["deviates"] = way.requirement;
  return encoded;
}

void add_what_is_sent(VectorJson& encoded, const Step& step) {
  encoded["bytes"] = encode_bytes(step.bytes);
  if (!step.cuts.empty()) encoded["cuts"] = step.cuts;
  if (!step.bytes_after_fail.empty())
    encoded["bytes_after_fail"] = encode_bytes(step.bytes_after_fail);
}

void add_what_is_expected(VectorJson& encoded, const Step& step, const chat::Profile& profile) {
  VectorJson ways = VectorJson::array();
  for (const Expectation& way : step.alternatives) ways.push_back(encode_way(way, profile));
  encoded["ways"] = std::move(ways);
  if (step.due_after > 0) encoded["not_before"] = step.due_after;
}

// Whether a step's bytes go out after others that no answer shows to have been read.
bool sends_unanswered(const Script& script) {
  const Step* last = nullptr;
  for (const Step& step : script.steps) {
    if (step.action == Action::kSend && !step.cuts.empty()) return true;
    if (step.action == Action::kSend && last && last->action == Action::kSend) return true;
    last = &step;
  }
  return false;
}

bool expects(const Script& script, std::string_view observation) {
  return std::ranges::any_of(script.steps, [&](const Step& step) {
    return std::ranges::any_of(step.alternatives, [&](const Expectation& way) {
      return form_of(way).observation == observation ||
             std::ranges::any_of(way.then, [&](const Expectation& next) {
               return form_of(next).observation == observation;
             });
    });
  });
}

}  // namespace

VectorJson encode_steps(const Script& script) {
  VectorJson steps = VectorJson::array();
  for (const Step& step : script.steps) {
    VectorJson encoded{{"do", chat::row_of(kActions, step.action).word},
                       {"on", step.connection},
                       {"line", step.line},
                       {"shown", step.shown}};
    if (step.action == Action::kSend) add_what_is_sent(encoded, step);
    if (step.action == Action::kExpect) add_what_is_expected(encoded, step, script.profile);
    steps.push_back(std::move(encoded));
  }
  return steps;
}

VectorJson list_observations(const Script& script) {
  VectorJson observations = VectorJson::array();
  if (sends_unanswered(script)) observations.push_back("reading");
  for (const std::string_view one :
       {"silence", "no-start", "restart", "output", "errors", "exit"}) {
    if (expects(script, one)) observations.push_back(one);
  }
  return observations;
}

}  // namespace chatspec
