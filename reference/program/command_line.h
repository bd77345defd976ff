// What the two programs' command lines have in common.

#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace chat {

inline constexpr std::string_view kClientName = "chat-client";
inline constexpr std::string_view kServerName = "chat-server";

inline constexpr int kExitServed = 0;
inline constexpr int kExitDiffered = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitConnection = 3;
inline constexpr int kExitOutput = 4;

// --unit-pause, in milliseconds. A peer on a busy machine is woken in a tenth of it.
inline constexpr unsigned kDefaultUnitPauseMs = 200;
inline constexpr const char* kUnitPauseHelp =
    "Milliseconds between two units in a profile without line ends, where the peer is on another "
    "machine and it cannot be seen that it has taken the first (default: 200)";

// `PROGRAM: message` on standard error, in one piece.
void report(std::string_view program, std::string_view message);
// Reports wrong usage, and gives the status to exit with.
std::unexpected<int> refuse(std::string_view program, std::string_view message);
// That standard output could not be written (OUT-1), for the reason `error`, as errno. Gives the
// status to exit with.
int report_lost_output(std::string_view program, int error);

// Parses the arguments into what was bound to `app`; adds --version. Gives the status to exit with
// where there is nothing more to do: after --help or --version, or after an error, which it has
// reported.
std::optional<int> parse_command_line(CLI::App& app, int argc, const char* const* argv);

// A decimal number from `min` to 65535. The error says what was expected and found.
std::expected<std::uint16_t, std::string> parse_port(std::string_view text, std::uint16_t min);

}  // namespace chat
