#include "harness/grid/played_grid.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/report/formats/plain_text.h"
#include "harness/report/log/exchange.h"

namespace chatspec {
namespace {

std::string explain(const Departure& departure) {
  std::string text = fmt::format("the {} {}", chat::to_string(departure.side), departure.sentence);
  if (!departure.requirement.empty())
    text += fmt::format(" [{}{}]", departure.requirement, departure.is_must ? "" : ", a should");
  if (!departure.because.empty())
    text += fmt::format("; because: {}", as_plain_line(departure.because));
  return text;
}

// How a program of a pair that does not get on ended, where that says something.
void add_end(std::string_view side, const PlayedPair& pair, const std::string& end,
             std::vector<std::string>& sentences) {
  if (end.empty() || end == to_string(ExitStatus{}) || gets_on(pair.verdict.outcome)) return;
  sentences.push_back(fmt::format("the {} ended with {}", side, end));
}

}  // namespace

std::size_t count_of_client(const PlayedGrid& grid, std::size_t client) {
  std::size_t count = 0;
  for (std::size_t server = 0; server < grid.servers.size(); ++server)
    count += gets_on(grid.at(client, server).verdict.outcome) ? 1 : 0;
  return count;
}

std::size_t count_of_server(const PlayedGrid& grid, std::size_t server) {
  std::size_t count = 0;
  for (std::size_t client = 0; client < grid.clients.size(); ++client)
    count += gets_on(grid.at(client, server).verdict.outcome) ? 1 : 0;
  return count;
}

std::size_t count_getting_on(const PlayedGrid& grid) {
  return static_cast<std::size_t>(std::ranges::count_if(
      grid.pairs, [](const PlayedPair& pair) { return gets_on(pair.verdict.outcome); }));
}

std::string pcap_name(const std::string& client, const std::string& server) {
  return fmt::format("pairs/{}--{}.pcap", client, server);
}

std::vector<std::string> explain_pair(const PlayedPair& pair) {
  std::vector<std::string> sentences;
  for (const Departure& one : pair.verdict.departures) sentences.push_back(explain(one));
  add_end("client", pair, pair.record.client_end, sentences);
  add_end("server", pair, pair.record.server_end, sentences);
  if (!pair.verdict.remark.empty()) sentences.push_back(pair.verdict.remark);
  if (pair.verdict.outcome == PairOutcome::kNobody)
    sentences.emplace_back("neither left the protocol, as far as can be seen from between them");
  return sentences;
}

std::vector<std::string> list_conversation(const PlayedPair& pair) {
  std::vector<std::string> lines;
  for (const ExchangeLine& line : list_exchange(pair.record.run, pair.record.played)) {
    lines.push_back(
        fmt::format("{}: {}", line.speaker == Role::kClient ? "C" : "S",
                    line.note.empty() ? show_bytes(line) : fmt::format("({})", line.note)));
  }
  return lines;
}

}  // namespace chatspec
