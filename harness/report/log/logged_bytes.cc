#include "harness/report/log/logged_bytes.h"

#include <cassert>

#include "reference/signature.h"

namespace chatspec {

LoggedBytes log_bytes(std::string_view bytes, std::size_t max_bytes) {
  if (bytes.size() <= max_bytes) return {.begin = std::string(bytes)};
  const std::size_t half = max_bytes / 2;
  assert(2 * half < bytes.size() && "something is left out");
  return {.begin = std::string(bytes.substr(0, half)),
          .omitted = OmittedBytes{.count = bytes.size() - 2 * half,
                                  .end = std::string(bytes.substr(bytes.size() - half)),
                                  .sha256 = chat::sha256_hex(bytes)}};
}

bool is_logged_as(const LoggedBytes& logged, std::string_view bytes) {
  if (logged.is_whole()) return logged.begin == bytes;
  return bytes.size() == logged.length() && bytes.starts_with(logged.begin) &&
         bytes.ends_with(logged.omitted->end) && chat::sha256_hex(bytes) == logged.omitted->sha256;
}

}  // namespace chatspec
