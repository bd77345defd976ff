#include "reference/program/server_options.h"

#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "reference/files.h"
#include "reference/program/command_line.h"
#include "reference/program/input_file.h"
#include "reference/text/quote.h"

namespace chat {
namespace {

constexpr const char* kServerFooter =
    "\nWhat is received goes to standard output, one unit per line; all else to standard error,\n"
    "beginning with `listening on ADDRESS:PORT`.\n\n"
    "Exit status:\n"
    "  0  the client was served up to QUIT, or SIGINT or SIGTERM ended the server\n"
    "  2  wrong usage, or a file that cannot be read or is malformed\n"
    "  3  the port cannot be had, the connection broke, or the client broke the protocol\n"
    "     (with --keep-serving, only the first of these)\n"
    "  4  what was received could not all be written to standard output\n";

}  // namespace

std::expected<ServerOptions, int> parse_server_options(int argc, const char* const* argv) {
  ServerOptions options;
  std::string port;
  std::string key_file;
  std::string address;
  std::string profile = "line";
  unsigned unit_pause_ms = kDefaultUnitPauseMs;
  unsigned idle_timeout_s = 0;
  const auto fail = [](std::string_view message) { return refuse(kServerName, message); };

  CLI::App app("The reference server of the chat protocol: signs the messages of a client.",
               std::string(kServerName));
  app.footer(kServerFooter);
  app.add_option("port", port, "Port to listen on; 0 for one that is free")->required();
  app.add_option("key-file", key_file, "File with one key per line")->required();
  app.add_option("--profile", profile, "line, crlf, bare or a profile's file (default: line)");
  app.add_option("--address", address,
                 "Numeric address to listen on (default: every one, IPv6 and IPv4)");
  app.add_flag("--keep-serving", options.keep_serving,
               "Serve any number of clients, also at once, instead of one");
  app.add_option("--max-unit", options.limits.unit_bytes,
                 "Longest command, in bytes (default: 4096)")
      ->check(CLI::Range(1, 1 << 30));
  app.add_option("--max-message", options.limits.message_bytes,
                 "Longest message, in bytes (default: no limit)")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
  app.add_option("--unit-pause", unit_pause_ms, kUnitPauseHelp)->check(CLI::Range(0, 1'000'000));
  app.add_option("--idle-timeout", idle_timeout_s,
                 "Seconds after which a silent client is given up (default: 0, never)")
      ->check(CLI::Range(0, 1'000'000));
  if (const auto status = parse_command_line(app, argc, argv)) return std::unexpected(*status);
  options.unit_pause = std::chrono::milliseconds(unit_pause_ms);
  options.idle_timeout = std::chrono::seconds(idle_timeout_s);

  const auto port_number = parse_port(port, 0);
  if (!port_number) return fail(port_number.error());
  options.port = *port_number;

  if (!address.empty()) {
    std::error_code error;
    options.address = asio::ip::make_address(address, error);
    if (error)
      return fail(fmt::format("expected a numeric address; found {}", quote_start(address)));
  }

  auto loaded = load_profile(profile);
  if (!loaded) return fail(to_string(loaded.error()));
  options.profile = *std::move(loaded);

  auto keys = read_list(key_file, parse_keys);
  if (!keys) return fail(keys.error().to_string());
  options.keys = *std::move(keys);
  return options;
}

}  // namespace chat
