#include "harness/explore/asking/work_meter.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "harness/explore/asking/growth_stop.h"
#include "harness/explore/asking/program_end.h"
#include "reference/client_session.h"
#include "reference/files.h"
#include "reference/no_text.h"
#include "reference/server_session.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

using Work = std::expected<std::chrono::nanoseconds, GrowthStop>;

std::vector<std::string> make_keys(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < count; ++i) keys.push_back(fmt::format("{:016x}", random()));
  return keys;
}

// One conversation with a program in a cell of its own.
class Metering {
 public:
  Metering(const MeteredProgram& program, Cell& cell, TimePoint end)
      : program_(program), cell_(cell), end_(end) {}

  Work measure(std::span<const std::string> messages, std::span<const std::string> keys,
               std::span<const std::string> signatures) {
    const auto connection =
        program_.role == Role::kServer ? start_server(keys) : start_client(messages, signatures);
    if (!connection) return std::unexpected(stop_for(connection.error()));
    chat::NoText ignored;
    if (program_.role == Role::kServer) {
      chat::ClientSession client(program_.profile, messages, signatures, ignored);
      return converse(*connection, client);
    }
    chat::ServerSession server(program_.profile, keys, ignored);
    return converse(*connection, server);
  }

 private:
  using Values = std::map<std::string, std::optional<std::string>>;
  using Connected = std::expected<Cell::ConnectionId, CellFailure>;

  Connected start_server(std::span<const std::string> keys) {
    auto file = cell_.add_file("keys.txt", chat::format_keys(keys));
    if (!file) return std::unexpected(file.error());
    if (const auto started = start({{"keys", *std::move(file)}}); !started)
      return std::unexpected(started.error());
    if (const auto listens = cell_.await_listening(); !listens)
      return std::unexpected(with_complaint(listens.error(), cell_));
    return cell_.connect();
  }

  Connected start_client(std::span<const std::string> messages,
                         std::span<const std::string> signatures) {
    auto texts = cell_.add_file("messages.txt", chat::format_messages(messages));
    if (!texts) return std::unexpected(texts.error());
    auto due = cell_.add_file("signatures.txt", chat::format_signatures(signatures));
    if (!due) return std::unexpected(due.error());
    if (const auto started =
            start({{"messages", *std::move(texts)}, {"signatures", *std::move(due)}});
        !started)
      return std::unexpected(started.error());
    const auto connection = cell_.accept();
    if (!connection) return std::unexpected(with_complaint(connection.error(), cell_));
    return connection;
  }

  std::expected<void, CellFailure> start(Values values) {
    values.emplace("host", cell_.host());
    values.emplace("port", std::to_string(cell_.port()));
    return cell_.start(program_.command.fill(values));
  }

  // Its work is read whenever it is our turn, so that all but the last turn is in it, after which
  // it may be gone.
  Work converse(Cell::ConnectionId connection, chat::Session& peer) {
    std::chrono::nanoseconds work{};
    for (;;) {
      work = std::max(work, cell_.processor_time());
      for (std::string out = peer.take_output(); !out.empty(); out = peer.take_output()) {
        if (const auto event = cell_.send(connection, out))
          return std::unexpected(stop_for(*event));
      }
      if (peer.finished()) break;
      cell_.begin_answer(0);
      const StreamEvent event = cell_.await(connection, false);
      if (event.kind != StreamEvent::Kind::kBytes) return std::unexpected(stop_for(event));
      peer.receive(event.bytes);
    }
    if (const auto& violation = peer.violation())
      return std::unexpected(GrowthStop{.message = violation->message});
    if (work == std::chrono::nanoseconds{})
      return std::unexpected(
          GrowthStop{.why = GrowthStop::Why::kTrouble,
                     .message = "how much processor time it uses cannot be seen on this machine"});
    return work;
  }

  GrowthStop stop_for(const StreamEvent& event) const {
    switch (event.kind) {
      case StreamEvent::Kind::kReset:
        return {.message = "it reset the connection"};
      case StreamEvent::Kind::kEndOfStream:
        return {.message = "it closed the connection"};
      case StreamEvent::Kind::kInterrupted:
        return {.why = GrowthStop::Why::kTime, .message = "it was interrupted"};
      case StreamEvent::Kind::kTrouble:
        return {.why = GrowthStop::Why::kTrouble, .message = event.bytes};
      case StreamEvent::Kind::kBytes:
      case StreamEvent::Kind::kQuiet:
        break;
    }
    if (is_late()) return stop_by_time();
    return {.message = fmt::format("nothing more came ({})", event.bytes)};
  }

  GrowthStop stop_for(const CellFailure& failure) const { return stop_by(failure, is_late()); }

  bool is_late() const { return program_.clock.now() >= end_; }

  const MeteredProgram& program_;
  Cell& cell_;
  TimePoint end_;
};

}  // namespace

Work measure_work(const MeteredProgram& program, std::span<const std::string> messages,
                  std::uint64_t seed, TimePoint end) {
  if (program.interrupt.requested())
    return std::unexpected(
        GrowthStop{.why = GrowthStop::Why::kTime, .message = "it was interrupted"});
  if (program.clock.now() >= end) return std::unexpected(stop_by_time());
  auto cell = program.cells.open(program.role, seed);
  if (!cell)
    return std::unexpected(
        GrowthStop{.why = GrowthStop::Why::kTrouble, .message = cell.error().message});
  (*cell)->end_waits_by(end);
  const std::vector<std::string> keys = make_keys(messages.size(), seed);
  std::vector<std::string> signatures;
  for (std::size_t i = 0; i < messages.size(); ++i)
    signatures.push_back(chat::sign(program.profile, messages[i], keys[i]));
  return Metering(program, **cell, end).measure(messages, keys, signatures);
}

}  // namespace chatspec
