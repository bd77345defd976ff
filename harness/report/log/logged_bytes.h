// Bytes as the log keeps them: reversibly, and of very many the beginning and the end.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/report/text/rare.h"

namespace chatspec {

// As much of a stretch of bytes as a log keeps whole.
inline constexpr std::size_t kMaxLoggedBytes = std::size_t{16} << 10;

struct OmittedBytes {
  std::uint64_t count = 0;
  std::string end{};     // what stands after them
  std::string sha256{};  // of all bytes, those before and after as well, in hex

  bool operator==(const OmittedBytes&) const = default;
};

struct LoggedBytes {
  std::string begin{};           // all of them, where nothing is left out
  Rare<OmittedBytes> omitted{};  // behind it, and what follows

  bool is_whole() const { return !omitted; }
  bool empty() const { return length() == 0; }
  std::uint64_t length() const {
    return begin.size() + (omitted ? omitted->count + omitted->end.size() : 0);
  }
  bool operator==(const LoggedBytes&) const = default;
};

LoggedBytes log_bytes(std::string_view bytes, std::size_t max_bytes = kMaxLoggedBytes);

// Whether `bytes` are those that were logged.
bool is_logged_as(const LoggedBytes& logged, std::string_view bytes);

}  // namespace chatspec
