// The records of the event log: what a run leaves behind, and all that a report may look at. Bytes
// of implementations stand in them in printable form only (chat::escape_bytes), so that no report
// can be steered by them.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/judge/verdict.h"

namespace chatspec {

// Of the format. A reader refuses any other.
inline constexpr std::uint64_t kLogVersion = 2;

// The first record of a run.
struct RunRecord {
  std::string tool_version;
  std::string role;            // of the implementation: server or client
  std::string implementation;  // the command line, or the address
  std::string profile;
  std::string delivery;        // how what is sent is cut into segments
  std::string isolation;       // the tier in which it lived
  std::string isolation_note;  // what is missing of the best, and why; may be empty
  std::uint64_t seed = 0;
  std::uint64_t cases = 0;  // how many were selected
  std::string folder{};     // of which it has a copy; empty where it starts in an empty folder
  std::string left_out{};   // what the copy lacks of it, and why; may be empty

  bool operator==(const RunRecord&) const = default;
};

// The program was built, or was not, in which case no case follows.
struct BuildRecord {
  std::string command{};
  Verdict verdict = Verdict::kPass;  // else fail, or error where the trouble is our own
  std::string message{};             // of all but pass: what went wrong
  std::string output{};              // what was written meanwhile, or begin and end of it
  std::string left_over{};
  std::uint64_t duration_us = 0;

  bool operator==(const BuildRecord&) const = default;
};

struct FindingRecord {
  std::string code;
  std::string requirement;  // may be empty: then the case's requirements are meant
  std::string expected;
  std::string received;  // may be empty
  std::string message;
  std::string cause;     // may be empty
  std::string evidence;  // of silence; may be empty
  std::string grade;     // of the evidence; may be empty

  bool operator==(const FindingRecord&) const = default;
};

struct ExchangeRecord {
  std::string speaker;  // C, S, C2, …
  std::string text;     // the unit, or what happened in its place
  bool is_note = false;

  bool operator==(const ExchangeRecord&) const = default;
};

// One case that ended.
struct CaseRecord {
  std::string id{};
  std::string title{};
  std::string description{};
  std::string level{};
  std::vector<std::string> requirements{};
  Verdict verdict = Verdict::kPass;
  std::vector<FindingRecord> failure{};  // none or one
  std::vector<FindingRecord> deviations{};
  std::vector<ExchangeRecord> exchange{};
  std::string reason{};  // of skipped and error
  std::string left_over{};
  std::string delivery{};  // how what was sent was cut, where that is to blame; may be empty
  std::string errors{};    // the end of its standard error
  std::string reproduction{};
  std::uint64_t duration_us = 0;

  bool operator==(const CaseRecord&) const = default;
};

// The last record of a run that was not killed.
struct EndRecord {
  bool interrupted = false;
  std::string served_last{};  // the case after which a remote server took no connection any more;
                              // empty where that did not happen
  std::string given_up{};     // what the program never did, "listened" or "connected", so that the
                              // rest was not played; empty where that did not happen
  std::uint64_t duration_us = 0;

  bool operator==(const EndRecord&) const = default;
};

using Record = std::variant<RunRecord, BuildRecord, CaseRecord, EndRecord>;

// One line of the log, without its line end, and back. The error is a sentence.
std::string to_json_line(const Record& record);
std::expected<Record, std::string> parse_json_line(std::string_view line);

}  // namespace chatspec
