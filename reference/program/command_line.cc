#include "reference/program/command_line.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chat {
namespace {

std::string describe_unknown(const CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-')) return fmt::format("unexpected argument {}", quote(argument));
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string word = argument.substr(0, argument.find('='));
  return fmt::format("unknown option {}{}", quote(word), did_you_mean(word, views));
}

// A mistyped option explains more than the arguments that are missing or left over because of it.
std::optional<std::string> find_unknown(const CLI::App& app) {
  const std::vector<std::string> unknown = app.remaining();
  if (unknown.empty()) return std::nullopt;
  for (const std::string& argument : unknown) {
    if (argument.starts_with('-')) return describe_unknown(app, argument);
  }
  return describe_unknown(app, unknown.front());
}

// What was asked for, on standard output. Gives the exit status.
int print_answer(const CLI::App& app, std::string_view text) {
  const bool printed =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return printed ? 0 : report_lost_output(app.get_name(), errno);
}

}  // namespace

void report(std::string_view program, std::string_view message) {
  const std::string line = fmt::format("{}: {}\n", program, message);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

std::unexpected<int> refuse(std::string_view program, std::string_view message) {
  report(program, message);
  return std::unexpected(kExitUsage);
}

int report_lost_output(std::string_view program, int error) {
  report(program, fmt::format("cannot write to standard output: {}", std::strerror(error)));
  return kExitOutput;
}

std::optional<int> parse_command_line(CLI::App& app, int argc, const char* const* argv) {
  app.set_version_flag("--version", std::string(CHATSPEC_VERSION));
  app.allow_extras();
  std::optional<std::string> error;
  try {
    app.parse(argc, argv);
    error = find_unknown(app);
  } catch (const CLI::CallForHelp&) {
    return print_answer(app, app.help());
  } catch (const CLI::CallForVersion&) {
    return print_answer(app, fmt::format("{} {}\n", app.get_name(), CHATSPEC_VERSION));
  } catch (const CLI::ParseError& parse_error) {
    error = find_unknown(app).value_or(parse_error.what());
  }
  if (!error) return std::nullopt;
  report(app.get_name(), fmt::format("{} (see {} --help)", *error, app.get_name()));
  return kExitUsage;
}

std::expected<std::uint16_t, std::string> parse_port(std::string_view text, std::uint16_t min) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < min || port > 65535) {
    return std::unexpected(fmt::format("expected a port, a number from {} to 65535; found {}", min,
                                       quote_start(text)));
  }
  return static_cast<std::uint16_t>(port);
}

}  // namespace chat
