#include "harness/play/program_start.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chatspec {

bool ProgramStart::start() {
  if (!command_) return true;
  Values values{{"host", cell_.host()}, {"port", std::to_string(cell_.port())}};
  if (!add_file(values, "keys", script_.materials.key_file) ||
      !add_file(values, "messages", script_.materials.message_file) ||
      !add_file(values, "signatures", script_.materials.signature_file)) {
    return false;
  }
  for (const auto& [placeholder, value] : script_.materials.arguments) values[placeholder] = value;
  arguments_ = command_->fill(values);
  return start_program();
}

bool ProgramStart::add_file(Values& values, const std::string& name,
                            const std::optional<std::string>& content) {
  values[name] = (cell_.folder() / (name + ".txt")).string();
  if (!content) return true;
  auto path = cell_.add_file(name + ".txt", *content);
  if (!path) return stop_for(path.error());
  values[name] = *std::move(path);
  return true;
}

bool ProgramStart::start_program() {
  recording_.add(
      {.kind = EventKind::kStarted, .bytes = fmt::format("{}", fmt::join(arguments_, " "))});
  if (auto started = cell_.start(arguments_); !started) return stop_for(started.error());
  return script_.role == Role::kClient || await_listening();
}

bool ProgramStart::restart() {
  const auto exit = cell_.await_exit(ExitWait::kUnlikely);
  if (!exit && exit.error().kind != CellFailure::Kind::kNotExited) return stop_for(exit.error());
  if (exit && exit->by_signal) {
    recording_.add({.kind = EventKind::kExited, .exit = *exit});
    return false;
  }
  recording_.add({.kind = EventKind::kStopped, .bytes = cell_.end_program()});
  return start_program();
}

bool ProgramStart::await_listening() {
  auto address = cell_.await_listening();
  if (!address) return stop_for(address.error());
  recording_.add({.kind = EventKind::kListening, .bytes = *std::move(address)});
  return true;
}

bool ProgramStart::stop_for(const CellFailure& failure) {
  recording_.add(failure);
  return false;
}

}  // namespace chatspec
