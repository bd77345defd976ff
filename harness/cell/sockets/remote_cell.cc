#include "harness/cell/sockets/remote_cell.h"

#include <charconv>
#include <memory>
#include <netdb.h>

#include <fmt/format.h>

#include "harness/cell/cell_failure.h"

namespace chatspec {
namespace {

std::unexpected<CellFailure> failure(CellFailure::Kind kind, std::string message) {
  return std::unexpected(CellFailure{.kind = kind, .message = std::move(message)});
}

std::expected<std::vector<Address>, std::string> look_up(const RemoteServer& server) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const std::string port = std::to_string(server.port);
  const int error = getaddrinfo(server.host.c_str(), port.c_str(), &hints, &list);
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(list, [](addrinfo* first) {
    if (first) freeaddrinfo(first);
  });
  if (error != 0) {
    return std::unexpected(fmt::format("cannot look up {}: {}", server.host, gai_strerror(error)));
  }
  std::vector<Address> addresses;
  for (const addrinfo* entry = list; entry; entry = entry->ai_next) {
    addresses.emplace_back(entry->ai_addr, entry->ai_addrlen);
  }
  return addresses;
}

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && port >= 1 && port <= 65535 ? std::optional(port) : std::nullopt;
}

}  // namespace

std::expected<RemoteServer, std::string> parse_remote(std::string_view text) {
  if (text.contains("://")) {
    return std::unexpected(fmt::format("\"{}\" is a URL; HOST:PORT is expected", text));
  }
  const auto colon = text.rfind(':');
  if (colon == text.npos) {
    return std::unexpected(fmt::format("\"{}\" has no port; HOST:PORT is expected", text));
  }
  std::string_view host = text.substr(0, colon);
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) {
    return std::unexpected(fmt::format("\"{}\" does not end in a port from 1 to 65535", text));
  }
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != host.npos) {
    return std::unexpected(
        fmt::format("\"{}\": an IPv6 address needs brackets, as in [::1]:15000", text));
  }
  if (host.empty()) return std::unexpected(fmt::format("\"{}\" has no host", text));
  return RemoteServer{std::string(host), *port};
}

RemoteCell::RemoteCell(const CellSurroundings& surroundings, ScratchFolder folder,
                       RemoteServer server)
    : folder_(std::move(folder)),
      server_(std::move(server)),
      loop_(surroundings, std::make_unique<DeadlineObserver>(),
            {.state = [] { return std::string("the server is not ours to observe"); }}),
      streams_(loop_, CellStreams::Network::kShared, make_own_socket) {}

std::expected<void, CellFailure> RemoteCell::start(const std::vector<std::string>&) {
  return std::unexpected(trouble_failure("a remote server is not started by us"));
}

std::expected<std::string, CellFailure> RemoteCell::await_listening() {
  const bool is_v6 = server_.host.find(':') != std::string::npos;
  return is_v6 ? fmt::format("[{}]:{}", server_.host, server_.port)
               : fmt::format("{}:{}", server_.host, server_.port);
}

std::expected<Cell::ConnectionId, CellFailure> RemoteCell::connect() {
  const Clock& clock = loop_.clock();
  const TimePoint deadline = clock.now() + loop_.patience().answer;
  const auto addresses = look_up(server_);
  if (!addresses) return std::unexpected(trouble_failure(addresses.error()));
  std::optional<CellFailure> found;
  for (const auto& address : *addresses) {
    auto result = streams_.open_connection(address, deadline - clock.now());
    if (result || result.error().kind == CellFailure::Kind::kInterrupted) return result;
    // A refusal says more than an address that cannot be reached from here.
    if (!found || found->kind != CellFailure::Kind::kNoConnection)
      found = std::move(result.error());
  }
  if (!found) return failure(CellFailure::Kind::kNoConnection, "the host has no address");
  return std::unexpected(*std::move(found));
}

std::expected<Cell::ConnectionId, CellFailure> RemoteCell::accept() {
  return std::unexpected(trouble_failure("a remote implementation can only be a server"));
}

std::expected<void, CellFailure> RemoteCell::await_output(const std::function<bool()>&) {
  return std::unexpected(trouble_failure("a remote server was not started by us"));
}

std::expected<ExitStatus, CellFailure> RemoteCell::await_exit(ExitWait) {
  return std::unexpected(trouble_failure("a remote server was not started by us"));
}

std::string RemoteCell::stop() {
  streams_.close_all();
  return {};
}

RemoteCellFactory::RemoteCellFactory(const CellSurroundings& surroundings,
                                     std::filesystem::path temporary, RemoteServer server)
    : surroundings_(surroundings), temporary_(std::move(temporary)), server_(std::move(server)) {}

std::expected<std::unique_ptr<Cell>, CellFailure> RemoteCellFactory::open(Role implementation,
                                                                          std::uint64_t) {
  if (implementation != Role::kServer) {
    return std::unexpected(trouble_failure("a remote implementation can only be a server"));
  }
  auto folder = ScratchFolder::make(temporary_);
  if (!folder) return std::unexpected(trouble_failure(folder.error()));
  return std::make_unique<RemoteCell>(surroundings_, std::move(*folder), server_);
}

}  // namespace chatspec
