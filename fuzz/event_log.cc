// The event log's reader takes any text: its records, or an error with its line. A record that was
// read is written and read again the same, in ASCII; and no report made of it can steer a terminal.

#include "harness/report/log/event_log.h"

#include <algorithm>

#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/report/terminal_report.h"

namespace chatspec::fuzz {
namespace {

// No control character but LF: neither of ASCII's nor, in UTF-8, of U+0080 to U+009F.
void require_harmless(std::string_view shown) {
  unsigned char before = 0;
  for (const char c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    require(byte == '\n' || (byte >= 0x20 && byte != 0x7f), "a report steers no terminal", shown);
    require(before != 0xc2 || byte < 0x80 || byte > 0x9f, "a report steers no terminal", shown);
    before = byte;
  }
}

}  // namespace

void test_one(std::string_view input) {
  const auto log = parse_log(input, "f");
  if (!log) {
    require(log.error().starts_with("f:"), "an error has its line", log.error());
    return require_harmless(log.error());
  }
  for (const Record& record : log->records) {
    const std::string line = to_json_line(record);
    require(std::ranges::all_of(line, [](char c) { return c >= 0x20 && c <= 0x7e; }),
            "a log is printable ASCII", line);
    const auto again = parse_json_line(line);
    require(again.has_value(), "what is written is read", line);
    require(*again && **again == record, "a record comes back as it went", line);
  }
  for (const bool verbose : {false, true})
    require_harmless(render_log(log->records, Style(false), verbose));
}

}  // namespace chatspec::fuzz
