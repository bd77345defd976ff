#include "harness/runs/judge_recorded.h"

#include <algorithm>
#include <optional>

#include "harness/judge/judge.h"
#include "harness/script/segmentation.h"
#include "reference/profile_settings.h"

namespace chatspec {
namespace {

// What each side sends on one connection by the script, where it is written out.
struct Streams {
  std::string sent;
  std::string received;
};

std::map<std::uint64_t, Streams> list_streams(const Script& script) {
  std::map<std::uint64_t, Streams> streams;
  for (const Step& step : script.steps) {
    Streams& stream = streams[static_cast<std::uint64_t>(step.connection)];
    if (step.action == Action::kSend) stream.sent += step.bytes;
    if (step.action == Action::kExpect) stream.received += step.alternatives.front().bytes;
  }
  return streams;
}

// Puts the events of a record together again.
class Restorer {
 public:
  explicit Restorer(const Script& script) : expected_(list_streams(script)) {}

  // Nothing where the log lacks bytes that nobody knows.
  std::optional<Transcript> restore(const CaseRecord& record) {
    Transcript transcript;
    for (const EventRecord& event : record.events) {
      auto restored = restore(event);
      if (!restored) return std::nullopt;
      transcript.append(*std::move(restored));
    }
    const auto& events = transcript.events();
    const bool was_started = find_first(events, EventKind::kStarted) != nullptr;
    const bool is_over = find_first(events, EventKind::kStopped) != nullptr;
    if (!was_started || !is_over) return transcript;
    for (const auto& [kind, output] : {std::pair(EventKind::kOutput, &record.output),
                                       std::pair(EventKind::kErrors, &record.errors)}) {
      auto bytes = restore_output(output->bytes);
      if (!bytes) return std::nullopt;
      transcript.append({.kind = kind,
                         .step = events.back().step,
                         .at = events.back().at,
                         .bytes = *std::move(bytes),
                         .truncated = output->truncated,
                         .evidence = output->before_end.value_or(std::string::npos)});
    }
    return transcript;
  }

 private:
  std::optional<Event> restore(const EventRecord& event) {
    auto bytes = restore_bytes(event);
    if (!bytes) return std::nullopt;
    Event restored{.kind = event.kind,
                   .step = event.step,
                   .connection = static_cast<int>(event.connection),
                   .at = std::chrono::microseconds(event.at_us),
                   .bytes = *std::move(bytes),
                   .exit = event.exit};
    if (const auto& evidence = event.evidence) {
      restored.grade = evidence->grade;
      restored.last_seen = {.activity = evidence->activity,
                            .system_call = evidence->system_call,
                            .bytes_read = evidence->bytes_read,
                            .bytes_unread = evidence->bytes_unread};
    }
    return restored;
  }

  // What is long is most often what it was sent, printed.
  std::optional<std::string> restore_output(const LoggedBytes& output) const {
    if (output.is_whole()) return output.begin;
    return is_logged_as(output, all_sent_) ? std::optional(all_sent_) : std::nullopt;
  }

  std::optional<std::string> restore_bytes(const EventRecord& event) {
    const bool sent = event.kind == EventKind::kSent;
    if (!sent && event.kind != EventKind::kReceived) {
      return event.bytes.is_whole() ? std::optional(event.bytes.begin) : std::nullopt;
    }
    Streams& done = done_[event.connection];
    std::string& before = sent ? done.sent : done.received;
    std::optional<std::string> bytes;
    if (event.bytes.is_whole()) {
      bytes = event.bytes.begin;
    } else {
      const Streams& whole = expected_[event.connection];
      const std::string& stream = sent ? whole.sent : whole.received;
      const std::string_view known = std::string_view(stream).substr(
          std::min(before.size(), stream.size()), event.bytes.length());
      if (is_logged_as(event.bytes, known)) bytes = known;
    }
    if (bytes) before += *bytes;
    if (bytes && sent) all_sent_ += *bytes;
    return bytes;
  }

  std::map<std::uint64_t, Streams> expected_;
  std::map<std::uint64_t, Streams> done_;  // of what was restored
  std::string all_sent_;                   // likewise, on any connection
};

bool is_possible(const Cut& cut, const Script& script) {
  return cut.step < script.steps.size() && script.steps[cut.step].action == Action::kSend &&
         cut.place > 0 && cut.place < script.steps[cut.step].bytes.size();
}

// How it was played, where the script allows it.
std::optional<Circumstances> restore_circumstances(const RunRecord& run, const CaseRecord& record,
                                                   const Script& script) {
  const auto word = std::ranges::find(kSegmentations, run.delivery, &SegmentationWord::word);
  if (word == kSegmentations.end()) return std::nullopt;
  Circumstances circumstances{.segmentation = word->segmentation};
  if (!record.delivery) return circumstances;
  circumstances.otherwise = record.delivery->otherwise;
  if (record.delivery->step) {
    circumstances.cut = Cut{.step = *record.delivery->step, .place = record.delivery->place};
    if (!is_possible(*circumstances.cut, script)) return std::nullopt;
  }
  return circumstances;
}

CaseOutcome outcome_of(const Judgement& judgement) {
  CaseOutcome outcome{.verdict = judgement.verdict};
  if (judgement.skip) return outcome;  // a record has no findings then
  if (judgement.failure) outcome.codes.emplace_back(to_string(judgement.failure->code));
  for (const Finding& finding : judgement.deviations)
    outcome.codes.emplace_back(to_string(finding.code));
  return outcome;
}

}  // namespace

CasesById index_cases(const std::vector<Case>& cases) {
  CasesById index;
  for (const Case& one : cases) index.emplace(one.id, &one);
  return index;
}

std::expected<CaseOutcome, std::string> judge_recorded(const RunRecord& run,
                                                       const CaseRecord& record,
                                                       const CasesById& cases) {
  if (record.events.empty()) {
    const bool passed = record.verdict == Verdict::kPass;
    return std::unexpected(passed ? "the log does not have what happened (--log-events all)"
                                  : "it was not played");
  }
  if (!run.address.empty())
    return std::unexpected("the keys of a server that runs elsewhere are not in the log");
  const auto found = cases.find(record.id);
  if (found == cases.end()) return std::unexpected("the suite does not have it any more");
  const Case& one = *found->second;
  if (hash_source(*one.file) != record.source)
    return std::unexpected("its scenario has changed since");
  const auto profile = chat::make_profile(run.profile.name, run.profile.settings);
  if (!profile) return std::unexpected("the log's profile: " + profile.error());
  if (!one.has_role(run.role) || !one.applies_to(*profile))
    return std::unexpected("it is not for this role or profile");
  const ScriptOptions options{.role = run.role, .profile = *profile, .seed = run.seed};
  const Script plain = make_script(one.scenario, one.id, options);
  const auto word = std::ranges::find(kSegmentations, run.delivery, &SegmentationWord::word);
  Script script = word == kSegmentations.end() ? plain : segment(plain, word->segmentation).script;
  const auto circumstances = restore_circumstances(run, record, script);
  if (!circumstances) return std::unexpected("it cannot have been cut into segments like this");
  if (circumstances->cut) script = with_cut(script, *circumstances->cut);
  const auto transcript = Restorer(script).restore(record);
  if (!transcript) return std::unexpected("the log has only begin and end of some bytes");
  return outcome_of(judge(script, one.level(run.role), *transcript, *circumstances));
}

}  // namespace chatspec
