#include "harness/grid/grid_tables.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "harness/report/formats/csv_field.h"
#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;

std::string join_fields(const std::vector<std::string>& fields) {
  std::vector<std::string> written;
  for (const std::string& field : fields) written.push_back(write_csv_field(field));
  return fmt::format("{}\r\n", fmt::join(written, ","));
}

const Departure* first_must(const PairVerdict& verdict) {
  const auto found = std::ranges::find_if(verdict.departures, &Departure::is_must);
  return found == verdict.departures.end() ? nullptr : &*found;
}

// Where its packets are; "" where nothing was said.
std::string pcap_of(const PlayedGrid& grid, std::size_t client, std::size_t server) {
  const bool has_packets = !grid.at(client, server).record.played.events.empty();
  return has_packets ? pcap_name(grid.clients[client], grid.servers[server]) : "";
}

Json list_departures(const PairVerdict& verdict) {
  Json list = Json::array();
  for (const Departure& one : verdict.departures) {
    list.push_back({{"side", chat::to_string(one.side)},
                    {"level", one.is_must ? "must" : "should"},
                    {"requirement", one.requirement},
                    {"sentence", as_plain_text(one.sentence)},
                    {"because", as_plain_text(one.because)}});
  }
  return list;
}

Json make_pair_object(const PlayedGrid& grid, std::size_t client, std::size_t server) {
  const PlayedPair& pair = grid.at(client, server);
  return {{"client", grid.clients[client]},
          {"server", grid.servers[server]},
          {"outcome", word_of(pair.verdict.outcome).word},
          {"gets_on", gets_on(pair.verdict.outcome)},
          {"signed", pair.verdict.signed_count},
          {"messages", pair.verdict.messages},
          {"departures", list_departures(pair.verdict)},
          {"remark", as_plain_text(pair.verdict.remark)},
          {"client_end", pair.record.client_end},
          {"server_end", pair.record.server_end},
          {"conversation", list_conversation(pair)},
          {"pcap", pcap_of(grid, client, server)}};
}

}  // namespace

std::string render_grid_csv(const PlayedGrid& grid) {
  std::string table = join_fields({"client", "server", "outcome", "gets_on", "signed", "messages",
                                   "first", "requirement", "why", "pcap"});
  for (std::size_t client = 0; client < grid.clients.size(); ++client) {
    for (std::size_t server = 0; server < grid.servers.size(); ++server) {
      const PlayedPair& pair = grid.at(client, server);
      const Departure* first = first_must(pair.verdict);
      table += join_fields(
          {grid.clients[client], grid.servers[server],
           std::string(word_of(pair.verdict.outcome).word),
           gets_on(pair.verdict.outcome) ? "yes" : "no", std::to_string(pair.verdict.signed_count),
           std::to_string(pair.verdict.messages),
           first ? std::string(chat::to_string(first->side)) : "", first ? first->requirement : "",
           fmt::format("{}", fmt::join(explain_pair(pair), "; ")), pcap_of(grid, client, server)});
    }
  }
  return table;
}

std::string render_grid_json(const PlayedGrid& grid) {
  Json pairs = Json::array();
  for (std::size_t client = 0; client < grid.clients.size(); ++client) {
    for (std::size_t server = 0; server < grid.servers.size(); ++server)
      pairs.push_back(make_pair_object(grid, client, server));
  }
  const Json whole{{"format", kGridFormat},
                   {"title", as_plain_text(grid.title)},
                   {"profile", as_plain_text(grid.profile)},
                   {"isolation", grid.isolation},
                   {"seed", grid.seed},
                   {"clients", grid.clients},
                   {"servers", grid.servers},
                   {"pairs", std::move(pairs)}};
  return whole.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace chatspec
