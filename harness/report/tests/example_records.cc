#include "harness/report/tests/example_records.h"

namespace chatspec {

RunRecord full_run() {
  return {
      .run_id = "0123456789abcdef",
      .tool = {.version = "0.1", .commit = "abc"},
      .start = "2026-01-31T12:00:00Z",
      .name = "server.py",
      .argv = {{"python3"}, {"a b.py"}, {"{port}"}},
      .address = "::1 7777",
      .keys = std::vector{LoggedBytes{.begin = "first"}, LoggedBytes{.begin = "\xff"}},
      .role = Role::kClient,
      .profile = {.name = "line",
                  .settings = {{"line-end", log_bytes("lf")}, {"hash-join", log_bytes("\r\n")}}},
      .profile_choice =
          ProfileChoiceRecord{.is_spoken = true,
                              .tries = {{.opening = Opening::kLf, .before = {.begin = "HELLO\n"}}}},
      .delivery = "units",
      .isolation = "plain",
      .isolation_note = "a note",
      .seed = 18446744073709551615U,
      .suite = "00",
      .selection = {.names = {"a/*"},
                    .tags = {"core"},
                    .requirements = {"SIG"},
                    .levels = {"must"}},
      .cases = 3,
      .shard = ShardRecord{.number = 2, .count = 4, .cases = 9},
      .jobs = 2,
      .case_limit_us = 610000000,
      .machine = {.kernel = "Linux 6", .processors = 2, .memory_bytes = 1U << 30U},
      .folder = "folder",
      .left_out = "fifo (a FIFO)"};
}

BuildRecord full_build() {
  return {
      .command = "make",
      .verdict = Verdict::kFail,
      .message = "it ended with exit status 2",
      .timed_out = true,
      .output = {.begin = "one\n\xff",
                 .omitted = OmittedBytes{.count = 5, .end = "two", .sha256 = std::string(64, 'a')}},
      .left_over = "a daemon",
      .duration_us = 9};
}

OpeningRecord full_opening() {
  return {.tries = {{.opening = Opening::kAsWritten,
                     .sent = {.begin = "HELLO\n"},
                     .ending = EventKind::kEndOfStream},
                    {.opening = Opening::kNoLineEnd,
                     .sent = {.begin = "HELLO"},
                     .received = {.begin = "260 OK"},
                     .is_answered = true}},
          .cause = CauseRecord{.id = "other-line-end-expected", .sentence = "why it may be"}};
}

CaseRecord full_case() {
  const EvidenceRecord evidence{.grade = QuietGrade::kProven,
                                .activity = Activity::kReading,
                                .system_call = "recv",
                                .connection = 1,
                                .bytes_read = 6,
                                .bytes_unread = 0,
                                .sentence = "evidence"};
  return {
      .id = "a/b[c]",
      .file = "a/b.chat",
      .path = "tests/a/b.chat",
      .line = 4,
      .source = "0123456789abcdef",
      .title = "t",
      .level = "must",
      .tags = {"core"},
      .requirements = {"SIG-1"},
      .verdict = Verdict::kFail,
      .duration = {.start_us = 1, .play_us = 2, .stop_us = 3},
      .place = 5,
      .attempts = {{.verdict = Verdict::kPass, .duration_us = 4},
                   {.verdict = Verdict::kFail, .code = "wrong-reply", .duration_us = 6}},
      .description = "d",
      .skipped = SkipRecord{.kind = "need", .case_id = "a/a", .sentence = "why"},
      .known = KnownRecord{.file = "known.txt",
                           .line = 3,
                           .code = "no-answer",
                           .reason = "why",
                           .is_met = false,
                           .is_flaky = true},
      .trouble = "trouble",
      .failure = FindingRecord{.code = "wrong-reply",
                               .requirement = "SIG-2",
                               .step = 1,
                               .line = 7,
                               .expected = "\"260 OK\\n\"",
                               .due = LoggedBytes{.begin = "260 OK\n"},
                               .received = {.begin = "500\n"},
                               .offset = 0,
                               .message = "it sent another reply",
                               .cause = CauseRecord{.id = "other-reply",
                                                    .parameters = {{"message", "1"}},
                                                    .sentence = "a cause"},
                               .evidence = evidence},
      .deviations = {{.code = "upper-case", .requirement = "SIG-3"}},
      .exit = ExitStatus{.by_signal = true, .value = 11},
      .output = {.bytes = {.begin = "HELLO\n"}, .truncated = true},
      .errors = {.bytes = {.begin = "Traceback \x1b[31m\n"}, .before_end = 4},
      .left_over = "a daemon",
      .delivery = DeliveryRecord{.sentence = "fails cut", .step = 2, .place = 3},
      .files = {.keys = LoggedBytes{.begin = "k"},
                .messages = LoggedBytes{.begin = "m"},
                .signatures = LoggedBytes{.begin = ""}},
      .remote = RemoteRecord{.served_last = "a/a", .is_gone = true},
      .events = {
          {.kind = EventKind::kSent,
           .at_us = 1,
           .step = 0,
           .connection = 1,
           .bytes = {.begin = "HELLO\n"}},
          {.kind = EventKind::kQuiet, .at_us = 2, .step = 1, .connection = 1, .evidence = evidence},
          {.kind = EventKind::kEndOfStream, .step = 1, .connection = 1},
          {.kind = EventKind::kExited, .exit = ExitStatus{.value = 3}}}};
}

EndRecord full_end() {
  return {.interrupted = true,
          .served_last = "quit/at-once",
          .given_up = "listened",
          .stopped = "fail-fast",
          .duration_us = 7};
}

}  // namespace chatspec
