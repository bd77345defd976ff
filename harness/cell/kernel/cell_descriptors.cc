#include "harness/cell/kernel/cell_descriptors.h"

#include <algorithm>

#include "harness/cell/kernel/look_bounds.h"
#include "harness/cell/kernel/wake_source.h"

namespace chatspec {
namespace {

constexpr std::string_view kKernelObject = "anon_inode:";

bool has_inode(const std::vector<ino_t>& sorted, ino_t inode) {
  return inode != 0 && std::ranges::binary_search(sorted, inode);
}

std::string_view link_of(const CellDescriptors::Held& held) {
  return held.open.link;
}

}  // namespace

Reading<CellDescriptors> CellDescriptors::list(const ProcessTable& processes, SocketTable& sockets,
                                               const std::vector<pid_t>& pids,
                                               std::vector<ino_t> other_ends) {
  CellDescriptors found(processes);
  for (const pid_t pid : pids) {
    const std::size_t most = kMostDescriptors - found.all_.size();
    auto open =
        read_unless_gone(processes, pid, [&] { return processes.open_descriptors(pid, most); });
    if (!open) return std::unexpected(open.error());
    if (!*open) continue;  // whoever compares two looks sees it, too
    for (OpenDescriptor& one : **open) {
      if (const auto inode = parse_socket_link(one.link)) found.of_cell_.push_back(*inode);
      found.all_.push_back({.process = pid, .open = std::move(one)});
    }
  }
  std::ranges::stable_sort(found.all_, {}, link_of);
  std::ranges::sort(found.of_cell_);
  const auto listening = sockets.listening();
  if (!listening) return std::unexpected(listening.error());
  for (const ListeningSocket& one : *listening) {
    if (found.is_of_cell(one.inode)) found.listening_.push_back(one.inode);
  }
  std::ranges::sort(found.listening_);
  found.ours_ = std::move(other_ends);
  found.ours_.insert(found.ours_.end(), found.listening_.begin(), found.listening_.end());
  std::ranges::sort(found.ours_);
  return found;
}

bool CellDescriptors::is_ours(ino_t socket) const {
  return has_inode(ours_, socket);
}

bool CellDescriptors::listens(ino_t socket) const {
  return has_inode(listening_, socket);
}

bool CellDescriptors::is_of_cell(ino_t socket) const {
  return has_inode(of_cell_, socket);
}

std::span<const CellDescriptors::Held> CellDescriptors::with_link(std::string_view link) const {
  return std::ranges::equal_range(all_, link, {}, link_of);
}

std::vector<OpenDescriptor> CellDescriptors::of_process(pid_t process) const {
  std::vector<OpenDescriptor> open;
  for (const Held& held : all_) {
    if (held.process == process) open.push_back(held.open);
  }
  return open;
}

bool CellDescriptors::is_maybe_timer(const Held& held) const {
  const auto& [fd, link] = held.open;
  if (!link.starts_with(kKernelObject) || link == "anon_inode:[eventpoll]") return false;
  const WakeProof proof = proof_of_descriptor(link);
  if (proof != WakeProof::kByTime) return proof != WakeProof::kByCell;
  return is_set_timer(*processes_, held.process, fd).value_or(true);
}

bool CellDescriptors::may_have_timer() const {
  if (!may_have_timer_) {
    may_have_timer_ =
        std::ranges::any_of(all_, [this](const Held& held) { return is_maybe_timer(held); });
  }
  return *may_have_timer_;
}

}  // namespace chatspec
