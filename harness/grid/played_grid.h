// What came of a grid: every client against every server.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/grid/pair_record.h"
#include "harness/grid/pair_verdict.h"

namespace chatspec {

struct PlayedPair {
  PairVerdict verdict{};
  PairRecord record{};
};

struct PlayedGrid {
  std::string title{};
  std::string profile{};
  std::string isolation{};  // the tier
  std::uint64_t seed = 0;
  std::vector<std::string> clients{};  // their names, of letters, digits, '.', '_' and '-'
  std::vector<std::string> servers{};
  std::vector<PlayedPair> pairs{};  // client by client, each with all servers in their order

  const PlayedPair& at(std::size_t client, std::size_t server) const {
    return pairs[client * servers.size() + server];
  }
};

// With whom it gets on, of all there are; as a client, and as a server.
std::size_t count_of_client(const PlayedGrid& grid, std::size_t client);
std::size_t count_of_server(const PlayedGrid& grid, std::size_t server);
std::size_t count_getting_on(const PlayedGrid& grid);

// Of a pair, where its packets lie in the folder of results.
std::string pcap_name(const std::string& client, const std::string& server);

// Why a pair does not get on, or does so not by the letter: a sentence for each side that left the
// protocol, the first that did so first, and how they ended where that says something. Without a
// full stop, and without a character that could steer a terminal.
std::vector<std::string> explain_pair(const PlayedPair& pair);

// The conversation of a pair, a unit in a line: `C: "HELLO\n"`.
std::vector<std::string> list_conversation(const PlayedPair& pair);

}  // namespace chatspec
