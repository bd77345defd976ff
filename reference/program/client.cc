#include "reference/program/client.h"

#include <algorithm>
#include <csignal>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unistd.h>
#include <utility>

#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <fmt/format.h>

#include "reference/client_session.h"
#include "reference/program/command_line.h"
#include "reference/program/connection.h"
#include "reference/program/line_printer.h"

namespace chat {
namespace {

using asio::ip::tcp;

class Client {
 public:
  explicit Client(const ClientOptions& options)
      : options_(&options),
        server_(fmt::format("{}:{}", options.server, options.port)),
        out_(STDOUT_FILENO),
        printer_(out_),
        session_(options.profile, options.messages, options.signatures, printer_),
        socket_(io_),
        connect_timer_(io_) {}

  int run() {
    connect();
    io_.run();
    out_.flush();
    if (const auto& violation = session_.violation()) {
      report(kClientName,
             fmt::format("{}: {} ({})", server_, violation->message, violation->requirement));
      return kExitConnection;
    }
    if (error_) {
      report(kClientName, fmt::format("{}: {}", server_, *error_));
      return kExitConnection;
    }
    const int status = compare();
    return out_.failure() == 0 ? status : report_lost_output(kClientName, out_.failure());
  }

 private:
  void connect() {
    tcp::resolver resolver(io_);
    std::error_code error;
    const auto endpoints =
        resolver.resolve(options_->server, std::to_string(options_->port), error);
    if (error) {
      error_ = fmt::format("unknown server: {}", error.message());
      return;
    }
    if (options_->idle_timeout.count() > 0) {
      connect_timer_.expires_after(options_->idle_timeout);
      connect_timer_.async_wait([this](const std::error_code& cancelled) {
        if (cancelled) return;
        std::error_code ignored;
        socket_.close(ignored);
      });
    }
    asio::async_connect(socket_, endpoints,
                        [this](const std::error_code& failure, const tcp::endpoint&) {
                          connect_timer_.cancel();
                          if (failure) {
                            error_ = fmt::format("cannot connect: {}", failure.message());
                          } else {
                            converse();
                          }
                        });
  }

  void converse() {
    Connection::Settings settings{
        .receives_while_sending = true,
        .unit_pause =
            options_->profile.has_line_ends() ? std::nullopt : std::optional(options_->unit_pause),
        .idle_timeout = options_->idle_timeout,
        .on_idle = [this] { out_.flush(); },
        .on_over = [this](const std::optional<std::string>& error) { error_ = error; },
        .on_closed = [] {}};
    std::make_shared<Connection>(std::move(socket_), session_, std::move(settings))->start();
  }

  int compare() const {
    const std::span<const Outcome> outcomes = session_.outcomes();
    const auto differed = std::ranges::count(outcomes, Outcome::kDiffered);
    if (differed == 0) return kExitServed;
    const auto first = std::ranges::find(outcomes, Outcome::kDiffered) - outcomes.begin();
    report(kClientName,
           fmt::format("{} of {} signatures did not match, the first that of message {}", differed,
                       outcomes.size(), first + 1));
    return kExitDiffered;
  }

  const ClientOptions* options_;
  std::string server_;
  OutputStream out_;
  LinePrinter printer_;
  ClientSession session_;
  asio::io_context io_{1};
  tcp::socket socket_;
  asio::steady_timer connect_timer_;
  std::optional<std::string> error_;
};

}  // namespace

int run_client(const ClientOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  return Client(options).run();
}

}  // namespace chat
