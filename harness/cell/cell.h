// A cell is where one implementation under test lives during one scenario: started fresh, observed
// from outside, and gone without trace afterwards. This is the only way by which the harness
// reaches an implementation; process_cell.h is the real one, remote_cell.h one for a server that
// somebody else started, and fake_cell.h one in memory.
//
// A cell belongs to one thread. Every wait ends by evidence, by the patience given, or by an
// interrupt.

#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/clock.h"
#include "harness/cell/holdings.h"
#include "harness/transcript/transcript.h"
#include "reference/role.h"

namespace chatspec {

using chat::Role;  // of the implementation; the harness plays the other

// How long to wait where nothing can be proven. Deadlines are a last resort, and verdicts that rest
// on one say so.
struct Patience {
  std::chrono::milliseconds answer{5000};  // for an answer, a connection, an exit that is due
  std::chrono::milliseconds silence{250};  // until silence that is *expected* is believed
  std::chrono::milliseconds start{10000};  // for a server to listen
  // For all that is awaited in a cell until it is ended, however much of it is put off; 0 is
  // without limit.
  std::chrono::milliseconds whole{0};
};
// And for the end of what is left in a cell then, each time.
inline constexpr std::chrono::seconds kEndingLimit{10};

// What was seen while waiting. `bytes` is as for the event of the same name.
struct StreamEvent {
  enum class Kind { kBytes, kEndOfStream, kReset, kQuiet, kInterrupted, kTrouble };
  Kind kind = Kind::kQuiet;
  // kBytes: at least one; for people, kQuiet: the evidence, kTrouble: what failed of the harness.
  std::string bytes{};
  QuietGrade grade = QuietGrade::kDeadline;
  LastSeen last_seen{};  // kQuiet
};

// Why something that the harness wanted of a cell did not come about.
struct CellFailure {
  enum class Kind {
    kNotStarted,     // the program cannot be run at all (no such file, not executable)
    kExited,         // the implementation ended first; `exit` says how
    kNeverListened,  // it is alive but does not listen on the port it was given
    kNoConnection,   // nothing connected (a client), or the connection was refused (a server)
    kNotExited,      // it runs on
    kInterrupted,    // the user ended the run
    kTrouble,        // the harness's own: no descriptors, no memory, no permission
  };
  Kind kind = Kind::kTrouble;
  std::string message{};  // for people: what was tried and what was seen
  std::optional<ExitStatus> exit{};
  // Of kNeverListened, kNoConnection and kNotExited: how we know.
  QuietGrade grade = QuietGrade::kDeadline;
  LastSeen last_seen{};
};

// What the implementation wrote on one of its standard streams. At most kMaxOutputBytes are kept.
struct Output {
  std::string bytes;
  bool truncated = false;
  // So many bytes came before the harness asked the implementation to end.
  std::size_t before_end = std::string::npos;
};
inline constexpr std::size_t kMaxOutputBytes = std::size_t{32} << 20;

// A process of the implementation, other than its first, that was killed by a signal of a kind that
// a program brings upon itself.
struct ProcessDeath {
  int signal = 0;
  std::string name{};  // the program's, for people; may be empty
};

// What ends the wait for an exit, besides the exit and proof that it does not come. A server that
// polls with a time limit can never be proven to run on; that it waits for its next client can be
// seen.
enum class ExitWait {
  kWork,       // nothing else, however much it computes until then
  kDue,        // nothing else but that it computes without end: the exit must come
  kPossible,   // it waits for its next client, and has begun to do so anew since: whatever its
               // timer could have made it do, ending among it, it has not done
  kCrashOnly,  // it waits for its next client: a crash would have come before
  kUnlikely,   // the same, or the patience for silence is over
};

class Cell {
 public:
  using ConnectionId = int;  // counts from 1, in the order in which they came about

  virtual ~Cell() = default;  // stops the implementation if stop() has not

  // From now on every wait but those for the end of what is left ends by then, as one does whose
  // patience is over. Whoever says so knows that nothing that was seen, or was not, is evidence
  // then. A later call counts instead of an earlier one.
  virtual void end_waits_by(TimePoint /*end*/) {}

  // Whether there is a process of ours to observe: exits, output. Not so for a remote server.
  virtual bool has_process() const = 0;
  // What the implementation is given for its {host}, {port} and for the folder of its files. The
  // folder exists from the start, is private to this cell and removed at the end. It is its working
  // directory, or has that in it, where the implementation brings a folder of its own.
  virtual std::string host() const = 0;
  // Why a client that is told this host, a name or an address in numbers, does not find us there; a
  // clause for people, or "" where it does.
  virtual std::string obstacle_to_host(const std::string& /*host*/) const { return {}; }
  virtual int port() const = 0;
  virtual const std::filesystem::path& folder() const = 0;

  // Puts a file into the folder. Gives the path by which the implementation finds it.
  virtual std::expected<std::string, CellFailure> add_file(std::string_view name,
                                                           std::string_view content) = 0;

  // What stands in a file of this name in the folder, from this byte on, as far as that is there
  // now; at most so many bytes. Whatever the implementation has made of it: "" where it is no file
  // that can be read.
  virtual std::string read_file(std::string_view /*name*/, std::size_t /*from*/,
                                std::size_t /*most*/) {
    return {};
  }

  // Starts the program; argv[0] is looked up in PATH. A client may connect from then on. Not for a
  // remote server.
  virtual std::expected<void, CellFailure> start(const std::vector<std::string>& argv) = 0;
  // Waits until a server is *seen* listening (the kernel's table of sockets, never a trial
  // connection). Gives the address, as ADDRESS:PORT, on which it listens.
  virtual std::expected<std::string, CellFailure> await_listening() = 0;

  // Opens a connection to the server, or waits for the client to open one.
  virtual std::expected<ConnectionId, CellFailure> connect() = 0;
  virtual std::expected<ConnectionId, CellFailure> accept() = 0;

  // Sends all of `bytes`, in one segment where they fit one. What arrives meanwhile is kept for
  // await(). Gives kQuiet where the implementation has not read enough of it within the patience
  // for an answer (several times that, where it is long), kReset where the connection is gone
  // (await() tells how it ended), or kInterrupted; nothing where all went out.
  virtual std::optional<StreamEvent> send(ConnectionId connection, std::string_view bytes) = 0;
  // Waits until the implementation has read all that was sent. Gives false where that cannot be
  // observed, or where it did not happen within the patience for silence.
  virtual bool await_taken(ConnectionId connection) = 0;
  // What has arrived and await() has not given yet, without waiting; may be empty.
  virtual std::string take_arrived(ConnectionId connection) = 0;

  // An answer of so many bytes is due from now on: the waits of await() that follow share one
  // patience, so that whoever sends a byte at a time does not win time with each.
  virtual void begin_answer(std::size_t bytes) = 0;

  // Waits for the next thing that the implementation does on a connection: as many bytes as are
  // there, the end of its stream, a reset, or the finding that it will do nothing (more) by itself.
  // With `expect_silence`, the patience for silence is enough for that finding.
  virtual StreamEvent await(ConnectionId connection, bool expect_silence) = 0;

  virtual void half_close(ConnectionId connection) = 0;
  virtual void close(ConnectionId connection) = 0;
  virtual void reset(ConnectionId connection) = 0;

  // Waits until the implementation has written all that is wanted on its standard streams:
  // `complete` tells that of output() and errors(), and is asked whenever these rest. Ends also
  // when its first process ends, whatever was written. kNotExited where neither comes about within
  // the patience for an answer.
  virtual std::expected<void, CellFailure> await_output(const std::function<bool()>& complete) = 0;
  // Waits for the implementation's first process to end by itself; for no longer than the patience
  // for an answer.
  virtual std::expected<ExitStatus, CellFailure> await_exit(ExitWait wait) = 0;

  // Ends every process in the cell as stop() does, and its connections, so that start() may follow
  // once more: in the same folder and network, on the same port, and with whatever the kernel still
  // holds of former connections. Output and errors go on.
  virtual std::string end_program() = 0;

  // Ends every process in the cell, first politely (SIGTERM), then by force, and closes every
  // connection. Gives a sentence about what was left over, or nothing. After it, output and errors
  // are complete.
  virtual std::string stop() = 0;

  // How much processor time the busiest thread of the implementation has used so far. 0 where there
  // is none, or nobody counts it.
  virtual std::chrono::nanoseconds processor_time() { return {}; }

  // What the implementation holds now. Nothing where there is none, or it cannot be seen.
  virtual std::optional<Holdings> holdings() { return {}; }

  // The deaths that are seen by now, and of none that came after stop() had asked anything to end.
  // Not every death can be seen: process_cell.h says which.
  virtual std::vector<ProcessDeath> deaths() { return {}; }

  // What kept us from seeing all of it so far, as a sentence without a full stop: then nothing that
  // was seen, or was not, is evidence.
  virtual std::optional<std::string> trouble() const { return {}; }

  virtual const Output& output() const = 0;
  virtual const Output& errors() const = 0;
};

// Makes the cells of a run. Thread-safe.
class CellFactory {
 public:
  virtual ~CellFactory() = default;
  // What is free to choose in a cell, such as the port, comes from `seed` where the tier lets us
  // choose: the same in each cell of the same seed.
  virtual std::expected<std::unique_ptr<Cell>, CellFailure> open(Role implementation,
                                                                 std::uint64_t seed) = 0;
  // The tier, for reports: "plain", "remote", …
  virtual std::string_view isolation() const = 0;
};

}  // namespace chatspec
