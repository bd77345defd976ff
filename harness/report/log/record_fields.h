// The fields of each kind of record, by the names that they have in a log, in the order in which
// they are written.

#pragma once

#include <concepts>
#include <type_traits>

#include "harness/report/log/record.h"

namespace chatspec {

enum class Presence { kOptional, kRequired };

template <typename T, typename U>
concept OneOf = std::same_as<std::remove_const_t<T>, U>;

template <OneOf<ToolRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("version", record.version);
  visit("commit", record.commit);
}

template <OneOf<MachineRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("kernel", record.kernel);
  visit("processors", record.processors);
  visit("memory_bytes", record.memory_bytes);
}

template <OneOf<ProfileRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("name", record.name);
  visit("settings", record.settings);
}

template <OneOf<OpeningTryRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("opening", record.opening, Presence::kRequired);
  visit("before", record.before);
  visit("sent", record.sent);
  visit("received", record.received);
  visit("ending", record.ending, Presence::kRequired);
  visit("answered", record.is_answered);
}

template <OneOf<ProfileChoiceRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("spoken", record.is_spoken, Presence::kRequired);
  visit("tries", record.tries);
}

template <OneOf<SelectionRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("names", record.names);
  visit("tags", record.tags);
  visit("requirements", record.requirements);
  visit("levels", record.levels);
  visit("excluded", record.excluded);
}

template <OneOf<ShardRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("number", record.number, Presence::kRequired);
  visit("count", record.count, Presence::kRequired);
  visit("cases", record.cases, Presence::kRequired);
}

template <OneOf<RunRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("run_id", record.run_id);
  visit("chatspec", record.tool);
  visit("start", record.start);
  visit("name", record.name);
  visit("argv", record.argv);
  visit("address", record.address);
  visit("keys", record.keys);
  visit("role", record.role, Presence::kRequired);
  visit("profile", record.profile);
  visit("profile_choice", record.profile_choice);
  visit("delivery", record.delivery);
  visit("isolation", record.isolation);
  visit("isolation_note", record.isolation_note);
  visit("seed", record.seed, Presence::kRequired);
  visit("suite", record.suite);
  visit("selection", record.selection);
  visit("cases", record.cases, Presence::kRequired);
  visit("shard", record.shard);
  visit("jobs", record.jobs);
  visit("case_limit_us", record.case_limit_us);
  visit("machine", record.machine);
  visit("folder", record.folder);
  visit("left_out", record.left_out);
}

template <OneOf<BuildRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("command", record.command);
  visit("verdict", record.verdict, Presence::kRequired);
  visit("message", record.message);
  visit("timed_out", record.timed_out);
  visit("output", record.output);
  visit("left_over", record.left_over);
  visit("duration_us", record.duration_us);
}

template <OneOf<CauseRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("id", record.id);
  visit("parameters", record.parameters);
  visit("sentence", record.sentence);
}

template <OneOf<OpeningRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("tries", record.tries, Presence::kRequired);
  visit("cause", record.cause);
}

template <OneOf<EvidenceRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("grade", record.grade, Presence::kRequired);
  visit("activity", record.activity);
  visit("system_call", record.system_call);
  visit("connection", record.connection);
  visit("bytes_read", record.bytes_read);
  visit("bytes_unread", record.bytes_unread);
  visit("sentence", record.sentence);
}

template <OneOf<FindingRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("code", record.code, Presence::kRequired);
  visit("requirement", record.requirement);
  visit("step", record.step);
  visit("line", record.line);
  visit("expected", record.expected);
  visit("due", record.due);
  visit("received", record.received);
  visit("offset", record.offset);
  visit("message", record.message);
  visit("cause", record.cause);
  visit("evidence", record.evidence);
}

template <OneOf<ExitStatus> R, typename V>
void visit_fields(R& record, V visit) {
  visit("by_signal", record.by_signal);
  visit("value", record.value, Presence::kRequired);
}

template <OneOf<EventRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("kind", record.kind, Presence::kRequired);
  visit("at_us", record.at_us);
  visit("step", record.step);
  visit("connection", record.connection);
  visit("bytes", record.bytes);
  visit("evidence", record.evidence);
  visit("exit", record.exit);
}

template <OneOf<OutputRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("bytes", record.bytes);
  visit("truncated", record.truncated);
  visit("before_end", record.before_end);
}

template <OneOf<SkipRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("kind", record.kind);
  visit("case", record.case_id);
  visit("sentence", record.sentence);
}

template <OneOf<DurationRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("start_us", record.start_us);
  visit("play_us", record.play_us);
  visit("stop_us", record.stop_us);
}

template <OneOf<DeliveryRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("sentence", record.sentence);
  visit("otherwise", record.otherwise);
  visit("step", record.step);
  visit("place", record.place);
}

template <OneOf<RemoteRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("served_last", record.served_last);
  visit("is_gone", record.is_gone);
}

template <OneOf<FilesRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("keys", record.keys);
  visit("messages", record.messages);
  visit("signatures", record.signatures);
}

template <OneOf<KnownRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("file", record.file);
  visit("line", record.line);
  visit("code", record.code, Presence::kRequired);
  visit("reason", record.reason);
  visit("is_met", record.is_met, Presence::kRequired);
  visit("is_flaky", record.is_flaky);
}

template <OneOf<AttemptRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("verdict", record.verdict, Presence::kRequired);
  visit("code", record.code);
  visit("duration_us", record.duration_us);
}

template <OneOf<CaseRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("id", record.id, Presence::kRequired);
  visit("file", record.file);
  visit("path", record.path);
  visit("line", record.line);
  visit("source", record.source);
  visit("title", record.title);
  visit("level", record.level);
  visit("tags", record.tags);
  visit("requirements", record.requirements);
  visit("verdict", record.verdict, Presence::kRequired);
  visit("duration", record.duration);
  visit("place", record.place);
  visit("attempts", record.attempts);
  visit("description", record.description);
  visit("skipped", record.skipped);
  visit("known", record.known);
  visit("trouble", record.trouble);
  visit("failure", record.failure);
  visit("deviations", record.deviations);
  visit("exit", record.exit);
  visit("output", record.output);
  visit("errors", record.errors);
  visit("left_over", record.left_over);
  visit("delivery", record.delivery);
  visit("files", record.files);
  visit("remote", record.remote);
  visit("events", record.events);
}

template <OneOf<EndRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("interrupted", record.interrupted, Presence::kRequired);
  visit("served_last", record.served_last);
  visit("given_up", record.given_up);
  visit("stopped", record.stopped);
  visit("duration_us", record.duration_us);
}

struct IgnoreField {
  void operator()(auto&&...) const {}
};
template <typename R>
concept HasFields = requires(R& record) { visit_fields(record, IgnoreField{}); };

}  // namespace chatspec
