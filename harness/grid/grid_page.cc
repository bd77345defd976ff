#include "harness/grid/grid_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/case_report.h"
#include "harness/report/formats/html/page_frame.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostOutputShown = 1500;
// Of so much of a page, conversations are told; then only who is to blame.
constexpr std::size_t kMostBytesOfPage = std::size_t{8} << 20;

std::string_view look_of(PairOutcome outcome) {
  switch (outcome) {
    case PairOutcome::kGetOn:
      return "badge pass";
    case PairOutcome::kGetOnLoosely:
      return "badge deviates";
    case PairOutcome::kUnknown:
      return "badge error";
    case PairOutcome::kNotPlayed:
      return "badge skipped";
    default:
      return "badge fail";
  }
}

class GridPage {
 public:
  GridPage(const PlayedGrid& grid, HtmlWriter& html) : grid_(grid), html_(html) {}

  void write(std::string_view title) {
    write_header(title);
    html_.open("main");
    write_table();
    write_legend();
    write_pairs();
    html_.close();
  }

 private:
  std::string anchor(std::size_t client, std::size_t server) const {
    return fmt::format("pair-{}-{}", client + 1, server + 1);
  }

  void write_header(std::string_view title) {
    html_.open("header");
    html_.element("p", "chatspec", {{"class", "eyebrow"}});
    html_.element("h1", title);
    html_.element(
        "p",
        fmt::format("{} and {}: {} of {} get on. Profile {}, {}, seed {}.",
                    chat::count_things(grid_.clients.size(), "client"),
                    chat::count_things(grid_.servers.size(), "server"), count_getting_on(grid_),
                    chat::count_things(grid_.pairs.size(), "pair"), grid_.profile, grid_.isolation,
                    grid_.seed),
        {{"class", "lead"}});
    html_.close();
  }

  void write_badge(std::size_t client, std::size_t server) {
    const PairOutcomeWord& word = word_of(grid_.at(client, server).verdict.outcome);
    html_.element("a", word.word,
                  {{"class", look_of(word.outcome)},
                   {"href", "#" + anchor(client, server)},
                   {"title", fmt::format("client {}, server {}: {}", grid_.clients[client],
                                         grid_.servers[server], word.meaning)}});
  }

  void write_table() {
    html_.open("section", {{"id", "grid"}, {"aria-labelledby", "grid-title"}});
    html_.element("h2", "Who gets on with whom", {{"id", "grid-title"}});
    html_.element("p", "A row for each client, a column for each server.");
    html_.open("div", {{"class", "scroll"}});
    html_.open("table");
    html_.open("thead");
    html_.open("tr");
    html_.element("th", "Client", {{"scope", "col"}});
    for (const std::string& server : grid_.servers) html_.element("th", server, {{"scope", "col"}});
    html_.element("th", "Gets on with", {{"scope", "col"}, {"class", "number"}});
    html_.close();
    html_.close();
    html_.open("tbody");
    for (std::size_t client = 0; client < grid_.clients.size(); ++client) write_row(client);
    html_.close();
    write_sums();
    html_.close();
    html_.close();
    html_.close();
  }

  void write_row(std::size_t client) {
    html_.open("tr");
    html_.element("th", grid_.clients[client], {{"scope", "row"}});
    for (std::size_t server = 0; server < grid_.servers.size(); ++server) {
      html_.open("td");
      write_badge(client, server);
      html_.close();
    }
    html_.element("td",
                  fmt::format("{} of {}", count_of_client(grid_, client), grid_.servers.size()),
                  {{"class", "number"}});
    html_.close();
  }

  void write_sums() {
    html_.open("tfoot");
    html_.open("tr");
    html_.element("th", "Gets on with", {{"scope", "row"}});
    for (std::size_t server = 0; server < grid_.servers.size(); ++server)
      html_.element("td",
                    fmt::format("{} of {}", count_of_server(grid_, server), grid_.clients.size()));
    html_.element("td", "");
    html_.close();
    html_.close();
  }

  void write_legend() {
    html_.open("dl", {{"class", "finding"}});
    for (const PairOutcomeWord& one : kPairOutcomes) {
      html_.element("dt", one.word);
      html_.element("dd", one.meaning);
    }
    html_.close();
  }

  void write_pairs() {
    html_.open("section", {{"id", "pairs"}, {"aria-labelledby", "pairs-title"}});
    html_.element("h2", "Pair by pair", {{"id", "pairs-title"}});
    for (std::size_t client = 0; client < grid_.clients.size(); ++client) {
      for (std::size_t server = 0; server < grid_.servers.size(); ++server)
        write_pair(client, server);
    }
    html_.close();
  }

  void write_pair(std::size_t client, std::size_t server) {
    const PlayedPair& pair = grid_.at(client, server);
    const PairOutcomeWord& word = word_of(pair.verdict.outcome);
    if (gets_on(word.outcome)) {
      html_.open("details", {{"id", anchor(client, server)}});
    } else {
      html_.open("details", {{"id", anchor(client, server)}, {"open", ""}});
    }
    html_.open("summary");
    html_.text(fmt::format("client {}, server {} ", grid_.clients[client], grid_.servers[server]));
    html_.element("span", word.word, {{"class", look_of(word.outcome)}});
    html_.close();
    html_.open("div", {{"class", "inside"}});
    html_.element("p", fmt::format("{}; {} of {} came back signed as they should.", word.meaning,
                                   pair.verdict.signed_count,
                                   chat::count_things(pair.verdict.messages, "message")));
    write_reasons(pair);
    write_said(pair, client, server);
    html_.close();
    html_.close();
  }

  void write_reasons(const PlayedPair& pair) {
    const std::vector<std::string> reasons = explain_pair(pair);
    if (reasons.empty()) return;
    html_.open("ul");
    for (const std::string& reason : reasons) html_.element("li", reason);
    html_.close();
  }

  void write_said(const PlayedPair& pair, std::size_t client, std::size_t server) {
    const PairRecord& record = pair.record;
    if (record.played.events.empty() && record.client_errors.bytes.empty() &&
        record.played.errors.bytes.empty())
      return;
    if (html_.size() > kMostBytesOfPage) {
      html_.element("p", "What was said is left out here, since the page is long: see grid.json.");
      return;
    }
    if (!record.played.events.empty()) {
      html_.element("pre", fmt::format("{}", fmt::join(list_conversation(pair), "\n")));
      html_.open("p");
      html_.element("a", "As packets, for Wireshark",
                    {{"href", pcap_name(grid_.clients[client], grid_.servers[server])}});
      html_.close();
    }
    write_errors("client", record.client_errors);
    write_errors("server", record.played.errors);
  }

  void write_errors(std::string_view side, const OutputRecord& errors) {
    if (errors.bytes.empty()) return;
    html_.element("h3", fmt::format("On the {}'s standard error", side));
    html_.element("pre", show_output(errors.bytes, kMostOutputShown));
  }

  const PlayedGrid& grid_;
  HtmlWriter& html_;
};

}  // namespace

std::string render_grid_page(const PlayedGrid& grid) {
  const std::string title = grid.title.empty() ? "chatspec: who gets on with whom" : grid.title;
  return collect_text([&](ReportText& out) {
    write_page(out, title, PageScript::kNone,
               [&](HtmlWriter& html) { GridPage(grid, html).write(title); });
  });
}

}  // namespace chatspec
