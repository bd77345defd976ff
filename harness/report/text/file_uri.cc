#include "harness/report/text/file_uri.h"

#include <cassert>
#include <charconv>

#include <fmt/format.h>

namespace chatspec {
namespace {

// The byte that `digits` stand for; nothing where they are no two hexadecimal digits.
std::optional<char> read_hex_byte(std::string_view digits) {
  constexpr int kHexadecimal = 16;
  unsigned char byte = 0;
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, byte, kHexadecimal);
  if (digits.size() != 2 || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return static_cast<char>(byte);
}

}  // namespace

std::string escape_uri_path(std::string_view path) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string uri;
  for (const char c : path) {
    if (kAllowed.contains(c)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string make_file_uri(std::string_view host, std::string_view path) {
  assert(path.starts_with('/'));
  return fmt::format("file://{}{}", escape_uri_path(host), escape_uri_path(path));
}

std::optional<std::string> path_of_file_uri(std::string_view uri) {
  constexpr std::string_view kScheme = "file://";
  constexpr std::string_view kThisMachine = "localhost";
  if (!uri.starts_with(kScheme)) return std::nullopt;
  uri.remove_prefix(kScheme.size());
  if (uri.starts_with(kThisMachine)) uri.remove_prefix(kThisMachine.size());
  if (!uri.starts_with('/') || uri.find_first_of("?#") != uri.npos) return std::nullopt;
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      path += uri[i];
      continue;
    }
    const auto byte = read_hex_byte(uri.substr(i + 1, 2));
    if (!byte || *byte == '\0') return std::nullopt;
    path += *byte;
    i += 2;
  }
  if (path.contains('\0')) return std::nullopt;
  return path;
}

}  // namespace chatspec
