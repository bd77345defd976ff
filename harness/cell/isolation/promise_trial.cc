#include "harness/cell/isolation/promise_trial.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "harness/cell/isolation/trial.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Names on standard error the promises that are broken, in the order of their list. Each condition
// stands in a shell of its own.
std::string make_script(Isolation isolation) {
  std::string script;
  for (const Promise& promise : promises()) {
    if (promise.trial.empty() || !promise.in(isolation)) continue;
    script.append("( ").append(promise.trial).append("\n) >/dev/null 2>&1 || echo ");
    script.append(promise.id).append(" >&2\n");
  }
  return script + "exit 0\n";
}

const Promise* find_promise(const std::string& id) {
  const auto found = std::ranges::find(promises(), id, &Promise::id);
  return found == promises().end() ? nullptr : &*found;
}

}  // namespace

// The file of somebody else's is there for everybody who sees its folder.
std::expected<std::vector<const Promise*>, Obstacle> find_broken_promises(const CellPlan& plan) {
  auto folder = ScratchFolder::make(plan.temporary);
  if (!folder) return std::unexpected(Obstacle{.what = folder.error(), .remedy = {}});
  std::error_code error;
  fs::permissions(folder->path(), fs::perms{0755}, error);
  const fs::path witness = folder->path() / "witness";
  std::ofstream(witness) << "somebody else's\n";
  auto trial =
      Trial::begin(plan, {"/bin/sh", "-c", make_script(plan.isolation), "-", witness.native()});
  if (!trial) return std::unexpected(trial.error());
  if (!trial->succeeds()) return std::unexpected(trial->failure());
  std::vector<const Promise*> broken;
  std::istringstream ids(trial->errors());
  for (std::string id; std::getline(ids, id);) {
    const Promise* promise = find_promise(id);
    if (!promise) return std::unexpected(Obstacle{.what = "a trial says: " + id, .remedy = {}});
    broken.push_back(promise);
  }
  return broken;
}

}  // namespace chatspec
