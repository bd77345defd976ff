#include "harness/grid/grid_text.h"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostNameColumns = 24;
constexpr std::size_t kLeastCellColumns = 6;  // of the longest word
constexpr std::size_t kMostTold = 12;
constexpr std::string_view kGap = "  ";

// Names are ASCII, and may be cut anywhere.
std::string cut_name(const std::string& name, std::size_t columns) {
  return name.size() <= columns ? name : name.substr(0, columns - 1) + "~";
}

std::size_t longest(const std::vector<std::string>& names) {
  std::size_t most = 0;
  for (const std::string& name : names) most = std::max(most, name.size());
  return most;
}

Emphasis emphasis_of(PairOutcome outcome) {
  switch (outcome) {
    case PairOutcome::kGetOn:
      return Emphasis::kGood;
    case PairOutcome::kGetOnLoosely:
      return Emphasis::kRemark;
    case PairOutcome::kNotPlayed:
      return Emphasis::kFaint;
    default:
      return Emphasis::kBad;
  }
}

// How the columns of a table are headed, and how wide they are.
struct Columns {
  std::vector<std::string> heads{};
  std::vector<std::size_t> widths{};
  bool are_numbered = false;
};

Columns lay_out(const PlayedGrid& grid, std::size_t room) {
  Columns columns{.heads = grid.servers};
  std::size_t needed = 0;
  for (const std::string& name : grid.servers) {
    columns.widths.push_back(std::max(kLeastCellColumns, name.size()));
    needed += kGap.size() + columns.widths.back();
  }
  if (needed <= room) return columns;
  columns.are_numbered = true;
  for (std::size_t i = 0; i < grid.servers.size(); ++i) {
    columns.heads[i] = std::to_string(i + 1);
    columns.widths[i] = kLeastCellColumns;
  }
  return columns;
}

std::string render_server_names(const PlayedGrid& grid) {
  std::string text = "\nservers:\n";
  for (std::size_t i = 0; i < grid.servers.size(); ++i)
    text += fmt::format("{:>4}  {}\n", i + 1, grid.servers[i]);
  return text;
}

std::string render_table(const PlayedGrid& grid, const Style& style) {
  constexpr std::string_view kHead = "client";
  const std::size_t name_columns =
      std::max(std::min(longest(grid.clients), kMostNameColumns), kHead.size());
  const Columns columns = lay_out(grid, style.columns() - name_columns);
  std::string text = fmt::format("{:<{}}", kHead, name_columns);
  for (std::size_t server = 0; server < grid.servers.size(); ++server)
    text += fmt::format("{}{:<{}}", kGap, columns.heads[server], columns.widths[server]);
  text = text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  for (std::size_t client = 0; client < grid.clients.size(); ++client) {
    text += fmt::format("{:<{}}", cut_name(grid.clients[client], name_columns), name_columns);
    std::size_t gap = kGap.size();
    for (std::size_t server = 0; server < grid.servers.size(); ++server) {
      const PairOutcome outcome = grid.at(client, server).verdict.outcome;
      const std::string_view word = word_of(outcome).word;
      text += std::string(gap, ' ') + style.paint(emphasis_of(outcome), word);
      gap = kGap.size() + columns.widths[server] - word.size();
    }
    text += "\n";
  }
  return columns.are_numbered ? text + render_server_names(grid) : text;
}

std::string render_legend(const PlayedGrid& grid) {
  std::set<PairOutcome> seen;
  for (const PlayedPair& pair : grid.pairs) seen.insert(pair.verdict.outcome);
  std::string text;
  for (const PairOutcomeWord& one : kPairOutcomes) {
    if (seen.contains(one.outcome)) text += fmt::format("{:<6}  {}\n", one.word, one.meaning);
  }
  return text;
}

std::string render_pair(const PlayedGrid& grid, std::size_t client, std::size_t server,
                        const Style& style) {
  const PlayedPair& pair = grid.at(client, server);
  std::string text =
      style.paint(Emphasis::kStrong,
                  fmt::format("client {}, server {}", grid.clients[client], grid.servers[server]));
  if (pair.verdict.outcome != PairOutcome::kNotPlayed)
    text += fmt::format(" ({} of {} signed)", pair.verdict.signed_count,
                        chat::count_things(pair.verdict.messages, "message"));
  text += "\n";
  for (const std::string& sentence : explain_pair(pair))
    text += hang("    ", sentence, style.columns());
  return text;
}

// Those that do not get on, as many as fit a screen.
std::string render_reasons(const PlayedGrid& grid, const Style& style) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t client = 0; client < grid.clients.size(); ++client) {
    for (std::size_t server = 0; server < grid.servers.size(); ++server) {
      if (gets_on(grid.at(client, server).verdict.outcome)) continue;
      if (++count <= kMostTold) text += "\n" + render_pair(grid, client, server, style);
    }
  }
  if (count > kMostTold) text += fmt::format("\nand {} more\n", count - kMostTold);
  return text;
}

}  // namespace

std::string render_grid(const PlayedGrid& grid, const Style& style) {
  return render_table(grid, style) + "\n" + render_legend(grid) + render_reasons(grid, style) +
         fmt::format("\n{} of {} get on\n", count_getting_on(grid),
                     chat::count_things(grid.pairs.size(), "pair"));
}

}  // namespace chatspec
