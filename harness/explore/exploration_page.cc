// A table of states and symbols, which no picture of so many edges is as easy to read as.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/explore/exploration_files.h"
#include "harness/explore/exploration_text.h"
#include "harness/explore/protocol/answer.h"
#include "harness/report/formats/html/page_frame.h"
#include "reference/text/word_table.h"

namespace chatspec {
namespace {

// By the classes of the page's style sheet.
constexpr std::array kEdgeStyles{
    chat::EnumWord{learning::EdgeStatus::kSame, ""},
    chat::EnumWord{learning::EdgeStatus::kMissing, "badge skipped"},
    chat::EnumWord{learning::EdgeStatus::kOther, "badge fail"},
};
static_assert(chat::covers_in_order(kEdgeStyles, &chat::EnumWord<learning::EdgeStatus>::value,
                                    learning::EdgeStatus::kOther));

class ExplorationPage {
 public:
  ExplorationPage(const Exploration& done, const ExplorationTitle& title, HtmlWriter& html)
      : done_(done), title_(title), html_(html), names_(name_states(done)) {}

  void write() {
    html_.open("header");
    html_.element("p", "chatspec", {{"class", "eyebrow"}});
    html_.element("h1", fmt::format("The state machine of {}", title_.name));
    html_.element("p",
                  fmt::format("In short: {}. {}. Profile {}, {}, seed {}.", sum_up(done_),
                              tell_counts(done_), title_.profile, title_.isolation, title_.seed),
                  {{"class", "lead"}});
    html_.close();
    html_.open("main");
    write_findings();
    write_table();
    write_list("Notes", tell_remarks(done_));
    html_.close();
  }

 private:
  void write_list(std::string_view heading, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    html_.element("h2", heading);
    html_.open("ul");
    for (const std::string& line : lines) html_.element("li", line);
    html_.close();
  }

  void write_findings() {
    std::vector<std::string> lines = tell_states(done_);
    for (const ExplorationFinding& one : done_.findings) lines.push_back(tell(done_, one));
    write_list("Differences", lines);
  }

  void write_table() {
    html_.element("h2", "States and symbols");
    html_.element("p",
                  "A column for each state, a row for each thing that a client says. Plain is "
                  "what both do; grey, what the protocol says and the server does not; red, "
                  "what it does in place of that. → leads to another state.");
    html_.open("div", {{"class", "scroll"}});
    html_.open("table");
    html_.open("thead");
    html_.open("tr");
    html_.element("th", "What is said", {{"scope", "col"}});
    for (std::size_t state = 0; state < names_.size(); ++state) {
      if (!is_end(state))
        html_.element("th", fmt::format("{} {}", state, names_[state]), {{"scope", "col"}});
    }
    html_.close();
    html_.close();
    html_.open("tbody");
    for (std::size_t symbol = 0; symbol < done_.alphabet.size(); ++symbol) write_row(symbol);
    html_.close();
    html_.close();
    html_.close();
  }

  void write_row(std::size_t symbol) {
    html_.open("tr");
    html_.element("th", done_.alphabet[symbol]->name,
                  {{"scope", "row"}, {"title", done_.alphabet[symbol]->meaning}});
    for (std::size_t state = 0; state < names_.size(); ++state) {
      if (is_end(state)) continue;
      html_.open("td");
      for (const learning::ComparedEdge& edge : done_.compared.edges) {
        if (static_cast<std::size_t>(edge.from) == state &&
            static_cast<std::size_t>(edge.input) == symbol)
          write_edge(edge);
      }
      html_.close();
    }
    html_.close();
  }

  void write_edge(const learning::ComparedEdge& edge) {
    const std::string answer = name_output(edge.output);
    const bool leads_on = edge.to != edge.from && !is_end(static_cast<std::size_t>(edge.to));
    html_.element("span", leads_on ? fmt::format("{} → {}", answer, edge.to) : answer,
                  {{"class", chat::row_of(kEdgeStyles, edge.status).word}});
  }

  std::string name_output(learning::Output output) const {
    return output < 0 ? "not known" : done_.outputs.name(output);
  }

  // What comes after the end of a connection needs no column.
  bool is_end(std::size_t state) const { return is_over(done_, state); }

  const Exploration& done_;
  const ExplorationTitle& title_;
  HtmlWriter& html_;
  std::vector<std::string> names_;  // by compared state
};

}  // namespace

std::string render_exploration_page(const Exploration& done, const ExplorationTitle& title) {
  return collect_text([&](ReportText& out) {
    write_page(out, fmt::format("chatspec: the state machine of {}", title.name), PageScript::kNone,
               [&](HtmlWriter& html) { ExplorationPage(done, title, html).write(); });
  });
}

}  // namespace chatspec
