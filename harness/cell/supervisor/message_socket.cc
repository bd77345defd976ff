#include "harness/cell/supervisor/message_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <poll.h>

#include <sys/socket.h>

#include "harness/cell/reading.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxDescriptors = 8;

// Room for the descriptors of one message, aligned as the kernel wants it.
union Control {
  cmsghdr header;
  std::array<char, CMSG_SPACE(sizeof(int) * kMaxDescriptors)> bytes;
};

void take_descriptors(msghdr& header, std::vector<FileDescriptor>& descriptors) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
      descriptors.emplace_back(fd);
    }
  }
}

}  // namespace

std::optional<std::pair<FileDescriptor, FileDescriptor>> make_message_sockets() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return std::nullopt;
  return std::pair(FileDescriptor(ends[0]), FileDescriptor(ends[1]));
}

bool send_message(int socket, std::string_view bytes, std::span<const int> descriptors) {
  iovec part{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  Control control{};
  if (!descriptors.empty()) {
    header.msg_control = &control;
    header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(rights), descriptors.data(), descriptors.size_bytes());
  }
  ssize_t sent = 0;
  while ((sent = sendmsg(socket, &header, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
  }
  return sent >= 0;
}

std::expected<Message, NoMessage> receive_message(int socket, int timeout_ms, int interrupt) {
  std::array ready{pollfd{.fd = socket, .events = POLLIN, .revents = 0},
                   pollfd{.fd = interrupt, .events = POLLIN, .revents = 0}};
  int polled = 0;
  while ((polled = poll(ready.data(), ready.size(), timeout_ms)) < 0 && errno == EINTR) {
  }
  if (polled < 0) return std::unexpected(NoMessage::kFailed);
  if (polled == 0) return std::unexpected(NoMessage::kTimeout);
  if (ready[0].revents == 0) return std::unexpected(NoMessage::kInterrupted);
  Message message;
  const ssize_t whole = recv(socket, nullptr, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
  message.bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(whole, 1)));
  iovec part{.iov_base = message.bytes.data(), .iov_len = message.bytes.size()};
  Control control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = &control;
  header.msg_controllen = sizeof control;
  if (is_faulted(KernelPlace::kReceiveMessage)) return std::unexpected(NoMessage::kFailed);
  ssize_t size = 0;
  while ((size = recvmsg(socket, &header, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
  }
  // It is gone, and left something unread.
  if (size < 0 && errno == ECONNRESET) return std::unexpected(NoMessage::kEnd);
  if (size < 0) return std::unexpected(NoMessage::kFailed);
  if (size == 0) return std::unexpected(NoMessage::kEnd);
  take_descriptors(header, message.descriptors);
  message.lost_descriptors = (header.msg_flags & MSG_CTRUNC) != 0;
  if (!message.descriptors.empty() && is_faulted(KernelPlace::kTakeDescriptors)) {
    message.descriptors.clear();
    message.lost_descriptors = true;
  }
  message.bytes.resize(static_cast<std::size_t>(size));
  return message;
}

WordWriter& WordWriter::add(std::string_view word) {
  bytes_ += std::to_string(word.size());
  bytes_ += ':';
  bytes_ += word;
  return *this;
}

WordWriter& WordWriter::add(const std::vector<std::string>& words) {
  add(static_cast<std::int64_t>(words.size()));
  for (const auto& word : words) add(std::string_view(word));
  return *this;
}

std::string_view WordReader::word() {
  const std::size_t colon = rest_.find(':');
  std::size_t size = 0;
  if (colon == rest_.npos) return {};
  std::from_chars(rest_.data(), rest_.data() + colon, size);
  const std::string_view word = rest_.substr(colon + 1, size);
  rest_.remove_prefix(std::min(rest_.size(), colon + 1 + size));
  return word;
}

std::int64_t WordReader::number() {
  const std::string_view digits = word();
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::vector<std::string> WordReader::words() {
  std::vector<std::string> words(static_cast<std::size_t>(std::max<std::int64_t>(number(), 0)));
  for (auto& one : words) one = word();
  return words;
}

}  // namespace chatspec
