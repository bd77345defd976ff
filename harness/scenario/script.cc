#include "harness/scenario/script.h"

#include <algorithm>
#include <array>

#include "harness/scenario/check_transcript.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/terminators.h"
#include "harness/scenario/text_lines.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

constexpr std::string_view kAnnouncement = "270 SIG";  // answers a text

struct ProfileWordOf {
  std::string_view word;  // in scenarios
  std::string chat::Profile::* member;
  Subject subject;
};
constexpr std::array kUnits{
    ProfileWordOf{"HELLO", &chat::Profile::hello, Subject::kCommand},
    ProfileWordOf{kDataUnit, &chat::Profile::data, Subject::kCommand},
    ProfileWordOf{"PASS", &chat::Profile::pass, Subject::kVerdict},
    ProfileWordOf{"FAIL", &chat::Profile::fail, Subject::kVerdict},
    ProfileWordOf{"QUIT", &chat::Profile::quit, Subject::kCommand},
    ProfileWordOf{"260 OK", &chat::Profile::ok, Subject::kReply},
    ProfileWordOf{kAnnouncement, &chat::Profile::signature, Subject::kReply},
    ProfileWordOf{kTerminatorUnit, &chat::Profile::terminator, Subject::kText},
};

const ProfileWordOf* find_unit(std::string_view word) {
  const auto* found = std::ranges::find(kUnits, word, &ProfileWordOf::word);
  return found == kUnits.end() ? nullptr : found;
}

class ScriptMaker {
 public:
  ScriptMaker(const ScriptOptions& options, Materials materials)
      : script_{options.role, options.profile, std::move(materials), {}},
        terminators_(options.profile) {}

  void add(const TranscriptLine& line) {
    const bool expected = (line.speaker == Speaker::kServer) == (script_.role == Role::kServer);
    if (expected) {
      add_expectation(line);
    } else {
      add_action(line);
    }
  }

  Script finish() {
    keep_reading_after_closing();
    return std::move(script_);
  }

 private:
  void add_expectation(const TranscriptLine& line) {
    Step step = start_step(line, Action::kExpect);
    for (std::size_t i = 0; i < line.alternatives.size(); ++i) {
      step.alternatives.push_back(make_expectation(line.alternatives[i], line.speaker));
      if (i > 0) step.shown += " or " + print(line.alternatives[i].item);
    }
    if (is_unit(line.alternatives.front().item, kAnnouncement))
      step.due_after = terminators_.take_next(line.connection);
    script_.steps.push_back(std::move(step));
  }

  void add_action(const TranscriptLine& line) {
    const Item& item = line.alternatives.front().item;
    if (!is_bytes(item.kind) && !is_ending(item.kind)) return;  // only checked, and not of us
    Step step = start_step(line, action_for(item.kind));
    if (step.action == Action::kSend) {
      step.bytes = bytes_of(item);
      step.cuts = cuts_of(line.delivery, step.bytes.size());
      if (line.delivery.apart && item.kind == ItemKind::kMessage) cut_at_lines(step);
      const bool is_of_text = text_lines_.take(line);
      terminators_.add(line, is_of_text, step.bytes);
      if (goes_with_line_before(line, is_of_text)) return join(std::move(step));
    }
    script_.steps.push_back(std::move(step));
  }

  static Step start_step(const TranscriptLine& line, Action action) {
    return {.action = action,
            .connection = line.connection,
            .speaker = line.speaker,
            .shown = print(line.alternatives.front().item),
            .line = line.span.place.line,
            .bytes = {},
            .cuts = {},
            .alternatives = {}};
  }

  static Action action_for(ItemKind kind) {
    switch (kind) {
      case ItemKind::kHalfClose:
        return Action::kHalfClose;
      case ItemKind::kClose:
        return Action::kClose;
      case ItemKind::kReset:
        return Action::kReset;
      default:
        return Action::kSend;
    }
  }

  // By its modifier, or because both are of one text.
  bool goes_with_line_before(const TranscriptLine& line, bool is_of_text) {
    const std::size_t steps = script_.steps.size();
    const bool continues_text = is_of_text && line.delivery.is_default() &&
                                steps == steps_at_text_ &&
                                script_.steps.back().connection == line.connection;
    const bool joined = line.delivery.joined || continues_text;
    if (is_of_text) steps_at_text_ = joined ? steps : steps + 1;
    return joined;
  }

  // A joined line goes out with the line before it: its bytes are added there.
  void join(Step step) {
    Step& before = script_.steps.back();
    for (const std::size_t cut : step.cuts) before.cuts.push_back(before.bytes.size() + cut);
    before.bytes += step.bytes;
    before.shown += " + " + step.shown;
  }

  // A line of a text is a unit like any other.
  void cut_at_lines(Step& step) const {
    if (!script_.profile.has_line_ends()) return;
    for (std::size_t end = step.bytes.find('\n');
         end != std::string::npos && end + 1 < step.bytes.size() &&
         step.cuts.size() < kMaxTextLinesApart;
         end = step.bytes.find('\n', end + 1)) {
      step.cuts.push_back(end + 1);
    }
  }

  static std::vector<std::size_t> cuts_of(const Delivery& delivery, std::size_t size) {
    std::vector<std::size_t> cuts;
    if (delivery.every) {
      for (std::size_t at = delivery.every->value; at < size; at += delivery.every->value)
        cuts.push_back(at);
    }
    for (const Number& at : delivery.at) {
      if (at.value < size) cuts.push_back(at.value);
    }
    return cuts;
  }

  std::size_t key_of(const Item& item) const { return item.key != 0 ? item.key : item.number; }

  std::string bytes_of(const Item& item) const {
    const chat::Profile& profile = script_.profile;
    switch (item.kind) {
      case ItemKind::kUnit: {
        const std::string text = item.text.expanded();
        return chat::encode_unit(profile, word_in_profile(text, profile));
      }
      case ItemKind::kRaw:
        return item.text.expanded();
      case ItemKind::kMessage:
        return chat::encode_text(profile, script_.materials.messages.at(item.number - 1));
      case ItemKind::kSignature:
        return chat::encode_unit(profile, make_signature(script_.materials, profile, item.number,
                                                         key_of(item), item.form));
      case ItemKind::kPrints:
        return item.text.expanded();
      default:
        return {};
    }
  }

  Subject subject_of(const Item& item) const {
    if (item.kind == ItemKind::kMessage) return Subject::kText;
    if (item.kind == ItemKind::kSignature || item.kind == ItemKind::kAnySignature)
      return Subject::kSignature;
    if (item.kind != ItemKind::kUnit || item.text.times != 1) return Subject::kOther;
    const ProfileWordOf* unit = find_unit(item.text.bytes);
    return unit ? unit->subject : Subject::kOther;
  }

  Expectation make_expectation(const Alternative& alternative, Speaker) const {
    const Item& item = alternative.item;
    return {.kind = item.kind,
            .subject = subject_of(item),
            .bytes = bytes_of(item),
            .message = item.number,
            .key = key_of(item),
            .exit = item.exit,
            .deviates = alternative.deviates,
            .requirement = alternative.requirement};
  }

  // Who closes a connection can no longer see what its peer does. Where something is still expected
  // there, only our sending direction is shut; the end of the scenario closes the rest.
  void keep_reading_after_closing() {
    for (std::size_t i = 0; i < script_.steps.size(); ++i) {
      Step& step = script_.steps[i];
      if (step.action != Action::kClose) continue;
      const bool expects_more = std::any_of(
          script_.steps.begin() + static_cast<std::ptrdiff_t>(i), script_.steps.end(),
          [&](const Step& later) {
            return later.action == Action::kExpect && later.connection == step.connection &&
                   !is_about_program(later.alternatives.front().kind);
          });
      if (expects_more) step.action = Action::kHalfClose;
    }
  }

  Script script_;
  TextLines text_lines_;
  Terminators terminators_;
  std::size_t steps_at_text_ = 0;  // how many there were when the last line of a text had come
};

}  // namespace

std::string word_in_profile(std::string_view word, const chat::Profile& profile) {
  const ProfileWordOf* unit = find_unit(word);
  return unit ? profile.*(unit->member) : std::string(word);
}

Script make_script(const Scenario& scenario, std::string_view id, const ScriptOptions& options,
                   const FileReader& read_file) {
  ScriptMaker maker(options, make_materials(scenario, options.profile, id, options.seed, read_file,
                                            options.given_keys));
  for (const TranscriptLine* line : scenario.all<TranscriptLine>()) maker.add(*line);
  return maker.finish();
}

}  // namespace chatspec
