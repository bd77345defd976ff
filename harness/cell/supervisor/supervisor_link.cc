#include "harness/cell/supervisor/supervisor_link.h"

#include <cassert>
#include <cerrno>
#include <csignal>
#include <poll.h>

#include "harness/cell/kernel/pidfd.h"

namespace chatspec {
namespace {

constexpr int kAnswerPatienceMs = 30'000;
constexpr int kHurriedPatienceMs = 300;  // when the run was interrupted
constexpr std::size_t kMostDeaths = 16;  // that are kept

}  // namespace

std::expected<SupervisorLink, LaunchFailure> SupervisorLink::open(Launcher& launcher,
                                                                  const SupervisorPlan& plan,
                                                                  int interrupt) {
  auto launched = launcher.launch(plan, interrupt);
  if (!launched) return std::unexpected(launched.error());
  SupervisorLink link(*std::move(launched), interrupt);
  auto ready = link.await_answer();
  if (!ready) return std::unexpected(ready.error());
  WordReader words(ready->bytes);
  words.number();
  words.word();
  link.has_program_folder_ = words.number() != 0;
  const std::size_t expected = plan.own_namespaces && plan.folder_bytes > 0 ? 2 : 1;
  if (ready->descriptors.size() != expected)
    return std::unexpected(LaunchFailure{"cannot take the descriptors of a cell", EMFILE});
  link.proc_ = std::move(ready->descriptors[0]);
  if (expected > 1) link.folder_ = std::move(ready->descriptors[1]);
  return link;
}

SupervisorLink::~SupervisorLink() {
  if (!supervisor_.pidfd) return;
  // The supervisor of a namespace takes all with it. The other kind needs to be asked, and may be
  // stopped, or gone; then the launcher ends what it leaves.
  if (supervisor_.socket && !empty_ && first_ != 0 && !has_ended()) {
    signal_pidfd(supervisor_.pidfd.get(), SIGCONT);
    static_cast<void>(end_all());
  }
  supervisor_.socket.reset();
  // Taking its namespaces down takes the kernel a while, which nobody needs to wait for here: the
  // launcher does, at its own end.
  signal_pidfd(supervisor_.pidfd.get(), SIGKILL);
}

bool SupervisorLink::has_ended() const {
  pollfd ended{.fd = supervisor_.pidfd.get(), .events = POLLIN, .revents = 0};
  return poll(&ended, 1, 0) != 0;
}

void SupervisorLink::take_in(WordReader& news) {
  const std::string_view kind = news.word();
  if (kind == supervisor_word::kRuns) {
    start_outcome_.emplace();
  } else if (kind == supervisor_word::kRunsNot) {
    LaunchFailure failure{.what = std::string(news.word())};
    failure.error = static_cast<int>(news.number());
    start_outcome_.emplace(std::unexpected(std::move(failure)));
    first_ = 0;
    empty_ = true;
  } else if (kind == supervisor_word::kExited) {
    const bool by_signal = news.number() != 0;
    exit_ = ExitStatus{.by_signal = by_signal, .value = static_cast<int>(news.number())};
  } else if (kind == supervisor_word::kDied) {
    const auto signal = static_cast<int>(news.number());
    if (deaths_.size() < kMostDeaths)
      deaths_.push_back({.signal = signal, .name = std::string(news.word())});
  } else if (kind == supervisor_word::kOverrun) {
    overrun_ = true;
  } else {
    assert(kind == supervisor_word::kEmpty);
    empty_ = true;
  }
}

void SupervisorLink::lose() {
  lost_ = true;
  supervisor_.socket.reset();
}

void SupervisorLink::take_news() {
  while (supervisor_.socket) {
    const auto message = receive_message(fd(), 0);
    if (!message && message.error() == NoMessage::kTimeout) return;
    if (!message) return lose();
    WordReader words(message->bytes);
    if (words.number() == 0) take_in(words);
  }
}

std::expected<Message, NoMessage> SupervisorLink::receive_patiently() {
  auto message = receive_message(fd(), kAnswerPatienceMs, interrupt_);
  if (message || message.error() != NoMessage::kInterrupted) return message;
  return receive_message(fd(), kHurriedPatienceMs);
}

std::expected<Message, LaunchFailure> SupervisorLink::await_answer() {
  while (supervisor_.socket) {
    auto message = receive_patiently();
    if (!message) {
      lose();
      break;
    }
    WordReader words(message->bytes);
    const std::int64_t number = words.number();
    if (number == 0) {
      take_in(words);
      continue;
    }
    assert(number == asked_ && "one that is not answered closes the channel");
    if (message->lost_descriptors)
      return std::unexpected(LaunchFailure{"cannot take a descriptor from the cell", EMFILE});
    if (words.word() != supervisor_word::kFailed) return *std::move(message);
    LaunchFailure failure{.what = std::string(words.word())};
    failure.error = static_cast<int>(words.number());
    return std::unexpected(std::move(failure));
  }
  return std::unexpected(LaunchFailure{"the supervisor of the cell does not answer", 0});
}

WordWriter SupervisorLink::request(std::string_view word) {
  WordWriter words;
  words.add(++asked_).add(word);
  return words;
}

std::expected<Message, LaunchFailure> SupervisorLink::ask(const WordWriter& words,
                                                          std::span<const int> descriptors) {
  if (lost_ || !send_message(fd(), words.bytes(), descriptors)) {
    lose();
    return std::unexpected(LaunchFailure{"cannot reach the supervisor of the cell", 0});
  }
  return await_answer();
}

std::expected<void, LaunchFailure> SupervisorLink::start(const StartRequest& start,
                                                         const StartDescriptors& descriptors) {
  WordWriter words = request(supervisor_word::kStart);
  write_start_request(start, words);
  assert(start.is_filtered == static_cast<bool>(descriptors.filter));
  std::vector<int> shown{descriptors.output.get(), descriptors.errors.get()};
  if (descriptors.filter) shown.push_back(descriptors.filter.get());
  if (descriptors.group) shown.push_back(descriptors.group.get());
  start_outcome_.reset();
  exit_.reset();
  empty_ = false;
  deaths_.clear();
  const auto answer = ask(words, shown);
  if (!answer) return std::unexpected(answer.error());
  WordReader reader(answer->bytes);
  reader.number();
  reader.word();
  first_ = static_cast<pid_t>(reader.number());
  return {};
}

std::expected<FileDescriptor, LaunchFailure> SupervisorLink::socket(int family, int type,
                                                                    int protocol) {
  auto answer = ask(request(supervisor_word::kSocket).add(family).add(type).add(protocol));
  if (!answer) return std::unexpected(answer.error());
  if (answer->descriptors.empty()) {
    return std::unexpected(LaunchFailure{"the supervisor of the cell gave no socket", 0});
  }
  return std::move(answer->descriptors.front());
}

FileDescriptor SupervisorLink::process(pid_t pid) {
  auto answer = ask(request(supervisor_word::kProcess).add(pid));
  if (!answer || answer->descriptors.empty()) return {};
  return std::move(answer->descriptors.front());
}

void SupervisorLink::signal_all(int number) {
  static_cast<void>(ask(request(supervisor_word::kSignal).add(number)));
}

std::expected<void, std::string> SupervisorLink::end_all() {
  const auto answer = ask(request(supervisor_word::kEnd));
  if (!answer) return std::unexpected(answer.error().to_string());
  return {};
}

}  // namespace chatspec
