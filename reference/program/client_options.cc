#include "reference/program/client_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "reference/files.h"
#include "reference/program/command_line.h"
#include "reference/program/input_file.h"

namespace chat {
namespace {

constexpr const char* kClientFooter =
    "\nWhat is received goes to standard output, one unit per line; all else to standard error.\n"
    "Nothing is sent unless both files are well formed.\n\n"
    "Exit status:\n"
    "  0  every signature of the server was the one in the file\n"
    "  1  some were not\n"
    "  2  wrong usage, or a file that cannot be read or is malformed\n"
    "  3  no connection, the connection broke, or the server broke the protocol\n"
    "  4  what was received could not all be written to standard output\n";

}  // namespace

std::expected<ClientOptions, int> parse_client_options(int argc, const char* const* argv) {
  ClientOptions options;
  std::string port;
  std::string message_file;
  std::string signature_file;
  std::string profile = "line";
  unsigned unit_pause_ms = kDefaultUnitPauseMs;
  unsigned idle_timeout_s = 0;
  const auto fail = [](std::string_view message) { return refuse(kClientName, message); };

  CLI::App app(
      "The reference client of the chat protocol: has a server sign messages and compares.",
      std::string(kClientName));
  app.footer(kClientFooter);
  app.add_option("server-name", options.server, "Name or address of the server")->required();
  app.add_option("port", port, "Port of the server")->required();
  app.add_option("message-file", message_file, "File with messages, each after its length")
      ->required();
  app.add_option("signature-file", signature_file, "File with one signature per message")
      ->required();
  app.add_option("--profile", profile, "line, crlf, bare or a profile's file (default: line)");
  app.add_option("--unit-pause", unit_pause_ms, kUnitPauseHelp)->check(CLI::Range(0, 1'000'000));
  app.add_option("--idle-timeout", idle_timeout_s,
                 "Seconds after which a silent server is given up (default: 0, never)")
      ->check(CLI::Range(0, 1'000'000));
  if (const auto status = parse_command_line(app, argc, argv)) return std::unexpected(*status);
  options.unit_pause = std::chrono::milliseconds(unit_pause_ms);
  options.idle_timeout = std::chrono::seconds(idle_timeout_s);

  if (options.server.empty()) return fail("expected the name of a server; found \"\"");
  const auto port_number = parse_port(port, 1);
  if (!port_number) return fail(port_number.error());
  options.port = *port_number;

  auto loaded = load_profile(profile);
  if (!loaded) return fail(to_string(loaded.error()));
  options.profile = *std::move(loaded);

  auto messages = read_list(message_file, parse_messages);
  if (!messages) return fail(messages.error().to_string());
  options.messages = *std::move(messages);

  auto signatures =
      read_list(signature_file, [&](std::string_view content, std::string_view file_name) {
        return parse_signatures_of(options.profile, content, file_name);
      });
  if (!signatures) return fail(signatures.error().to_string());
  options.signatures = *std::move(signatures);

  if (options.messages.size() != options.signatures.size()) {
    return fail(fmt::format("{}: expected a signature for each of the {} messages in {}; found {}",
                            signature_file, options.messages.size(), message_file,
                            options.signatures.size()));
  }
  return options;
}

}  // namespace chat
