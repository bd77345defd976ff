// Two lifelines, the client's on the left, and a row for each event, from top to bottom: an arrow
// for bytes and for a connection's begin and end, a box for what happened without them. Each row is
// as high as its text. Where the case failed, the row at which it did is marked.

#include "harness/report/formats/html/sequence_diagram.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/report/text/paragraph.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr int kWidth = 860;
constexpr int kLeft = 110;
constexpr int kRight = 830;
constexpr int kLineHeight = 16;
constexpr int kRowGap = 14;
constexpr std::size_t kColumnsOfLabel = 92;
constexpr std::size_t kMostBytesDrawn = 88;
constexpr std::size_t kMostRows = 60;  // of more than that those in the middle are left out

enum class Shape { kArrow, kNote };

struct Row {
  Shape shape = Shape::kNote;
  bool to_right = false;  // of an arrow
  bool is_bad = false;
  std::uint64_t at_us = 0;
  std::string label{};
  std::string whole{};  // what the label says in part; may be empty
};

std::string in_quotes(const LoggedBytes& bytes) {
  std::string text = chat::quote_start(bytes.begin, kMostBytesDrawn);
  if (!bytes.is_whole()) text += fmt::format(" … {} bytes in all", bytes.length());
  return text;
}

std::string_view words_of(EventKind kind) {
  switch (kind) {
    case EventKind::kConnected:
      return "connects";
    case EventKind::kEndOfStream:
    case EventKind::kHalfClosed:
      return "ends what it sends";
    case EventKind::kReset:
    case EventKind::kAborted:
      return "resets the connection";
    case EventKind::kClosed:
      return "closes the connection";
    default:
      return "";
  }
}

// Whether an event is the doing of chatspec, and not of the program.
bool is_ours(EventKind kind, Role program) {
  switch (kind) {
    case EventKind::kSent:
    case EventKind::kHalfClosed:
    case EventKind::kClosed:
    case EventKind::kAborted:
      return true;
    case EventKind::kConnected:
      return program == Role::kServer;
    default:
      return false;
  }
}

std::string note_of(const EventRecord& event) {
  switch (event.kind) {
    case EventKind::kListening:
      return "listens on " + event.bytes.begin;
    case EventKind::kQuiet:
      return event.evidence ? fmt::format("{} ({})", event.evidence->sentence,
                                          to_string(event.evidence->grade))
                            : "does nothing more";
    case EventKind::kExited:
      return event.exit ? "ends with " + to_string(*event.exit) : "ends";
    case EventKind::kDied:
      return event.exit ? "one of its processes ends with " + to_string(*event.exit)
                        : "one of its processes dies";
    case EventKind::kTrouble:
      return "trouble of chatspec's own: " + event.bytes.begin;
    case EventKind::kInterrupted:
      return "interrupted";
    default:
      return "";
  }
}

// Nothing of what is only the harness's bookkeeping.
std::vector<Row> list_rows(const RunRecord& run, const CaseRecord& record) {
  std::vector<Row> rows;
  for (const EventRecord& event : record.events) {
    Row row{.at_us = event.at_us};
    const bool is_bytes = event.kind == EventKind::kSent || event.kind == EventKind::kReceived;
    const std::string words = is_bytes ? in_quotes(event.bytes) : std::string(words_of(event.kind));
    if (!words.empty()) {
      row.shape = Shape::kArrow;
      row.to_right = is_ours(event.kind, run.role) == (run.role == Role::kServer);
      row.label = event.connection > 1 ? fmt::format("{}: {}", event.connection, words) : words;
      if (is_bytes) row.whole = chat::quote(event.bytes.begin);
    } else {
      row.label = note_of(event);
      if (row.label.empty()) continue;
    }
    // A step's bytes may have come together with those before.
    const bool is_programs = !is_ours(event.kind, run.role) && event.kind != EventKind::kConnected;
    row.is_bad = is_programs && record.failure && event.step <= record.failure->step;
    rows.push_back(std::move(row));
  }
  // What it did last, up to the step that failed, is where it showed.
  const auto last = std::ranges::find(rows.rbegin(), rows.rend(), true, &Row::is_bad);
  for (auto row = rows.begin(); last != rows.rend() && row != last.base() - 1; ++row)
    row->is_bad = false;
  return rows;
}

void draw_texts(HtmlWriter& html, const std::vector<std::string>& lines, int x, int y,
                std::string_view anchor) {
  for (const std::string& line : lines) {
    html.element("text", line,
                 {{"x", std::to_string(x)}, {"y", std::to_string(y)}, {"text-anchor", anchor}});
    y += kLineHeight;
  }
}

void draw_line(HtmlWriter& html, std::string_view kind, int x1, int y1, int x2, int y2) {
  html.element("line", "",
               {{"class", kind},
                {"x1", std::to_string(x1)},
                {"y1", std::to_string(y1)},
                {"x2", std::to_string(x2)},
                {"y2", std::to_string(y2)}});
}

void draw_arrow(HtmlWriter& html, bool to_right, int y) {
  constexpr int kHead = 9;
  const int end = to_right ? kRight - 2 : kLeft + 2;
  const int back = to_right ? end - kHead : end + kHead;
  draw_line(html, "arrow", to_right ? kLeft : kRight, y, back, y);
  html.element("polygon", "",
               {{"class", "head"},
                {"points", fmt::format("{},{} {},{} {},{}", end, y, back, y - 5, back, y + 5)}});
}

std::string format_time(std::uint64_t us) {
  return fmt::format("{:.1f} ms", static_cast<double>(us) / 1000);
}

// Gives where the next begins.
int draw_row(HtmlWriter& html, const Row& row, int y) {
  const std::vector<std::string> lines = wrap(row.label, kColumnsOfLabel);
  const int text_height = static_cast<int>(lines.size()) * kLineHeight;
  html.open("g", {{"class", row.is_bad ? "bad" : "row"}});
  if (!row.whole.empty()) html.element("title", row.whole);
  html.element("text", format_time(row.at_us),
               {{"class", "faint"},
                {"x", std::to_string(kLeft - 14)},
                {"y", std::to_string(y + kLineHeight - 4)},
                {"text-anchor", "end"}});
  constexpr int kMiddle = (kLeft + kRight) / 2;
  if (row.shape == Shape::kNote) {
    html.element("rect", "",
                 {{"class", "note"},
                  {"x", std::to_string(kLeft + 12)},
                  {"y", std::to_string(y - 2)},
                  {"width", std::to_string(kRight - kLeft - 24)},
                  {"height", std::to_string(text_height + 6)},
                  {"rx", "5"}});
  }
  draw_texts(html, lines, kMiddle, y + kLineHeight - 4, "middle");
  y += text_height;
  if (row.shape == Shape::kArrow) {
    y += 4;
    draw_arrow(html, row.to_right, y);
  }
  html.close();
  return y + kRowGap;
}

// What is left of many, with a row that says how many are missing.
std::vector<Row> shorten(std::vector<Row> rows) {
  if (rows.size() <= kMostRows) return rows;
  const std::size_t half = kMostRows / 2;
  const std::size_t left_out = rows.size() - 2 * half;
  const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(half);
  const std::uint64_t at = begin->at_us;
  const auto next = rows.erase(begin, begin + static_cast<std::ptrdiff_t>(left_out));
  rows.insert(next, Row{.at_us = at, .label = fmt::format("{} more events", left_out)});
  return rows;
}

}  // namespace

void draw_sequence(HtmlWriter& html, const RunRecord& run, const CaseRecord& record) {
  const std::vector<Row> rows = shorten(list_rows(run, record));
  if (rows.empty()) return;
  constexpr int kTop = 34;
  int y = kTop + 10;
  const std::string drawn = collect_text([&](ReportText& text) {
    HtmlWriter inside(text);
    for (const Row& row : rows) y = draw_row(inside, row, y);
    inside.finish();
  });
  const bool is_server = run.role == Role::kServer;
  const std::string height = std::to_string(y + 6);
  html.open("svg", {{"class", "sequence"},
                    {"viewBox", fmt::format("0 0 {} {}", kWidth, height)},
                    {"role", "img"},
                    {"aria-label", "The conversation of " + record.id + " as a sequence diagram"}});
  draw_texts(html, {is_server ? "chatspec (client)" : run.name + " (client)"}, 10, 18, "start");
  draw_texts(html, {is_server ? run.name + " (server)" : "chatspec (server)"}, kWidth - 10, 18,
             "end");
  for (const int x : {kLeft, kRight}) draw_line(html, "lifeline", x, kTop - 8, x, y);
  html.trusted(drawn);
  html.close();
}

}  // namespace chatspec
