#include "harness/cell/isolation/trial.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cell/isolation/system_call_filter.h"

namespace chatspec {
namespace {

constexpr int kTrialTurnMs = 1;

constexpr auto* kAllowNamespaces =
    "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces "
    "above 0, kernel.apparmor_restrict_unprivileged_userns=0; in Docker, --security-opt "
    "seccomp=unconfined --security-opt systempaths=unconfined, or --privileged";

Obstacle explain_no_supervisor(const LaunchFailure& failure) {
  Obstacle obstacle{.what = failure.to_string(), .remedy = {}};
  if (failure.error == EPERM || failure.error == ENOSPC || failure.error == EACCES)
    obstacle.remedy = kAllowNamespaces;
  return obstacle;
}

}  // namespace

std::expected<Trial, Obstacle> Trial::begin(const CellPlan& plan,
                                            const std::vector<std::string>& arguments) {
  auto folder = ScratchFolder::make(plan.temporary);
  if (!folder) return std::unexpected(Obstacle{.what = folder.error(), .remedy = {}});
  auto link = SupervisorLink::open(*plan.launcher, make_supervisor_plan(plan, folder->path()));
  if (!link) return std::unexpected(explain_no_supervisor(link.error()));
  Trial trial(*std::move(folder), *std::move(link));
  auto pipe = make_pipe();
  if (!pipe) return std::unexpected(Obstacle{.what = "cannot make a pipe", .remedy = {}});
  trial.errors_ = OutputPipe(std::move(pipe->read_end));
  const StartRequest request =
      make_start_request(plan, {trial.folder_.path(), trial.folder_.path()}, trial.link_.pid(),
                         arguments.front(), arguments);
  StartDescriptors descriptors{.output = FileDescriptor(open("/dev/null", O_WRONLY | O_CLOEXEC)),
                               .errors = std::move(pipe->write_end)};
  if (request.is_filtered) {
    auto filter = make_system_call_filter();
    if (!filter) return std::unexpected(Obstacle{.what = filter.error(), .remedy = {}});
    descriptors.filter = *std::move(filter);
  }
  const auto started = trial.link_.start(request, descriptors);
  if (!started) {
    return std::unexpected(Obstacle{.what = started.error().to_string(), .remedy = {}});
  }
  return trial;
}

bool Trial::succeeds() {
  for (int turn = 0; turn < kTrialTurns && !wait(); ++turn) {
  }
  return link_.exit() == ExitStatus{.by_signal = false, .value = 0};
}

std::string Trial::errors() {
  errors_.pull();
  return errors_.output().bytes;
}

std::string Trial::complaint() {
  const std::string text = errors();
  return text.substr(0, text.find('\n'));
}

bool Trial::wait() {
  pollfd news{.fd = link_.fd(), .events = POLLIN, .revents = 0};
  poll(&news, 1, kTrialTurnMs);
  link_.take_news();
  errors_.pull();
  return link_.exit() || link_.is_lost() || start_failure();
}

Obstacle Trial::failure() {
  std::string text = start_failure() ? start_failure()->to_string() : complaint();
  if (text.empty()) text = link_.exit() ? to_string(*link_.exit()) : "it does not end";
  const bool by_bubblewrap = text.starts_with("bwrap: ");
  return {.what = fmt::format("a trial program fails: {}", text),
          .remedy = by_bubblewrap ? kAllowNamespaces : ""};
}

const LaunchFailure* Trial::start_failure() const {
  const auto& outcome = link_.start_outcome();
  return outcome && !*outcome ? &outcome->error() : nullptr;
}

}  // namespace chatspec
