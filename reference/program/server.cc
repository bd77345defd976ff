#include "reference/program/server.h"

#include <csignal>
#include <cstdio>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/v6_only.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <fmt/format.h>

#include "reference/program/command_line.h"
#include "reference/program/connection.h"
#include "reference/program/line_printer.h"

namespace chat {
namespace {

using asio::ip::tcp;

// How long to wait after accept() failed for want of descriptors or memory.
constexpr std::chrono::milliseconds kAcceptAgainAfter{100};

class Server {
 public:
  explicit Server(const ServerOptions& options)
      : options_(&options), out_(STDOUT_FILENO), acceptor_(io_), timer_(io_), signals_(io_) {}

  int run() {
    if (const auto error = listen()) {
      report(kServerName, *error);
      return kExitConnection;
    }
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](const std::error_code& error, int) {
      if (!error) io_.stop();
    });
    const std::string ready =
        fmt::format("listening on {}\n", to_string(acceptor_.local_endpoint()));
    std::fwrite(ready.data(), 1, ready.size(), stderr);
    accept();
    io_.run();
    out_.flush();
    const bool lost = status_ == kExitServed && out_.failure() != 0;
    return lost ? report_lost_output(kServerName, out_.failure()) : status_;
  }

 private:
  // What a connection needs and has to outlive it.
  struct Client {
    Client(const ServerOptions& options, OutputStream& out, std::string client_name)
        : name(std::move(client_name)),
          printer(out),
          session(options.profile, options.keys, printer, options.limits) {}

    std::string name;
    LinePrinter printer;
    ServerSession session;
  };

  // Gives what is wrong.
  std::optional<std::string> listen() {
    tcp::endpoint endpoint(tcp::v6(), options_->port);
    if (options_->address) endpoint.address(*options_->address);
    std::error_code error = listen_on(endpoint);
    // One socket takes both families, but the system may have no IPv6, which shows in open() or
    // only in bind().
    if (!options_->address && (error == asio::error::address_family_not_supported ||
                               error == std::errc::address_not_available)) {
      endpoint = tcp::endpoint(tcp::v4(), options_->port);
      error = listen_on(endpoint);
    }
    if (!error) return std::nullopt;
    return fmt::format("cannot listen on {}: {}", to_string(endpoint), error.message());
  }

  std::error_code listen_on(const tcp::endpoint& endpoint) {
    std::error_code error;
    const auto step = [&error](auto&& action) {
      if (!error) action();
    };
    if (acceptor_.is_open()) acceptor_.close(error);
    step([&] { acceptor_.open(endpoint.protocol(), error); });
    step([&] { acceptor_.set_option(tcp::acceptor::reuse_address(true), error); });
    if (endpoint.address() == asio::ip::address_v6::any()) {
      step([&] { acceptor_.set_option(asio::ip::v6_only(false), error); });
    }
    step([&] { acceptor_.bind(endpoint, error); });
    step([&] { acceptor_.listen(tcp::acceptor::max_listen_connections, error); });
    return error;
  }

  void accept() {
    acceptor_.async_accept([this](const std::error_code& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {
        report(kServerName, fmt::format("cannot accept a client: {}", error.message()));
        timer_.expires_after(kAcceptAgainAfter);
        timer_.async_wait([this](const std::error_code& cancelled) {
          if (!cancelled) accept();
        });
        return;
      }
      serve(std::move(socket));
      if (options_->keep_serving) {
        accept();
      } else {
        std::error_code ignored;
        acceptor_.close(ignored);
      }
    });
  }

  void serve(tcp::socket socket) {
    std::error_code unknown;
    const tcp::endpoint peer = socket.remote_endpoint(unknown);
    const auto client = std::make_shared<Client>(*options_, out_, to_string(peer));
    Connection::Settings settings{
        .receives_while_sending = false,
        .unit_pause =
            options_->profile.has_line_ends() ? std::nullopt : std::optional(options_->unit_pause),
        .idle_timeout = options_->idle_timeout,
        .on_idle = [this] { out_.flush(); },
        // The connection holds this, and so all that it borrows lives as long as it does.
        .on_over = [this,
                    client](const std::optional<std::string>& error) { judge(*client, error); },
        .on_closed = [this] { closed(); }};
    std::make_shared<Connection>(std::move(socket), client->session, std::move(settings))->start();
  }

  void judge(const Client& client, const std::optional<std::string>& error) {
    out_.flush();
    const auto& violation = client.session.violation();
    if (violation) {
      report(kServerName,
             fmt::format("{}: {} ({})", client.name, violation->message, violation->requirement));
    } else if (error) {
      report(kServerName, fmt::format("{}: {}", client.name, *error));
    }
    if (!options_->keep_serving && (violation || error)) status_ = kExitConnection;
  }

  void closed() {
    if (!options_->keep_serving) io_.stop();
  }

  const ServerOptions* options_;
  OutputStream out_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  asio::signal_set signals_;
  int status_ = kExitServed;
};

}  // namespace

int run_server(const ServerOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  return Server(options).run();
}

}  // namespace chat
