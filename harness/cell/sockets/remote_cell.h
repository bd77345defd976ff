// A server that somebody else started: an address, nothing to start and nothing to observe but the
// connection.

#pragma once

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/sockets/socket_cell.h"

namespace chatspec {

struct RemoteServer {
  std::string host;  // a name or an address, without brackets
  int port = 0;
};

// Reads HOST:PORT, an address of IPv6 in brackets ([::1]:15000). The error is a sentence.
std::expected<RemoteServer, std::string> parse_remote(std::string_view text);

class RemoteCell final : public SocketCell {
 public:
  RemoteCell(const CellSurroundings& surroundings, ScratchFolder folder, RemoteServer server);

  bool has_process() const override { return false; }
  std::string host() const override { return server_.host; }
  int port() const override { return server_.port; }
  const std::filesystem::path& folder() const override { return folder_.path(); }
  std::expected<void, CellFailure> start(const std::vector<std::string>& argv) override;
  // Nobody can see that from here; gives the address that it was given.
  std::expected<std::string, CellFailure> await_listening() override;
  // Tries all addresses of the host, one after the other, within the patience for an answer.
  // Looking up a name takes as long as the system's resolver wants.
  std::expected<ConnectionId, CellFailure> connect() override;
  std::expected<ConnectionId, CellFailure> accept() override;
  std::expected<void, CellFailure> await_output(const std::function<bool()>& complete) override;
  std::expected<ExitStatus, CellFailure> await_exit(ExitWait wait) override;
  std::string end_program() override { return stop(); }
  std::string stop() override;
  std::optional<std::string> trouble() const override { return loop_.trouble(); }

 private:
  WaitLoop& loop() override { return loop_; }
  const WaitLoop& loop() const override { return loop_; }
  CellStreams& streams() override { return streams_; }
  int folder_descriptor() override { return folder_.descriptor(); }

  ScratchFolder folder_;
  RemoteServer server_;
  WaitLoop loop_;
  CellStreams streams_;
};

class RemoteCellFactory final : public CellFactory {
 public:
  RemoteCellFactory(const CellSurroundings& surroundings, std::filesystem::path temporary,
                    RemoteServer server);
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role implementation,
                                                         std::uint64_t) override;
  std::string_view isolation() const override { return "remote"; }

 private:
  CellSurroundings surroundings_;
  std::filesystem::path temporary_;
  RemoteServer server_;
};

}  // namespace chatspec
