// A TCP connection that a session speaks over: moves the bytes, keeps the time, and closes in
// order.

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <asio/ip/tcp.hpp>

#include "reference/program/pacer.h"
#include "reference/session.h"

namespace chat {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct Settings {
    // Whether to receive while something is being sent. A server does not, so that a client that
    // never reads cannot make it collect answers without bound.
    bool receives_while_sending = false;
    // Whether each send carries a unit that must not reach the peer together with the one before,
    // and how long to wait in between where it cannot be seen that the peer has taken it.
    std::optional<std::chrono::milliseconds> unit_pause;
    std::chrono::seconds idle_timeout{0};  // of a connection on which nothing moves; 0: none
    std::function<void()> on_idle;         // nothing more is at hand: the time to flush
    // The conversation is over, and the connection is about to be closed. `error` is what went
    // wrong with the connection itself; what went wrong with the protocol, the session knows.
    std::function<void(const std::optional<std::string>& error)> on_over;
    std::function<void()> on_closed;
  };

  // Borrows the session until on_closed was called.
  Connection(asio::ip::tcp::socket socket, Session& session, Settings settings);

  // Lives until on_closed was called, whoever else holds it.
  void start();

 private:
  using Clock = std::chrono::steady_clock;

  void receive();
  void received(const std::error_code& error, std::size_t size);
  void drained(const std::error_code& error, std::size_t size);
  void send();
  void write();
  void sent(const std::error_code& error);
  void watch_idleness();
  void begin_close();
  void end();

  asio::ip::tcp::socket socket_;
  Alarm alarm_;
  std::optional<Pacer> pacer_;
  Session* session_;
  Settings settings_;

  std::vector<char> input_;
  std::string output_;
  bool receiving_ = false;
  bool sending_ = false;  // output_, or waiting until the peer has taken what went before
  bool cannot_send_ = false;
  bool peer_ended_ = false;
  bool closing_ = false;  // the conversation is over
  bool ended_ = false;
  std::size_t drained_bytes_ = 0;
  Clock::time_point last_moved_;
  std::optional<std::string> error_;
};

// "127.0.0.1:80", "[::1]:80".
std::string to_string(const asio::ip::tcp::endpoint& endpoint);

}  // namespace chat
