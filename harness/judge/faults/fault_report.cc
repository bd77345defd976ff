// Which reports there are stands in one table: the words by which a report is found (its marker),
// of what kind it is, whether whoever wrote it has ended by it, and a reader that knows how the
// tool writes. Most programs write none, so the whole text is searched for each marker first, and
// cut into lines only where one is found. A reader may still say that it is no report, since
// programs print what they like; then the search goes on. The first report counts: what comes
// behind it is most often its consequence.

#include "harness/judge/faults/fault_report.h"

#include <algorithm>
#include <array>
#include <vector>

#include "harness/judge/faults/report_readers.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kLookedAt = std::size_t{1} << 20;  // of standard error, at its end
constexpr std::size_t kShownOfReport = 160;              // of what and of place, each

// Whether whoever reports has ended by it.
enum class Fatal {
  kAlways,
  kNever,
  kByExit,  // if the first process ended with the status that the runtime then gives
  // The same; and otherwise it is no report, because a program that caught the exception prints
  // just such lines.
  kByExitOnly,
};

struct ReportPattern {
  std::string_view marker;
  FaultKind kind;
  Fatal fatal;
  int status;  // for the kinds that go by it
  ReportReader read;
};

constexpr std::array kReports{
    ReportPattern{"ERROR: AddressSanitizer: ", FaultKind::kSanitizer, Fatal::kAlways, 0,
                  read_sanitizer},
    ReportPattern{"ERROR: LeakSanitizer: detected", FaultKind::kLeak, Fatal::kNever, 0,
                  read_sanitizer},
    ReportPattern{"WARNING: MemorySanitizer: ", FaultKind::kSanitizer, Fatal::kAlways, 0,
                  read_sanitizer},
    ReportPattern{"WARNING: ThreadSanitizer: ", FaultKind::kSanitizer, Fatal::kNever, 0,
                  read_sanitizer},
    ReportPattern{": runtime error: ", FaultKind::kSanitizer, Fatal::kNever, 0, read_undefined},
    ReportPattern{"== Invalid read of size ", FaultKind::kSanitizer, Fatal::kNever, 0,
                  read_valgrind},
    ReportPattern{"== Invalid write of size ", FaultKind::kSanitizer, Fatal::kNever, 0,
                  read_valgrind},
    ReportPattern{"== Invalid free() ", FaultKind::kSanitizer, Fatal::kNever, 0, read_valgrind},
    ReportPattern{"== Mismatched free() ", FaultKind::kSanitizer, Fatal::kNever, 0, read_valgrind},
    ReportPattern{"== Conditional jump or move depends on uninit", FaultKind::kSanitizer,
                  Fatal::kNever, 0, read_valgrind},
    ReportPattern{"== Use of uninitialised value", FaultKind::kSanitizer, Fatal::kNever, 0,
                  read_valgrind},
    ReportPattern{"== Syscall param ", FaultKind::kSanitizer, Fatal::kNever, 0, read_valgrind},
    ReportPattern{"== Source and destination overlap", FaultKind::kSanitizer, Fatal::kNever, 0,
                  read_valgrind},
    ReportPattern{"== Process terminating with default action of signal 11", FaultKind::kKilled,
                  Fatal::kAlways, 0, read_valgrind},
    ReportPattern{"are definitely lost in loss record", FaultKind::kLeak, Fatal::kNever, 0,
                  read_valgrind},
    ReportPattern{"Traceback (most recent call last):", FaultKind::kException, Fatal::kByExitOnly,
                  1, read_python},
    ReportPattern{"Exception in thread \"", FaultKind::kException, Fatal::kByExit, 1, read_java},
    ReportPattern{"panic: ", FaultKind::kException, Fatal::kAlways, 0, read_go},
    ReportPattern{"fatal error: ", FaultKind::kException, Fatal::kAlways, 0, read_go},
    ReportPattern{" panicked at ", FaultKind::kException, Fatal::kByExit, 101, read_rust},
    ReportPattern{"Node.js v", FaultKind::kException, Fatal::kAlways, 0, read_node},
    ReportPattern{":in `", FaultKind::kException, Fatal::kByExitOnly, 1, read_ruby},
    ReportPattern{":in '", FaultKind::kException, Fatal::kByExitOnly, 1, read_ruby},
    ReportPattern{"Fatal error:  Uncaught ", FaultKind::kException, Fatal::kByExitOnly, 255,
                  read_php},
    ReportPattern{"Fatal error: Uncaught ", FaultKind::kException, Fatal::kByExitOnly, 255,
                  read_php},
    ReportPattern{"Fatal error: exception ", FaultKind::kException, Fatal::kByExitOnly, 2,
                  read_ocaml},
    ReportPattern{"FATAL UNHANDLED EXCEPTION: ", FaultKind::kException, Fatal::kByExitOnly, 1,
                  read_dotnet},
    ReportPattern{"Unhandled exception. ", FaultKind::kException, Fatal::kAlways, 0, read_dotnet},
    ReportPattern{"terminate called ", FaultKind::kKilled, Fatal::kAlways, 0, read_terminate},
    ReportPattern{"terminating due to uncaught exception", FaultKind::kKilled, Fatal::kAlways, 0,
                  read_terminate},
    ReportPattern{": Assertion `", FaultKind::kKilled, Fatal::kAlways, 0, read_assertion},
    ReportPattern{"*** stack smashing detected ***", FaultKind::kKilled, Fatal::kAlways, 0,
                  read_own_line},
    ReportPattern{"*** buffer overflow detected ***", FaultKind::kKilled, Fatal::kAlways, 0,
                  read_own_line},
    ReportPattern{"double free or corruption (", FaultKind::kKilled, Fatal::kAlways, 0,
                  read_own_line},
    ReportPattern{"free(): ", FaultKind::kKilled, Fatal::kAlways, 0, read_own_line},
    ReportPattern{"malloc(): ", FaultKind::kKilled, Fatal::kAlways, 0, read_own_line},
    ReportPattern{"munmap_chunk(): ", FaultKind::kKilled, Fatal::kAlways, 0, read_own_line},
    ReportPattern{"corrupted size vs. prev_size", FaultKind::kKilled, Fatal::kAlways, 0,
                  read_own_line},
    ReportPattern{"Fatal Python error: ", FaultKind::kKilled, Fatal::kAlways, 0, read_own_line},
    ReportPattern{"Segmentation fault", FaultKind::kKilled, Fatal::kAlways, 0, read_shell},
    ReportPattern{"Aborted", FaultKind::kKilled, Fatal::kAlways, 0, read_shell},
    ReportPattern{"Bus error", FaultKind::kKilled, Fatal::kAlways, 0, read_shell},
    ReportPattern{"Floating point exception", FaultKind::kKilled, Fatal::kAlways, 0, read_shell},
    ReportPattern{"Illegal instruction", FaultKind::kKilled, Fatal::kAlways, 0, read_shell},
    ReportPattern{"Bad system call", FaultKind::kKilled, Fatal::kAlways, 0, read_shell},
};

// An empty marker would stand in every line; and a status is for just those that go by it.
static_assert(std::ranges::all_of(kReports, [](const ReportPattern& pattern) {
  const bool by_exit = pattern.fatal == Fatal::kByExit || pattern.fatal == Fatal::kByExitOnly;
  return !pattern.marker.empty() && by_exit == (pattern.status != 0);
}));

// By what runtimes call them: what a peer brings about that closes, resets or keeps silent, and
// what an interrupt does.
constexpr std::array<std::string_view, 21> kByPeer{"BrokenPipe",       "Broken pipe",
                                                   "broken pipe",      "EPIPE",
                                                   "ConnectionReset",  "Connection reset",
                                                   "connection reset", "ECONNRESET",
                                                   "ConnectionAbort",  "Connection aborted",
                                                   "connection abort", "ECONNABORTED",
                                                   "NotConnected",     "endpoint is not conn",
                                                   "Socket is closed", "KeyboardInterrupt",
                                                   "Timeout",          "imed out",
                                                   "TimedOut",         "ETIMEDOUT",
                                                   "i/o timeout"};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(chat::take_line(text));
  return lines;
}

std::string printable_start(std::string_view text) {
  std::string shown = chat::escape_bytes(text.substr(0, kShownOfReport));
  if (text.size() > kShownOfReport) shown += "…";
  return shown;
}

bool is_fatal(const ReportPattern& pattern, const Told& told,
              const std::optional<ExitStatus>& exit) {
  if (told.survived || pattern.fatal == Fatal::kNever) return false;
  return pattern.fatal == Fatal::kAlways ||
         exit == ExitStatus{.by_signal = false, .value = pattern.status};
}

std::optional<FaultReport> read_report(const ReportPattern& pattern, Lines lines, std::size_t at,
                                       const std::optional<ExitStatus>& exit) {
  const auto told = pattern.read(lines, at);
  if (!told) return std::nullopt;
  const bool fatal = is_fatal(pattern, *told, exit);
  if (pattern.fatal == Fatal::kByExitOnly && !fatal && !told->survived) return std::nullopt;
  const bool by_peer =
      pattern.kind == FaultKind::kException &&
      std::ranges::any_of(kByPeer, [&](auto name) { return told->what.contains(name); });
  return FaultReport{.kind = pattern.kind,
                     .fatal = fatal,
                     .by_peer = by_peer,
                     .what = printable_start(told->what),
                     .place = printable_start(told->place)};
}

}  // namespace

std::optional<FaultReport> find_fault_report(std::string_view errors, std::string_view given,
                                             const std::optional<ExitStatus>& exit) {
  if (errors.size() > kLookedAt) errors.remove_prefix(errors.size() - kLookedAt);
  std::vector<const ReportPattern*> looked_for;
  for (const ReportPattern& pattern : kReports) {
    if (errors.contains(pattern.marker) && !given.contains(pattern.marker)) {
      looked_for.push_back(&pattern);
    }
  }
  if (looked_for.empty()) return std::nullopt;
  const std::vector<std::string_view> lines = lines_of(errors);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    for (const ReportPattern* pattern : looked_for) {
      if (!lines[at].contains(pattern->marker)) continue;
      if (auto report = read_report(*pattern, lines, at, exit)) return report;
    }
  }
  return std::nullopt;
}

}  // namespace chatspec
