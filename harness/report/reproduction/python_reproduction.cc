#include "harness/report/reproduction/python_reproduction.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/reproduction/python_reproduction_player.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/printable.h"
#include "reference/text/word_table.h"

namespace chatspec {
namespace {

constexpr std::size_t kBytesOfLine = 60;
constexpr std::size_t kMaxTextBytes = 200;

struct PythonCall {
  PlayAction action;
  std::string_view method;
  bool takes_connection;
};
constexpr std::array kPythonCalls{
    PythonCall{PlayAction::kConnect, "connect", true},
    PythonCall{PlayAction::kSend, "send", true},
    PythonCall{PlayAction::kAwaitReading, "await_reading", true},
    PythonCall{PlayAction::kExpect, "expect", true},
    PythonCall{PlayAction::kExpectNothing, "expect_nothing", true},
    PythonCall{PlayAction::kExpectClose, "expect_close", true},
    PythonCall{PlayAction::kHalfClose, "end", true},
    PythonCall{PlayAction::kClose, "close", true},
    PythonCall{PlayAction::kReset, "reset", true},
    PythonCall{PlayAction::kRestart, "restart", false},
    PythonCall{PlayAction::kExpectRefusal, "expect_refusal", false},
    PythonCall{PlayAction::kExpectNoKill, "expect_no_kill", false},
    PythonCall{PlayAction::kLook, "look", false},
};
static_assert(chat::covers_in_order(kPythonCalls, &PythonCall::action, PlayAction::kLook));

std::string escape_for_python(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == '"') {
      out += {'\\', c};
    } else if (chat::is_printable(c)) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

// Lines of bytes, long ones cut.
std::vector<std::string> literals_of(std::string_view bytes) {
  std::vector<std::string> literals;
  while (!bytes.empty()) {
    const std::size_t line = bytes.find('\n');
    const std::size_t length =
        std::min({bytes.size(), kBytesOfLine, line == bytes.npos ? bytes.npos : line + 1});
    literals.push_back(fmt::format("b\"{}\"", escape_for_python(bytes.substr(0, length))));
    bytes.remove_prefix(length);
  }
  if (literals.empty()) literals.emplace_back("b\"\"");
  return literals;
}

std::string write_call(const PlayStep& step) {
  const PythonCall& call = kPythonCalls.at(static_cast<std::size_t>(step.action));
  std::vector<std::string> arguments;
  if (call.takes_connection) arguments.push_back(std::to_string(step.connection));
  for (const std::string& bytes : step.bytes) arguments.push_back(python_bytes(bytes, 8));
  if (step.may_reset) arguments.emplace_back("may_reset=True");
  return fmt::format("    program.{}({})\n", call.method, fmt::join(arguments, ", "));
}

std::string write_comment(std::string_view text) {
  std::string comment;
  for (const std::string& line : wrap(one_printable_line(text), kColumns - 2))
    comment += fmt::format("# {}\n", line);
  return comment;
}

}  // namespace

std::string one_printable_line(std::string_view text) {
  std::string line(text.substr(0, kMaxTextBytes));
  std::ranges::replace(line, '\n', ' ');
  std::ranges::replace_if(line, [](char c) { return !chat::is_printable(c); }, '?');
  if (text.size() > kMaxTextBytes) line += "...";
  return line;
}

std::string python_bytes(std::string_view bytes, std::size_t indent) {
  const std::vector<std::string> literals = literals_of(bytes);
  if (literals.size() == 1) return literals.front();
  const std::string line_start = "\n" + std::string(indent, ' ');
  return fmt::format("({}{})", line_start, fmt::join(literals, line_start));
}

std::string make_python_reproduction(const RunRecord& run, const CaseRecord& record,
                                     std::span<const PlayStep> steps) {
  std::string text = "#!/usr/bin/env python3\n";
  text += write_comment(fmt::format("{}: {}", record.id, record.title));
  if (record.failure) text += write_comment("What went wrong: " + record.failure->message);
  text +=
      "#\n# Plays this case of chatspec and says what should have come: see README.txt, or "
      "--help.\n"
      "\nimport argparse\nimport os\nimport socket\nimport struct\nimport subprocess\nimport sys\n"
      "import time\n\n";
  text += fmt::format("ROLE = \"{}\"  # of the program that is tried\n\n\n",
                      run.role == Role::kServer ? "server" : "client");
  text += "def conversation(program):\n";
  // The number is the connection's.
  for (const PlayStep& step : steps) text += write_call(step);
  if (steps.empty()) text += "    program.look()\n";
  return text + std::string(kPythonPlayer);
}

}  // namespace chatspec
