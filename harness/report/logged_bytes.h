// Bytes as the log keeps them: reversibly, and of very many the begin and the end.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chatspec {

// As much of a stretch of bytes as a log keeps whole.
inline constexpr std::size_t kMaxLoggedBytes = std::size_t{16} << 10;

struct LoggedBytes {
  std::string begin{};         // all of them, where nothing is left out
  std::string end{};           // what stands behind what is left out
  std::uint64_t left_out = 0;  // how many bytes lie between the two
  std::string sha256{};        // of all bytes, in hex; empty where nothing is left out

  bool is_whole() const { return left_out == 0; }
  bool empty() const { return length() == 0; }
  std::uint64_t length() const { return begin.size() + left_out + end.size(); }
  bool operator==(const LoggedBytes&) const = default;
};

LoggedBytes log_bytes(std::string_view bytes, std::size_t max_bytes = kMaxLoggedBytes);

// Whether `bytes` are those that were logged.
bool is_logged_as(const LoggedBytes& logged, std::string_view bytes);

}  // namespace chatspec
