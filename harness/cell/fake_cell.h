// A cell in memory, for tests of what uses cells: no process, no socket, no thread and no time. The
// implementation is an object that is told what happens and answers with what it does.

#pragma once

#include <deque>
#include <map>

#include "harness/cell/cell.h"

namespace chatspec {

// Something that the implementation does. Each kSend is one arrival: await() never joins two.
struct FakeAction {
  enum class Kind {
    kConnect,     // a client opens its next connection; they count from 1
    kSend,        // `bytes` on `connection`
    kEndStream,   // closes its sending direction of `connection`, or all of it
    kReset,       // resets `connection`
    kPrint,       // `bytes` on standard output
    kPrintError,  // `bytes` on standard error
    kExit,        // ends with `exit`; the streams of all its connections end
  };
  Kind kind = Kind::kSend;
  int connection = 1;
  std::string bytes{};
  ExitStatus exit{};
};
using FakeActions = std::vector<FakeAction>;

// The implementation. Does nothing by itself unless told otherwise.
class FakePeer {
 public:
  virtual ~FakePeer() = default;
  virtual bool listens() { return true; }  // a server, once started
  virtual bool reads() {
    return true;
  }  // false: what we send is never taken, and send() finds kQuiet
  virtual FakeActions on_start(const std::vector<std::string>& /*argv*/) { return {}; }
  virtual FakeActions on_connect(int /*connection*/) { return {}; }
  virtual FakeActions on_bytes(int /*connection*/, std::string_view /*bytes*/) { return {}; }
  virtual FakeActions on_end(int /*connection*/) { return {}; }    // we half-closed or closed
  virtual FakeActions on_reset(int /*connection*/) { return {}; }  // we reset
  // Asked when we wait for it to end, as if time went by; of one that is slow, only where we wait
  // with the patience for an answer.
  virtual bool is_slow() { return false; }
  virtual FakeActions on_idle() { return {}; }
  virtual std::string on_stop() { return {}; }  // what is left over; on_start() may follow
};

class FakeCell final : public Cell {
 public:
  // Finds quiet with the given grade. A folder is named, not made.
  FakeCell(Role implementation, std::unique_ptr<FakePeer> peer,
           QuietGrade grade = QuietGrade::kProven, std::filesystem::path folder = "/fake");

  // From then on every wait ends with kInterrupted.
  void interrupt() { interrupted_ = true; }
  // Everything sent, by connection.
  const std::string& sent(ConnectionId connection) { return at(connection).sent; }
  // The files that were added, by name. The implementation writes none.
  const std::map<std::string, std::string>& files() const { return files_; }

  bool has_process() const override { return true; }
  std::string host() const override { return "127.0.0.1"; }
  std::string obstacle_to_host(const std::string& told) const override {
    return told == host() ? "" : "the fake is nowhere else";
  }
  int port() const override { return 15000; }
  const std::filesystem::path& folder() const override { return folder_; }
  std::expected<std::string, CellFailure> add_file(std::string_view name,
                                                   std::string_view content) override;
  std::string read_file(std::string_view name, std::size_t from, std::size_t most) override;
  std::expected<void, CellFailure> start(const std::vector<std::string>& argv) override;
  std::expected<std::string, CellFailure> await_listening() override;
  std::expected<ConnectionId, CellFailure> connect() override;
  std::expected<ConnectionId, CellFailure> accept() override;
  std::optional<StreamEvent> send(ConnectionId connection, std::string_view bytes) override;
  bool await_taken(ConnectionId connection) override;
  std::string take_arrived(ConnectionId connection) override;
  void begin_answer(std::size_t) override {}
  StreamEvent await(ConnectionId connection, bool expect_silence) override;
  void half_close(ConnectionId connection) override;
  void close(ConnectionId connection) override;
  void reset(ConnectionId connection) override;
  std::expected<void, CellFailure> await_output(const std::function<bool()>& complete) override;
  std::expected<ExitStatus, CellFailure> await_exit(ExitWait wait) override;
  std::string end_program() override;
  std::string stop() override;
  const Output& output() const override { return output_; }
  const Output& errors() const override { return errors_; }

 private:
  struct Connection {
    std::deque<StreamEvent> arrivals;
    std::optional<StreamEvent> ending;  // after the arrivals
    bool closed_by_us = false;
    std::string sent;
  };
  Connection& at(ConnectionId connection);
  void act(const FakeActions& actions);
  void act(const FakeAction& action);
  CellFailure failure(CellFailure::Kind kind, std::string message) const;

  Role side_;
  std::unique_ptr<FakePeer> peer_;
  QuietGrade grade_;
  std::filesystem::path folder_;
  std::map<std::string, std::string> files_;
  bool interrupted_ = false;
  int connecting_ = 0;  // connections that a client has opened …
  int accepted_ = 0;    // … and that were accepted
  std::deque<Connection> connections_;
  std::optional<ExitStatus> exit_;
  bool stopped_ = false;
  Output output_;
  Output errors_;
};

}  // namespace chatspec
