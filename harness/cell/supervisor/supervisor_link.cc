#include "harness/cell/supervisor/supervisor_link.h"

#include <cerrno>
#include <csignal>
#include <poll.h>

#include "harness/cell/kernel/pidfd.h"

namespace chatspec {
namespace {

constexpr int kAnswerPatienceMs = 30'000;
constexpr std::size_t kMostDeaths = 16;  // that are kept

}  // namespace

std::expected<SupervisorLink, LaunchFailure> SupervisorLink::open(Launcher& launcher,
                                                                  const SupervisorPlan& plan) {
  auto launched = launcher.launch(plan);
  if (!launched) return std::unexpected(launched.error());
  SupervisorLink link(*std::move(launched));
  auto ready = link.await_answer();
  if (!ready) return std::unexpected(ready.error());
  WordReader words(ready->bytes);
  words.word();
  link.has_program_folder_ = words.number() != 0;
  if (!ready->descriptors.empty()) link.proc_ = std::move(ready->descriptors[0]);
  if (ready->descriptors.size() > 1) link.folder_ = std::move(ready->descriptors[1]);
  return link;
}

SupervisorLink::~SupervisorLink() {
  if (!supervisor_.pidfd) return;
  // The supervisor of a namespace takes all with it. The other kind needs to be asked, and may be
  // gone.
  if (supervisor_.socket && !empty_ && first_ != 0) end_all();
  supervisor_.socket.reset();
  // Taking its namespaces down takes the kernel a while, which nobody needs to wait for here: the
  // launcher does, at its own end.
  signal_pidfd(supervisor_.pidfd.get(), SIGKILL);
}

bool SupervisorLink::is_news(const Message& message) {
  WordReader words(message.bytes);
  const std::string_view kind = words.word();
  if (kind == supervisor_word::kExited) {
    const bool by_signal = words.number() != 0;
    exit_ = ExitStatus{.by_signal = by_signal, .value = static_cast<int>(words.number())};
    return true;
  }
  if (kind == supervisor_word::kDied) {
    const auto signal = static_cast<int>(words.number());
    if (deaths_.size() < kMostDeaths)
      deaths_.push_back({.signal = signal, .name = std::string(words.word())});
    return true;
  }
  if (kind == supervisor_word::kOverrun) {
    overrun_ = true;
    return true;
  }
  if (kind != supervisor_word::kEmpty) return false;
  empty_ = true;
  return true;
}

void SupervisorLink::take_news() {
  pollfd ready{.fd = fd(), .events = POLLIN, .revents = 0};
  while (supervisor_.socket && poll(&ready, 1, 0) > 0) {
    const auto message = receive_message(fd(), 0);
    if (!message) {
      lost_ = true;
      supervisor_.socket.reset();
      return;
    }
    is_news(*message);
  }
}

std::expected<Message, LaunchFailure> SupervisorLink::await_answer() {
  while (auto message = receive_message(fd(), kAnswerPatienceMs)) {
    if (is_news(*message)) continue;
    WordReader words(message->bytes);
    if (words.word() != supervisor_word::kFailed) return *std::move(message);
    LaunchFailure failure{.what = std::string(words.word())};
    failure.error = static_cast<int>(words.number());
    return std::unexpected(std::move(failure));
  }
  lost_ = true;
  return std::unexpected(LaunchFailure{"the supervisor of the cell does not answer", 0});
}

std::expected<Message, LaunchFailure> SupervisorLink::ask(const WordWriter& request,
                                                          std::span<const int> descriptors) {
  if (!send_message(fd(), request.bytes(), descriptors)) {
    return std::unexpected(LaunchFailure{"cannot reach the supervisor of the cell", errno});
  }
  return await_answer();
}

std::expected<void, LaunchFailure> SupervisorLink::start(const StartRequest& request,
                                                         const StartDescriptors& descriptors) {
  WordWriter words;
  words.add(supervisor_word::kStart);
  write_start_request(request, words);
  const std::array<int, 3> shown{descriptors.output.get(), descriptors.errors.get(),
                                 descriptors.group.get()};
  exit_.reset();
  empty_ = false;
  deaths_.clear();
  const auto answer = ask(words, std::span(shown).first(descriptors.group ? 3 : 2));
  if (!answer) return std::unexpected(answer.error());
  WordReader reader(answer->bytes);
  reader.word();
  first_ = static_cast<pid_t>(reader.number());
  return {};
}

std::expected<FileDescriptor, LaunchFailure> SupervisorLink::socket(int family, int type,
                                                                    int protocol) {
  WordWriter words;
  auto answer = ask(words.add(supervisor_word::kSocket).add(family).add(type).add(protocol));
  if (!answer) return std::unexpected(answer.error());
  if (answer->descriptors.empty()) {
    return std::unexpected(LaunchFailure{"the supervisor of the cell gave no socket", 0});
  }
  return std::move(answer->descriptors.front());
}

FileDescriptor SupervisorLink::process(pid_t pid) {
  WordWriter words;
  auto answer = ask(words.add(supervisor_word::kProcess).add(pid));
  if (!answer || answer->descriptors.empty()) return {};
  return std::move(answer->descriptors.front());
}

void SupervisorLink::signal_all(int number) {
  WordWriter words;
  static_cast<void>(ask(words.add(supervisor_word::kSignal).add(number)));
}

std::expected<void, std::string> SupervisorLink::end_all() {
  WordWriter words;
  const auto answer = ask(words.add(supervisor_word::kEnd));
  if (!answer) return std::unexpected(answer.error().to_string());
  return {};
}

}  // namespace chatspec
