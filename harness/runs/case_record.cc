#include "harness/runs/case_record.h"

#include <algorithm>
#include <cassert>
#include <cctype>

#include "harness/report/text/clean_text.h"
#include "harness/scenario/source.h"
#include "harness/script/dialect.h"
#include "harness/suite/repository.h"

namespace chatspec {
namespace {

// Once the events of a case have so many bytes, each that follows is kept with few, so that no
// program makes a record that no reader takes (kMaxLogLineBytes): escaped, they are six times as
// long.
constexpr std::size_t kMaxWholeBytes = std::size_t{2} << 20;
constexpr std::size_t kFewBytes = 32;

std::uint64_t microseconds(std::chrono::nanoseconds duration) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

// Whether a character may go on a file's name.
bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

// Puts what stands for them in place of paths.
class PathHider {
 public:
  PathHider(HiddenPaths paths, const std::string& folder) : paths_(std::move(paths)) {
    paths_.emplace_back(folder, "{folder}");
    std::erase_if(paths_, [](const auto& one) { return one.first.size() < 2; });  // "" and "/"
    // One that lies within another goes first.
    std::ranges::sort(paths_, std::ranges::greater{},
                      [](const auto& one) { return one.first.size(); });
  }

  std::string hide(std::string_view text) const {
    std::string hidden(text);
    for (const auto& [path, placeholder] : paths_) {
      for (std::size_t at = 0; (at = hidden.find(path, at)) != std::string::npos;) {
        const std::size_t end = at + path.size();
        const bool is_part = (at > 0 && is_of_name(hidden[at - 1])) ||
                             (end < hidden.size() && is_of_name(hidden[end]));
        if (!is_part) hidden.replace(at, path.size(), placeholder);
        at += is_part ? path.size() : placeholder.size();
      }
    }
    return hidden;
  }

 private:
  HiddenPaths paths_;
};

std::optional<LoggedBytes> log_file(const std::optional<std::string>& content) {
  return content ? std::optional(log_bytes(*content)) : std::nullopt;
}

class RecordMaker {
 public:
  RecordMaker(const CaseResult& result, const RecordOptions& options)
      : result_(result), options_(options), hider_(options.hidden, result.folder) {}

  CaseRecord make() {
    const Case& played = *result_.played;
    const Verdict verdict = result_.judgement.verdict;
    CaseRecord record{.id = one_line(played.id),  // of a file's name
                      .file = one_line(played.file->id) + std::string(kScenarioExtension),
                      .path = one_line(path_below(options_.repository, played.file->path)),
                      .line = played.line,
                      .source = hash_source(*played.file),
                      .title = dialect().prose(played.title()),
                      .level = std::string(chat::to_string(played.level(result_.role))),
                      .tags = played.tags(result_.role, &options_.profile),
                      .requirements = played.requirements(result_.role),
                      .verdict = verdict,
                      .duration = make_duration()};
    for (const Attempt& attempt : result_.attempts)
      record.attempts.push_back(make_attempt(attempt));
    if (verdict == Verdict::kSkipped) record.skipped = make_skip();
    if (result_.known.entry) record.known = make_known(result_.known);
    if (verdict == Verdict::kError) record.trouble = hide(result_.judgement.trouble);
    if (!is_plain()) add_findings(record);
    if (!is_plain() || (options_.logs_all && !result_.transcript.events().empty()))
      add_files(record);
    if (!is_plain() || options_.logs_all) add_facts(record);
    return record;
  }

 private:
  // Whether nobody need know more of it than its verdict.
  bool is_plain() const {
    const Verdict verdict = result_.judgement.verdict;
    return verdict == Verdict::kPass || verdict == Verdict::kSkipped;
  }
  Dialect dialect() const { return Dialect(options_.profile, result_.played->scenario); }
  std::string hide(std::string_view text) const { return one_line(hider_.hide(text)); }

  static AttemptRecord make_attempt(const Attempt& attempt) {
    return {.verdict = attempt.verdict,
            .code = attempt.code ? std::string(to_string(*attempt.code)) : "",
            .duration_us = microseconds(attempt.duration)};
  }

  static KnownRecord make_known(const KnownOutcome& known) {
    return {.file = one_line(known.entry->file),
            .line = known.entry->line,
            .code = std::string(to_string(known.entry->code)),
            .reason = one_line(known.entry->reason),
            .is_met = known.is_met,
            .is_flaky = known.entry->is_flaky};
  }

  DurationRecord make_duration() const {
    const auto& events = result_.transcript.events();
    const auto began = std::ranges::find_if(events, [](const Event& event) {
      return event.kind == EventKind::kListening || event.kind == EventKind::kConnected;
    });
    const auto stopped = std::ranges::find_if(
        events, [](const Event& event) { return event.kind == EventKind::kStopped; });
    const auto total = std::max(result_.duration, std::chrono::nanoseconds{});
    const auto start = began == events.end() ? total : std::min(began->at, total);
    // What comes last before it, since stopping is what takes the time until it is noted.
    const auto end = stopped == events.begin() || stopped == events.end()
                         ? total
                         : std::clamp(std::prev(stopped)->at, start, total);
    return {.start_us = microseconds(start),
            .play_us = microseconds(end - start),
            .stop_us = microseconds(total - end)};
  }

  SkipRecord make_skip() const {
    const auto& skip = result_.judgement.skip;
    assert(skip);
    return {.kind = std::string(to_string(skip->kind)),
            .case_id = one_line(skip->case_id),
            .sentence = hide(skip->sentence)};
  }

  void add_findings(CaseRecord& record) const {
    record.description = dialect().prose(result_.played->description());
    if (result_.judgement.failure) record.failure = make_finding(*result_.judgement.failure);
    if (record.failure && !options_.missing_file.empty()) add_missing_file(*record.failure);
    for (const Finding& deviation : result_.judgement.deviations)
      record.deviations.push_back(make_finding(deviation));
    record.left_over = hide(result_.judgement.left_over);
    if (const auto& blame = result_.judgement.delivery) {
      record.delivery = DeliveryRecord{.sentence = blame->sentence, .otherwise = blame->otherwise};
      if (blame->cut) {
        record.delivery->step = blame->cut->step;
        record.delivery->place = blame->cut->place;
      }
    }
  }

  // What the program was given, if it was started.
  void add_files(CaseRecord& record) const {
    const Materials& materials = result_.script.materials;
    // Keys matter where something is signed with them, or where the scenario is about their file.
    // Whoever plays a case that passes needs a key file all the same.
    const bool keys_matter = !materials.messages.empty() || materials.shapes_key_file || is_plain();
    if (result_.role == Role::kClient) {
      record.files = {.messages = log_file(materials.message_file),
                      .signatures = log_file(materials.signature_file)};
    } else if (keys_matter) {
      record.files = {.keys = log_file(materials.key_file)};
    }
  }

  void add_missing_file(FindingRecord& failure) const {
    if (failure.cause) {
      failure.cause->sentence += "\n" + hide(options_.missing_file);
    } else {
      failure.cause =
          make_cause_record(make_cause(kMissingFileCause, {{"what", options_.missing_file}}));
    }
  }

  CauseRecord make_cause_record(const Cause& cause) const {
    CauseRecord record{.id = cause.id, .sentence = hide(cause.sentence)};
    for (const auto& [name, value] : cause.parameters) record.parameters[name] = hide(value);
    return record;
  }

  FindingRecord make_finding(const Finding& finding) const {
    FindingRecord record{.code = std::string(to_string(finding.code)),
                         .requirement = finding.requirement,
                         .step = finding.step,
                         .line = finding.scenario_line,
                         .expected = finding.expected,
                         .received = log_bytes(finding.received),
                         .offset = finding.offset,
                         .message = hide(finding.message)};
    if (finding.expected_bytes) record.due = log_bytes(*finding.expected_bytes);
    if (finding.cause.is_known()) record.cause = make_cause_record(finding.cause);
    if (const auto& evidence = finding.evidence) {
      record.evidence = make_evidence(evidence->grade, evidence->last_seen);
      record.evidence->connection = static_cast<std::uint64_t>(evidence->connection);
      record.evidence->sentence = hide(evidence->sentence);
    }
    return record;
  }

  static EvidenceRecord make_evidence(QuietGrade grade, const LastSeen& seen) {
    return {.grade = grade,
            .activity = seen.activity,
            .system_call = seen.system_call,
            .bytes_read = seen.bytes_read,
            .bytes_unread = seen.bytes_unread};
  }

  // What happened, and what the program wrote.
  void add_facts(CaseRecord& record) const {
    if (const auto& known = result_.circumstances; !known.served_last.empty()) {
      record.remote =
          RemoteRecord{.served_last = one_line(known.served_last), .is_gone = known.is_gone};
    }
    std::size_t kept = 0;
    for (const Event& event : result_.transcript.events()) {
      if (event.kind == EventKind::kOutput) {
        record.output = make_output(event);
      } else if (event.kind == EventKind::kErrors) {
        record.errors = make_output(event);
      } else {
        const bool is_much = kept > kMaxWholeBytes;
        record.events.push_back(make_event(event, is_much ? kFewBytes : kMaxLoggedBytes));
        kept += record.events.back().bytes.begin.size();
      }
      if (event.kind == EventKind::kExited) record.exit = event.exit;
    }
  }

  EventRecord make_event(const Event& event, std::size_t max_bytes) const {
    const bool is_exchanged = event.kind == EventKind::kSent || event.kind == EventKind::kReceived;
    EventRecord record{
        .kind = event.kind,
        .at_us = microseconds(event.at),
        .step = event.step,
        .connection = static_cast<std::uint64_t>(event.connection),
        .bytes = log_bytes(is_exchanged ? event.bytes : hider_.hide(event.bytes), max_bytes),
        .exit = event.exit};
    if (event.kind == EventKind::kQuiet)
      record.evidence = make_evidence(event.grade, event.last_seen);
    return record;
  }

  OutputRecord make_output(const Event& event) const {
    const std::string_view written = event.bytes;
    const std::size_t end = std::min(event.evidence, written.size());
    const std::string before = hider_.hide(written.substr(0, end));
    OutputRecord record{.bytes = log_bytes(before + hider_.hide(written.substr(end))),
                        .truncated = event.truncated};
    if (event.evidence != std::string::npos) record.before_end = before.size();
    return record;
  }

  const CaseResult& result_;
  const RecordOptions& options_;
  PathHider hider_;
};

}  // namespace

CaseRecord make_case_record(const CaseResult& result, const RecordOptions& options) {
  return RecordMaker(result, options).make();
}

}  // namespace chatspec
