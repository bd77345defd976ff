// A script is made line by line, in one pass: a line of the side that the implementation plays
// becomes an expectation, any other something that the harness does. What a line becomes may depend
// on those before it, and each such thing has a class of its own that follows the transcript: which
// lines are of a text (TextLines), which reply is due in the profile (Replies), and where a text
// has ended in the bytes that were sent (Terminators). What an item says at all is Wording's to
// tell. A line that goes out together with the one before is added to that one's step. At the end,
// the ways in which connections end are arranged (closing.h), since these depend on what comes
// later.

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>
#include <utility>

#include "harness/scenario/item_kind.h"
#include "harness/scenario/text_lines.h"
#include "harness/script/closing.h"
#include "harness/script/replies.h"
#include "harness/script/script.h"
#include "harness/script/terminators.h"
#include "harness/script/wording.h"
#include "reference/framing.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

class ScriptMaker {
 public:
  ScriptMaker(const Scenario& scenario, const ScriptOptions& options, Materials materials)
      : script_{options.role, options.profile, std::move(materials), {}},
        wording_(script_.profile, script_.materials, scenario),
        terminators_(options.profile),
        replies_(script_.profile, options.role, script_.materials.keys) {
    assert(!scenario.find<Table>() && scenario.find<Roles>()->has(options.role));
  }

  // Its parts borrow from each other.
  ScriptMaker(const ScriptMaker&) = delete;
  ScriptMaker& operator=(const ScriptMaker&) = delete;

  void add(const TranscriptLine& line) {
    is_of_text_ = text_lines_.take(line);
    replies_.take(line, is_of_text_);
    continue_announcement(line);
    const bool expected = (line.speaker == Role::kServer) == (script_.role == Role::kServer);
    if (expected) {
      add_expectation(line);
    } else {
      add_action(line);
    }
  }

  Script finish() {
    arrange_closing(script_);
    assert(std::ranges::all_of(script_.steps, is_whole));
    return std::move(script_);
  }

 private:
  // What the player and the judge rely on.
  static bool is_whole(const Step& step) {
    const bool expects = step.action == Action::kExpect;
    const bool cuts_are_inside = step.cuts.empty() || step.cuts.back() < step.bytes.size();
    return expects == !step.alternatives.empty() && cuts_are_inside &&
           std::ranges::is_sorted(step.cuts);
  }

  void add_expectation(const TranscriptLine& line) {
    const Surroundings there = surroundings_of(line);
    Step step = start_step(line, Action::kExpect);
    for (std::size_t i = 0; i < line.alternatives.size(); ++i) {
      step.alternatives.push_back(wording_.way_of(line.alternatives[i], there));
      if (i > 0) step.shown += " or " + wording_.shown(line.alternatives[i].item, there);
      for (const Item& item : line.alternatives[i].then)
        step.shown += " then " + wording_.shown(item, there);
    }
    add_error_reply(step);
    if (is_unit(line.alternatives.front().item, kAnnouncementUnit))
      step.due_after = terminators_.take_next(line.connection);
    script_.steps.push_back(std::move(step));
  }

  void add_action(const TranscriptLine& line) {
    const Item& item = line.alternatives.front().item;
    if (!is_bytes(item.kind) && !is_ending(item.kind)) return;  // only checked, and not of us
    Step step = start_step(line, action_for(item.kind));
    if (step.action == Action::kSend) {
      step.bytes = wording_.bytes_of(item, surroundings_of(line));
      if (!replies_.ok_after_fail().empty() && is_unit(item, kOkUnit))
        step.bytes_after_fail = chat::encode_unit(script_.profile, replies_.ok_after_fail());
      step.cuts = cuts_of(line.delivery, step.bytes.size());
      if (line.delivery.apart && item.kind == ItemKind::kMessage) cut_at_lines(step);
      terminators_.add(line, is_of_text_, step.bytes);
      replies_.send(line.connection, step.bytes);
      const bool joined = goes_with_line_before(line, is_of_text_);
      if (wording_.announces(item, line.speaker))
        announcements_[line.connection] = script_.steps.size() - (joined ? 1 : 0);
      if (joined) return join(std::move(step));
    } else {
      replies_.end(line.connection);
    }
    script_.steps.push_back(std::move(step));
  }

  // Puts it before each <close> where it is due, and permits it where it may come.
  void add_error_reply(Step& step) const {
    const ErrorReply wanted = replies_.error_reply(step.connection);
    if (wanted == ErrorReply::kNone) return;
    const std::string& reply = *script_.profile.error_reply;
    if (wanted == ErrorReply::kDue && step.alternatives.front().kind == ItemKind::kClose)
      step.shown = chat::escape_bytes(reply) + " then " + step.shown;
    std::vector<Expectation> ways;
    for (Expectation& way : step.alternatives) {
      const bool closes = way.kind == ItemKind::kClose;
      if (!closes || wanted == ErrorReply::kMay) ways.push_back(way);
      if (closes) ways.push_back(with_reply_before(std::move(way), reply));
    }
    step.alternatives = std::move(ways);
  }

  Expectation with_reply_before(Expectation way, const std::string& reply) const {
    Expectation replies{.kind = ItemKind::kUnit,
                        .subject = Subject::kReply,
                        .bytes = chat::encode_unit(script_.profile, reply),
                        .deviates = way.deviates,
                        .requirement = way.requirement};
    std::vector<Expectation> behind = std::exchange(way.then, {});
    replies.then.push_back(std::move(way));
    std::ranges::move(behind, std::back_inserter(replies.then));
    return replies;
  }

  // That unit goes on with what we say next, in the same segment where nothing comes between. Where
  // it is the client's turn, it ends without a signature.
  void continue_announcement(const TranscriptLine& line) {
    continues_announcement_ = false;
    const auto open = announcements_.find(line.connection);
    const ItemKind kind = line.alternatives.front().item.kind;
    if (open == announcements_.end() || kind == ItemKind::kSilence) return;
    Step& step = script_.steps[open->second];
    if (line.speaker == Role::kClient || kind == ItemKind::kUnit) {
      assert(step.bytes.ends_with(' '));
      step.bytes.pop_back();
      step.bytes += script_.profile.line_end_bytes();
    } else {
      continues_announcement_ = open->second + 1 == script_.steps.size();
    }
    announcements_.erase(open);
  }

  Surroundings surroundings_of(const TranscriptLine& line) const {
    return {.speaker = line.speaker, .is_of_text = is_of_text_, .ok = replies_.ok()};
  }

  Step start_step(const TranscriptLine& line, Action action) const {
    return {.action = action,
            .connection = line.connection,
            .speaker = line.speaker,
            .shown = wording_.shown(line.alternatives.front().item, surroundings_of(line)),
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
    const bool joined = line.delivery.joined || continues_text || continues_announcement_;
    if (is_of_text) steps_at_text_ = joined ? steps : steps + 1;
    return joined;
  }

  // A joined line goes out with the line before it: its bytes are added there.
  void join(Step step) {
    assert(!script_.steps.empty());
    Step& before = script_.steps.back();
    assert(before.action == Action::kSend && before.connection == step.connection);
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

  Script script_;
  Wording wording_;
  TextLines text_lines_;
  bool is_of_text_ = false;  // the line that is being added, the terminator too
  Terminators terminators_;
  Replies replies_;
  std::map<int, std::size_t> announcements_;  // by connection: the step of one that goes on
  bool continues_announcement_ = false;       // the line that is being added
  std::size_t steps_at_text_ = 0;  // how many there were when the last line of a text had come
};

}  // namespace

std::string_view bytes_to_send(const Step& step, const chat::Profile& profile,
                               std::string_view received) {
  assert(step.action == Action::kSend);
  const bool failed = !step.bytes_after_fail.empty() &&
                      received.ends_with(chat::encode_unit(profile, profile.fail));
  return failed ? step.bytes_after_fail : step.bytes;
}

Script make_script(const Scenario& scenario, std::string_view id, const ScriptOptions& options) {
  ScriptMaker maker(
      scenario, options,
      make_materials(scenario, options.profile, id, options.seed, options.given_keys));
  for (const TranscriptLine* line : scenario.all<TranscriptLine>()) maker.add(*line);
  return maker.finish();
}

}  // namespace chatspec
