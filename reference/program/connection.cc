#include "reference/program/connection.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

#include <asio/buffer.hpp>
#include <asio/error.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>

namespace chat {
namespace {

constexpr std::size_t kInputBytes = std::size_t{128} << 10;

// How much and for how long a peer that goes on sending is listened to after our FIN. Closing with
// bytes unread would reset the connection and might take from the peer what it has not read yet
// (END-3).
constexpr std::size_t kMaxDrainedBytes = std::size_t{64} << 20;
constexpr std::chrono::seconds kMaxDrainTime{2};

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Session& session, Settings settings)
    : socket_(std::move(socket)),
      alarm_(socket_.get_executor()),
      session_(&session),
      settings_(std::move(settings)),
      input_(kInputBytes),
      last_moved_(Clock::now()) {
  std::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (settings_.unit_pause) {
    pacer_.emplace(
        socket_.get_executor(),
        [peer = std::make_unique<PeerSocket>(socket_)](std::uint64_t sent_bytes) {
          return peer->look(sent_bytes);
        },
        *settings_.unit_pause);
  }
}

void Connection::start() {
  watch_idleness();
  send();
}

void Connection::receive() {
  if (receiving_) return;
  receiving_ = true;
  socket_.async_read_some(
      asio::buffer(input_),
      [self = shared_from_this()](const std::error_code& error, std::size_t size) {
        self->receiving_ = false;
        if (self->ended_) return;
        if (self->closing_) {
          self->drained(error, size);
        } else {
          self->received(error, size);
        }
      });
}

void Connection::received(const std::error_code& error, std::size_t size) {
  last_moved_ = Clock::now();
  if (error == asio::error::eof) {
    peer_ended_ = true;
    session_->receive_end();
  } else if (error) {
    error_ = error.message();
    end();
    return;
  } else {
    if (pacer_) pacer_->heard();
    session_->receive(std::string_view(input_.data(), size));
  }
  std::error_code unknown;
  if (socket_.available(unknown) == 0) settings_.on_idle();
  if (sending_ && session_->finished()) {
    // The rest of what is being sent is of no use to a peer that broke the protocol.
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, unknown);
    if (pacer_) pacer_->hurry();
  }
  if (sending_ && !session_->finished()) receive();
  send();
}

void Connection::drained(const std::error_code& error, std::size_t size) {
  drained_bytes_ += size;
  if (error || drained_bytes_ > kMaxDrainedBytes) {
    end();
  } else {
    receive();
  }
}

void Connection::send() {
  if (sending_ || closing_) return;
  do {
    output_ = session_->take_output();
  } while (cannot_send_ && !output_.empty());
  if (!output_.empty()) {
    sending_ = true;
    if (pacer_) {
      pacer_->when_taken([self = shared_from_this()] { self->write(); });
    } else {
      write();
    }
    if (settings_.receives_while_sending) receive();
  } else if (session_->finished()) {
    begin_close();
  } else {
    receive();
  }
}

void Connection::write() {
  if (closing_) return;
  // As much at once as the socket takes, since a unit without a line end should go in one send.
  const auto all = [](const std::error_code& error, std::size_t) {
    return error ? 0 : std::numeric_limits<std::size_t>::max();
  };
  asio::async_write(socket_, asio::buffer(output_), all,
                    [self = shared_from_this()](const std::error_code& error, std::size_t size) {
                      self->sending_ = false;
                      if (self->pacer_) self->pacer_->sent(size);
                      if (!self->ended_) self->sent(error);
                    });
}

// A peer that has closed may have said why before, so what it sent is still read.
void Connection::sent(const std::error_code& error) {
  last_moved_ = Clock::now();
  if (error && !cannot_send_) {
    cannot_send_ = true;
    if (!session_->finished()) error_ = fmt::format("cannot send: {}", error.message());
  }
  send();
}

// The timer is set once per period and looks back, since setting it anew with each receive would
// cost more than that.
void Connection::watch_idleness() {
  if (settings_.idle_timeout.count() == 0 || !alarm_.open()) return;
  alarm_.set(
      last_moved_ + settings_.idle_timeout - Clock::now(), [self = shared_from_this()](bool rang) {
        if (!rang || self->closing_ || self->ended_) return;
        if (Clock::now() < self->last_moved_ + self->settings_.idle_timeout) {
          self->watch_idleness();
          return;
        }
        self->error_ = fmt::format("nothing moved for {} s", self->settings_.idle_timeout.count());
        self->begin_close();
      });
}

void Connection::begin_close() {
  closing_ = true;
  settings_.on_over(error_);
  std::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error || peer_ended_) {
    end();
    return;
  }
  alarm_.cancel();
  if (!alarm_.open()) {
    end();
    return;
  }
  alarm_.set(kMaxDrainTime, [self = shared_from_this()](bool rang) {
    if (rang && !self->ended_) self->end();
  });
  receive();
}

void Connection::end() {
  ended_ = true;
  if (!std::exchange(closing_, true)) settings_.on_over(error_);
  alarm_.cancel();
  if (pacer_) pacer_->hurry();
  std::error_code ignored;
  socket_.close(ignored);
  settings_.on_closed();
}

std::string to_string(const asio::ip::tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return endpoint.address().is_v6() ? fmt::format("[{}]:{}", address, endpoint.port())
                                    : fmt::format("{}:{}", address, endpoint.port());
}

}  // namespace chat
