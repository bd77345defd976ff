// Stands between a client and a server, in a cell each: what one says is handed to the other, as it
// came, and recorded. To the client it is the server, to the server the client.
//
// Nobody's silence need be waited for: where both cells prove that nobody in them can be the first
// to move, they are stuck. Else a deadline ends it, which the record says.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/grid/pair_watch.h"
#include "harness/grid/relay/pair_recording.h"

namespace chatspec {

// One of the two connections of a relay.
struct RelayEnd {
  Cell& cell;
  Cell::ConnectionId connection;
};

class Relay {
 public:
  // Of what a side says no more is heard: a longer conversation is none of ours.
  static constexpr std::size_t kMostBytes = std::size_t{4} << 20;
  static constexpr std::size_t kMostPieces = 20'000;

  // Borrows all that it is given. `keeps_pieces`: the other side is to hear what came at once at
  // once, and what came later later, since only so the units of the profile can be told apart.
  Relay(const RelayEnd& client, const RelayEnd& server, bool keeps_pieces, PairWatch& watch,
        PairRecording& recording)
      : ends_{End{client}, End{server}},
        keeps_pieces_(keeps_pieces),
        watch_(watch),
        recording_(recording) {}

  // Until both have ended what they say, or nothing more can come about, which is then recorded as
  // the silence of each that has not ended.
  void run();

 private:
  struct End {
    RelayEnd to;
    bool has_ended = false;
    bool is_provable = true;  // its silence was proven whenever it was asked about
    std::size_t bytes = 0;    // that it said
    std::size_t pieces = 0;
  };
  using Heard = std::pair<Role, StreamEvent>;

  End& at(Role side) { return ends_[side == Role::kClient ? 0 : 1]; }
  StreamEvent await(Role side, bool is_patient);
  std::optional<Heard> await_either();
  bool pass_on(const Heard& heard);
  bool pass_on_bytes(Role side, std::string_view bytes);
  bool hear_out(Role side);
  bool hand_over(Role to, std::string_view bytes);
  void end(Role side, bool by_reset);

  std::array<End, 2> ends_;
  bool keeps_pieces_;
  PairWatch& watch_;
  PairRecording& recording_;
};

}  // namespace chatspec
