#include "harness/grid/relay/pair_player.h"

#include <map>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/grid/relay/relay.h"

namespace chatspec {
namespace {

class PairPlayer {
 public:
  PairPlayer(const PairSide& client, const PairSide& server, const chat::Profile& profile,
             const PairMaterials& materials, const Clock& clock)
      : client_(client),
        server_(server),
        profile_(profile),
        materials_(materials),
        recording_(clock) {}

  PairTranscript play() {
    if (start_server() && start_client()) converse();
    end(Role::kClient);
    end(Role::kServer);
    return recording_.take();
  }

 private:
  using Values = std::map<std::string, std::optional<std::string>>;  // of placeholders

  const PairSide& at(Role side) const { return side == Role::kClient ? client_ : server_; }

  bool fail(Role side, const CellFailure& failure) {
    recording_.add(side, failure);
    return false;
  }

  bool start_server() {
    Values values = place_of(Role::kServer);
    if (!add_file(Role::kServer, values, "keys", materials_.key_file()) ||
        !start(Role::kServer, values))
      return false;
    auto address = server_.cell.await_listening();
    if (!address) return fail(Role::kServer, address.error());
    recording_.add(Role::kServer, {.kind = EventKind::kListening, .bytes = *std::move(address)});
    return true;
  }

  bool start_client() {
    Values values = place_of(Role::kClient);
    return add_file(Role::kClient, values, "messages", materials_.message_file()) &&
           add_file(Role::kClient, values, "signatures", materials_.signature_file()) &&
           start(Role::kClient, values);
  }

  Values place_of(Role side) const {
    const Cell& cell = at(side).cell;
    return {{"host", cell.host()}, {"port", std::to_string(cell.port())}};
  }

  bool add_file(Role side, Values& values, const std::string& name, const std::string& content) {
    auto path = at(side).cell.add_file(name + ".txt", content);
    if (!path) return fail(side, path.error());
    values[name] = *std::move(path);
    return true;
  }

  bool start(Role side, const Values& values) {
    const std::vector<std::string> arguments = at(side).command.fill(values);
    recording_.add(
        side, {.kind = EventKind::kStarted, .bytes = fmt::format("{}", fmt::join(arguments, " "))});
    const auto started = at(side).cell.start(arguments);
    return started || fail(side, started.error());
  }

  // The client first: it is its connection that is handed on.
  void converse() {
    const auto from_client = client_.cell.accept();
    if (!from_client) return (void)fail(Role::kClient, from_client.error());
    recording_.add(Role::kClient, {.kind = EventKind::kConnected});
    const auto to_server = server_.cell.connect();
    if (!to_server) return (void)fail(Role::kServer, to_server.error());
    recording_.add(Role::kServer, {.kind = EventKind::kConnected});
    PairWatch watch(profile_, materials_);
    Relay({client_.cell, *from_client}, {server_.cell, *to_server}, !profile_.has_line_ends(),
          watch, recording_)
        .run();
    client_.cell.close(*from_client);
    server_.cell.close(*to_server);
  }

  bool has(Role side, EventKind kind) const {
    return find_event(recording_.transcript(), side, kind) != nullptr;
  }

  bool is_given_up() const {
    for (const Role side : {Role::kClient, Role::kServer}) {
      if (has(side, EventKind::kInterrupted) || has(side, EventKind::kTrouble)) return true;
    }
    return false;
  }

  // A client ends after it has closed (LIFE-1). A server may serve on; only how it ended matters,
  // if it did.
  void await_exit(Role side) {
    const bool has_ended = has(side, EventKind::kEndOfStream) || has(side, EventKind::kReset);
    if (!has_ended || has(side, EventKind::kExited) || is_given_up()) return;
    const bool is_due = side == Role::kClient;
    const auto exit = at(side).cell.await_exit(is_due ? ExitWait::kDue : ExitWait::kUnlikely);
    if (exit) {
      recording_.add(side, {.kind = EventKind::kExited, .exit = *exit});
    } else if (is_due || exit.error().kind != CellFailure::Kind::kNotExited) {
      recording_.add(side, exit.error());
    }
  }

  void end(Role side) {
    await_exit(side);
    Cell& cell = at(side).cell;
    const std::vector<ProcessDeath> deaths = cell.deaths();
    const std::string left_over = cell.stop();
    if (const auto trouble = cell.trouble(); trouble && !is_given_up())
      recording_.add(side, {.kind = EventKind::kTrouble, .bytes = *trouble});
    for (const ProcessDeath& death : deaths) {
      recording_.add(side, {.kind = EventKind::kDied,
                            .bytes = death.name,
                            .exit = ExitStatus{.by_signal = true, .value = death.signal}});
    }
    recording_.add(side, {.kind = EventKind::kStopped, .bytes = left_over});
    add_output(side, EventKind::kOutput, cell.output());
    add_output(side, EventKind::kErrors, cell.errors());
  }

  void add_output(Role side, EventKind kind, const Output& output) {
    recording_.add(side, {.kind = kind, .bytes = output.bytes, .truncated = output.truncated});
  }

  const PairSide& client_;
  const PairSide& server_;
  const chat::Profile& profile_;
  const PairMaterials& materials_;
  PairRecording recording_;
};

}  // namespace

PairTranscript play_pair(const PairSide& client, const PairSide& server,
                         const chat::Profile& profile, const PairMaterials& materials,
                         const Clock& clock) {
  return PairPlayer(client, server, profile, materials, clock).play();
}

}  // namespace chatspec
