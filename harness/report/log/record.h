// The records of the event log: what a run leaves behind, and all that a report may look at. They
// hold facts; whatever people read is made from them. log.schema.json says the same of the lines
// in which they are written.
//
// Texts are for people and hold no control character (see
// reference/text/printable.h), not even LF: each is one line. What came from an implementation is
// in LoggedBytes, and whoever shows it quotes it first. A default value means that there is nothing
// to say, and is not written.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harness/judge/diagnosis/opening_tries.h"
#include "harness/judge/findings/verdict.h"
#include "harness/report/log/logged_bytes.h"
#include "harness/report/text/rare.h"
#include "harness/transcript/transcript.h"
#include "reference/role.h"

namespace chatspec {

using chat::Role;

// Of the format. It changes when a reader of the former one would misread the new one; a reader
// passes over fields and kinds of records that it does not know.
inline constexpr std::uint64_t kLogFormat = 2;

struct ToolRecord {
  std::string version{};
  std::string commit{};  // of the sources; empty where that was not known when it was built

  bool operator==(const ToolRecord&) const = default;
};

struct MachineRecord {
  std::string kernel{};  // "Linux 6.1.0"
  std::uint64_t processors = 0;
  std::uint64_t memory_bytes = 0;

  bool operator==(const MachineRecord&) const = default;
};

struct ProfileRecord {
  std::string name{};
  std::map<std::string, LoggedBytes> settings{};  // the values, by their names in its file

  bool operator==(const ProfileRecord&) const = default;
};

// Whether a unit ends with a line end there.
bool has_line_ends(const ProfileRecord& profile);

// An opening in one form, and what came of it; see OpeningTry.
struct OpeningTryRecord {
  Opening opening{};
  LoggedBytes before{};
  LoggedBytes sent{};
  LoggedBytes received{};
  EventKind ending = EventKind::kQuiet;
  bool is_answered = false;

  bool operator==(const OpeningTryRecord&) const = default;
};

// Of a run that was to play in the profile that the program speaks: what it was asked.
struct ProfileChoiceRecord {
  bool is_spoken = false;  // else the default was taken
  std::vector<OpeningTryRecord> tries{};

  bool operator==(const ProfileChoiceRecord&) const = default;
};

// What the user asked for; see `Selection`.
struct SelectionRecord {
  std::vector<std::string> names{};
  std::vector<std::string> tags{};
  std::vector<std::string> requirements{};
  std::vector<std::string> levels{};
  std::vector<std::string> excluded{};

  bool operator==(const SelectionRecord&) const = default;
};

// Of a run that several machines or processes play, a part each.
struct ShardRecord {
  std::uint64_t number = 0;  // of this part, from 1
  std::uint64_t count = 0;   // of the parts
  std::uint64_t cases = 0;   // of all parts together

  bool operator==(const ShardRecord&) const = default;
};

// The first record of a run.
struct RunRecord {
  std::string run_id{};  // tells runs apart whose logs lie together
  ToolRecord tool{};
  std::string start{};                             // 2026-01-31T12:00:00Z
  std::string name{};                              // of the implementation
  std::vector<LoggedBytes> argv{};                 // with which it is started, placeholders and all
  std::string address{};                           // of a server that runs already, "HOST PORT"
  std::optional<std::vector<LoggedBytes>> keys{};  // of that server, where they are known
  Role role = Role::kServer;                       // of the implementation
  ProfileRecord profile{};
  std::optional<ProfileChoiceRecord> profile_choice{};  // where nobody but chatspec chose it
  std::string delivery{};                               // how what is sent is cut into segments
  std::string isolation{};                              // the tier in which it lives
  std::string isolation_note{};                         // what is missing of the best, and why
  std::uint64_t seed = 0;
  std::string suite{};  // the SHA-256 of the scenarios from which was selected
  SelectionRecord selection{};
  std::uint64_t cases = 0;  // how many were selected; of a shard, how many of them are its own
  std::optional<ShardRecord> shard{};
  std::uint64_t jobs = 1;
  std::uint64_t case_limit_us = 0;  // the most that one play of a case can take, its end included
  MachineRecord machine{};
  std::string folder{};    // of which it has a copy; empty where it starts in an empty folder
  std::string left_out{};  // what the copy lacks of it, and why

  bool operator==(const RunRecord&) const = default;
};

// The program was built, or was not, in which case no case follows.
struct BuildRecord {
  std::string command{};
  Verdict verdict = Verdict::kPass;  // else fail, or error where the trouble is our own
  std::string message{};             // of all but pass: what went wrong
  bool timed_out = false;            // it had not ended by its deadline
  LoggedBytes output{};              // what was written meanwhile
  std::string left_over{};
  std::uint64_t duration_us = 0;

  bool operator==(const BuildRecord&) const = default;
};

// Why the implementation may have done what it did.
struct CauseRecord {
  std::string id{};  // stable
  std::map<std::string, std::string> parameters{};
  std::string sentence{};

  bool operator==(const CauseRecord&) const = default;
};

// The program fails at the opening, and was asked what it makes of other forms of it. That changes
// no verdict.
struct OpeningRecord {
  std::vector<OpeningTryRecord> tries{};  // first that of the case which failed
  Rare<CauseRecord> cause{};

  bool operator==(const OpeningRecord&) const = default;
};

// How it is known that the implementation does nothing more.
struct EvidenceRecord {
  QuietGrade grade = QuietGrade::kDeadline;
  Activity activity = Activity::kUnknown;
  std::string system_call{};
  std::uint64_t connection = 0;
  std::optional<std::uint64_t> bytes_read{};
  std::optional<std::uint64_t> bytes_unread{};
  std::string sentence{};

  bool operator==(const EvidenceRecord&) const = default;
};

struct FindingRecord {
  std::string code{};
  std::string requirement{};  // empty where the case's requirements are meant
  std::uint64_t step = 0;     // of the script, from 0
  std::uint64_t line = 0;     // in the scenario's file; 0 where no line is meant
  std::string expected{};     // for people
  Rare<LoggedBytes> due{};    // the bytes that should have come, where only these would do
  LoggedBytes received{};
  std::optional<std::uint64_t> offset{};  // of the first byte that differs
  std::string message{};
  Rare<CauseRecord> cause{};
  Rare<EvidenceRecord> evidence{};  // of silence

  bool operator==(const FindingRecord&) const = default;
};

// Something that happened; see EventKind.
struct EventRecord {
  EventKind kind = EventKind::kTrouble;
  std::uint64_t at_us = 0;  // since the case began
  std::uint64_t step = 0;
  std::uint64_t connection = 0;
  LoggedBytes bytes{};
  Rare<EvidenceRecord> evidence{};  // of quiet; its sentence stands in `bytes`
  std::optional<ExitStatus> exit{};

  bool operator==(const EventRecord&) const = default;
};

// What the implementation wrote on one of its standard streams.
struct OutputRecord {
  LoggedBytes bytes{};
  bool truncated = false;  // it wrote more, which nobody has kept
  // So many bytes came before the harness ended what the scenario leaves open, or asked the
  // implementation to end; nothing where all of them did.
  std::optional<std::uint64_t> before_end{};

  bool operator==(const OutputRecord&) const = default;
};

struct SkipRecord {
  std::string kind{};     // stable; see SkipKind
  std::string case_id{};  // that it depends on, where it is one that kept it from being played
  std::string sentence{};

  bool operator==(const SkipRecord&) const = default;
};

// How long its parts took.
struct DurationRecord {
  std::uint64_t start_us = 0;  // until it listened, or connected
  std::uint64_t play_us = 0;
  std::uint64_t stop_us = 0;

  bool operator==(const DurationRecord&) const = default;
};

// How what was sent was cut, where that is to blame.
struct DeliveryRecord {
  std::string sentence{};              // "passes whole, fails cut after byte 6 of …"
  Verdict otherwise = Verdict::kPass;  // without it, or unit by unit
  // The place of the cut that is to blame, where one is: after so many bytes of a step.
  std::optional<std::uint64_t> step{};
  std::uint64_t place = 0;

  bool operator==(const DeliveryRecord&) const = default;
};

// What was known of a server that runs already when it was judged; see Circumstances.
struct RemoteRecord {
  std::string served_last{};  // the case in which it had last taken a connection
  bool is_gone = false;       // it has taken none since

  bool operator==(const RemoteRecord&) const = default;
};

// The files that the program was given; of a case that does not pass, where they matter for that.
struct FilesRecord {
  Rare<LoggedBytes> keys{};
  Rare<LoggedBytes> messages{};
  Rare<LoggedBytes> signatures{};

  bool operator==(const FilesRecord&) const = default;
};

// What a list of known failures says of a case that was judged.
struct KnownRecord {
  std::string file{};
  std::uint64_t line = 0;
  std::string code{};     // with which it is known to fail
  std::string reason{};   // why, in the words of the list
  bool is_met = false;    // it did
  bool is_flaky = false;  // the list says that it fails at times only

  bool operator==(const KnownRecord&) const = default;
};

// One play of a case that was played several times.
struct AttemptRecord {
  Verdict verdict = Verdict::kPass;
  std::string code{};  // of a failure
  std::uint64_t duration_us = 0;

  bool operator==(const AttemptRecord&) const = default;
};

// One case that ended. All from `findings` on is only of those that do not pass, unless the run was
// to log all.
struct CaseRecord {
  std::string id{};
  std::string file{};      // of the scenario, below the suite: CHAPTER/NAME.chat
  std::string path{};      // the same below the root of the user's repository; empty where it does
                           // not lie there
  std::uint64_t line = 0;  // of `scenario`, or of the table's row
  std::string source{};    // the first 16 digits of the SHA-256 of the file
  std::string title{};
  std::string level{};
  std::vector<std::string> tags{};
  std::vector<std::string> requirements{};
  Verdict verdict = Verdict::kPass;
  DurationRecord duration{};
  std::uint64_t place = 0;  // of a shard's: its place in the order of all shards together, from 1
  std::vector<AttemptRecord> attempts{};  // where it was played several times, in their order
  std::string description{};
  Rare<SkipRecord> skipped{};
  Rare<KnownRecord> known{};
  std::string trouble{};          // of error
  Rare<FindingRecord> failure{};  // that the verdict rests on
  std::vector<FindingRecord> deviations{};
  std::optional<ExitStatus> exit{};
  OutputRecord output{};
  OutputRecord errors{};
  std::string left_over{};
  Rare<DeliveryRecord> delivery{};
  FilesRecord files{};
  Rare<RemoteRecord> remote{};
  std::vector<EventRecord> events{};  // without what stands in `output` and `errors`

  // It failed, as it was known to.
  bool is_known() const { return known && known->is_met; }

  bool operator==(const CaseRecord&) const = default;
};

// The last record of a run that was not killed.
struct EndRecord {
  bool interrupted = false;
  std::string served_last{};  // the case after which a remote server took no connection any more;
                              // empty where that did not happen
  std::string given_up{};     // what the program never did, "listened" or "connected", so that the
                              // rest was not played; empty where that did not happen
  std::string stopped{};  // "fail-fast" or "time-limit", as in `SkipKind`: by what the user said
                          // of such an end the rest was not played; empty where it was
  std::uint64_t duration_us = 0;

  bool has_failed_fast() const { return stopped == "fail-fast"; }
  bool is_out_of_time() const { return stopped == "time-limit"; }
  bool operator==(const EndRecord&) const = default;
};

using Record = std::variant<RunRecord, BuildRecord, OpeningRecord, CaseRecord, EndRecord>;

}  // namespace chatspec
